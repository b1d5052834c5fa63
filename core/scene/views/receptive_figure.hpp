// What the receptive field view draws: the tensors of the chain with the cells that one cell uses or feeds, and the
// places of their maps or rows on the page.
#pragma once
#include <algorithm>
#include <cmath>
#include <vector>

#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/uses.hpp"
#include "core/scene/pieces/layer_planes.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/views/compose.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene::receptive_view {

using arith::Index;

inline constexpr int most_tensors = 6;      // limited by the smallest size of the maps and the gaps between them
inline constexpr Index longest_axis = 256;  // longer axes are drawn as boxes
inline constexpr Index longest_counted = 1 << 20;

struct Tensor {
    int number = 0;
    SheetBox box;
    const arith::Uses* uses = nullptr;
};

// The maps of the tensors from left to right, or for rank 1 their rows with the input at the bottom. All are centred.
struct ReceptiveLayout {
    double margin = 5 * unit_px, words_y = 484, map_gap = 66, least_map = 84, maps_middle = 264;
    std::vector<SheetBox> boxes;
};

// Takes boxes whose rows and columns are set.
inline ReceptiveLayout lay_out_receptive(std::vector<SheetBox> boxes, bool maps, const PageSize& page, double extra) {
    // On a narrow page the words below take more lines.
    const double lines = page.is_narrow() ? 44 : 0;
    const double maps_top = 128 + extra, maps_high = 272 + page.higher() - extra - lines, rows_top = 112 + extra,
                 rows_bottom = 446 + page.higher() - lines, row_names = 172, largest_cell = page.is_slide() ? 34 : 64;
    ReceptiveLayout l;
    l.words_y += page.higher() - lines;
    l.maps_middle = maps_top + maps_high / 2;
    if (page.is_narrow()) l.map_gap = 56, l.least_map = 64;
    int rows = 1, columns = 1;
    for (const SheetBox& box : boxes) rows = std::max(rows, box.rows), columns = std::max(columns, box.columns);
    const auto between = static_cast<double>(boxes.size() - 1);
    const double wide = page.width - 2 * l.margin;
    double cell = std::min(largest_cell, maps_high / rows), x = 0, apart = 0;
    if (maps) {
        auto width = [&] {
            double sum = l.map_gap * between;
            for (const SheetBox& box : boxes) sum += std::max(cell * box.columns, l.least_map);
            return sum;
        };
        while (width() > wide && cell > 0.05) cell *= 0.98;
        x = (page.width - width()) / 2;
    } else {
        cell = std::min(
            {(wide - row_names) / columns, largest_cell, (rows_bottom - rows_top) / (1.9 * (between + 1) - 0.9)});
        apart = between > 0 ? (rows_bottom - rows_top - cell) / between : 0;
    }
    for (std::size_t n = 0; n < boxes.size(); ++n) {
        SheetBox& box = boxes[n];
        box.cell_px = cell;
        box.at = maps ? Point{x, maps_top + (maps_high - box.height()) / 2}
                      : Point{l.margin + row_names + (wide - row_names - box.width()) / 2,
                              rows_bottom - cell - apart * static_cast<double>(n)};
        x += std::max(box.width(), l.least_map) + l.map_gap;
    }
    l.boxes = std::move(boxes);
    return l;
}

struct ReceptiveFigure {
    const arith::Chain& chain;
    const int shown;
    const int chosen;  // number of the tensor with the chosen cell
    const arith::Cell cell_at;
    const arith::Recording& recording;
    const Theme& theme;
    PageSize page;
    arith::Step step;
    int rank;
    std::vector<arith::Uses> uses;
    std::vector<Tensor> tensors;
    ReceptiveLayout l;

    ReceptiveFigure(const Subject& subject, const Moment& m, const ViewOptions& options)
        : chain(subject.chain.chain), shown(subject.chain.shown), chosen(subject.chain.input_cell ? 0 : shown + 1),
          cell_at(subject.chain.input_cell ? *subject.chain.input_cell
                                           : arith::cell_after(chain, shown, subject.recording.step(m.step).output)),
          recording(subject.recording), theme(*options.theme), page(options.page), step(recording.step(m.step)),
          rank(recording.layer().rank()), uses(arith::uses(chain, chosen, cell_at)) {
        constexpr int fewest_tensors = 4;
        constexpr double room_of_tensor = 120;
        const int at_most = std::clamp(static_cast<int>(page.width / room_of_tensor), fewest_tensors, most_tensors);
        const int count = static_cast<int>(chain.size()) + 1,
                  near = std::clamp(chosen, at_most - 3, std::max(count - 3, at_most - 3));
        for (int n = 0; n < count; ++n)
            // For a long chain: the input, the output, and the tensors near the chosen cell.
            if (count <= at_most || n == 0 || n == count - 1 || (n >= near - (at_most - 4) && n <= near + 1))
                tensors.push_back({n, {}, &uses[static_cast<std::size_t>(n)]});
        auto drawn = [&](const Tensor& t, int a) { return static_cast<int>(std::min(length(t, a), longest_axis)); };
        std::vector<SheetBox> boxes;
        for (const Tensor& t : tensors) boxes.push_back({{}, 1, rank > 1 ? drawn(t, 0) : 1, drawn(t, rank - 1)});
        l = lay_out_receptive(std::move(boxes), rank > 1, page,
                              head_extra(options, parameters_text(recording.layer(), words_form, options.language)));
        for (std::size_t n = 0; n < tensors.size(); ++n) tensors[n].box = l.boxes[n];
    }

    Index length(const Tensor& t, int axis) const { return static_cast<Index>(t.uses->ways[axis].size()); }
    bool too_long(const Tensor& t) const { return length(t, 0) > longest_axis || length(t, rank - 1) > longest_axis; }
    arith::Cell cell(int row, int column) const {
        return rank > 1 ? arith::Cell{row, column, 0} : arith::Cell{column, 0, 0};
    }
    Index ways(const Tensor& t, int row, int column) const { return t.uses->at(cell(row, column), rank); }

    // The layer between a drawn tensor and the next one; null if tensors between them are omitted.
    const arith::Layer* link_after(std::size_t n) const {
        return n + 1 < tensors.size() && tensors[n + 1].number == tensors[n].number + 1
                   ? &chain[static_cast<std::size_t>(tensors[n].number)].layer
                   : nullptr;
    }

    // The windows of a layer up to the current one follow from the sizes, so that fields differ in size.
    bool is_sized() const {
        return std::any_of(chain.begin(), chain.begin() + shown + 1,
                           [](const arith::Link& link) { return link.layer.has_sized_windows(); });
    }

    bool after(const Tensor& t) const { return t.number > chosen; }

    // Each map has its own scale from one use to the most; cells fed by the chosen cell have the output's hue.
    Color fill(const Tensor& t, Index ways, Index most) const {
        const Color base = t.number == 0 ? theme.input : theme.output;
        if (ways == 0) return mixed(theme.ground, base, 0.3);
        if (t.number == chosen) return theme.tap;
        if (after(t))
            return mixed(theme.output, theme.window,
                         most > 1 ? 0.6 * static_cast<double>(ways - 1) / static_cast<double>(most - 1) : 0);
        return mixed(theme.covered, theme.tap,
                     most > 1 ? 0.75 * static_cast<double>(ways - 1) / static_cast<double>(most - 1) : 0);
    }

    Plane plane(const Tensor& t) const {
        const Index most = t.uses->most(rank);
        const Index channel = t.number == chosen && chosen > 0 ? step.channel : 0;
        const std::string name = fmt::format("tensor {} slab {}", t.number, channel);
        if (too_long(t)) return long_plane(t, name, tensor_role(t.number, channel, false));
        Plane plane =
            sheet_plane(name, tensor_role(t.number, channel), t.box, {theme.grid, thin_px}, [&](int r, int c) {
                const Index n = ways(t, r, c);
                const Color color = fill(t, n, most);
                return CellLook{color, n > 0 && t.number != chosen ? count_text(n) : "", readable_on(color), false};
            });
        if (t.uses->used(rank) > 0) {
            const Index top = rank > 1 ? t.uses->first(0) : 0, bottom = rank > 1 ? t.uses->last(0) : 0,
                        left = t.uses->first(rank - 1), right = t.uses->last(rank - 1);
            Stroke stroke = window_stroke(theme, t.box.cell_px * 1.5);
            // The cells that it feeds have dashed outlines, so that they can be told from those it sees even without
            // colour.
            if (after(t)) stroke.dash_px = dash_px;
            const Mark mark = t.number == chosen ? Mark::output_cell : Mark::none;
            const char* called = t.number == chosen ? "output cell" : after(t) ? "fed" : "field";
            plane.items.push_back(cells_outline(called, static_cast<double>(top), static_cast<double>(left),
                                                static_cast<double>(bottom - top + 1),
                                                static_cast<double>(right - left + 1), stroke, {mark}));
        }
        return plane;
    }
    // A tensor with too many cells to draw: only its box and the receptive field.
    Plane long_plane(const Tensor& t, const std::string& name, const PlaneRole& role) const {
        Plane plane{name, {}, {}, role};
        auto box = [&](double top, double left, double bottom, double right) {
            const SheetBox& b = t.box;
            return Rect{b.at.x + b.width() * left, b.at.y + b.height() * top, b.width() * (right - left),
                        b.height() * (bottom - top)};
        };
        auto part = [&](int axis, Index n) { return static_cast<double>(n) / static_cast<double>(length(t, axis)); };
        plane.items.push_back(Shape{"cells",
                                    Shape::Kind::box,
                                    {},
                                    box(0, 0, 1, 1),
                                    0,
                                    mixed(theme.ground, t.number == 0 ? theme.input : theme.output, 0.3),
                                    {theme.grid, thin_px}});
        if (t.uses->used(rank) > 0)
            plane.items.push_back(
                Shape{after(t) ? "fed" : "field",
                      Shape::Kind::box,
                      {},
                      box(rank > 1 ? part(0, t.uses->first(0)) : 0, part(rank - 1, t.uses->first(rank - 1)),
                          rank > 1 ? part(0, t.uses->last(0) + 1) : 1, part(rank - 1, t.uses->last(rank - 1) + 1)),
                      0,
                      after(t) ? theme.output : theme.covered,
                      {theme.window, thick_px, after(t) ? dash_px : 0}});
        return plane;
    }

    // Lines for rank 1: from each used cell to its sources, and after the chosen cell to the cells computed from it.
    Plane lines() const {
        Plane plane{"uses", {}, {}, {Content::uses}};
        for (std::size_t n = 0; n + 1 < tensors.size(); ++n) {
            const Tensor &before = tensors[n], &after = tensors[n + 1];
            if (!link_after(n) || too_long(before) || too_long(after)) continue;
            for (int c = 0; c < after.box.columns; ++c)
                for (const Index source : arith::sources(chain, before.number, 0, c)) {
                    const bool on_way = ways(after, 0, c) > 0 && ways(before, 0, static_cast<int>(source)) > 0;
                    const Point from = before.box.middle(0, static_cast<double>(source)), to = after.box.middle(0, c);
                    const double half = before.box.cell_px / 2;
                    plane.items.push_back(
                        Line{fmt::format("use {} {} {}", before.number, source, c),
                             {{from.x, from.y - half}, {to.x, to.y + half}},
                             false,
                             {!on_way              ? theme.hairline
                              : this->after(after) ? theme.window
                                                   : theme.tap,
                              on_way ? thick_px * 0.75 : thin_px, on_way && this->after(after) ? dash_px : 0}});
                }
        }
        return plane;
    }

    std::vector<Index> extent(const Tensor& t) const {
        std::vector<Index> sizes;
        for (int a = 0; a < rank; ++a)
            sizes.push_back(t.uses->used(rank) > 0 ? t.uses->last(a) - t.uses->first(a) + 1 : 0);
        return sizes;
    }
};

}  // namespace convloom::scene::receptive_view
