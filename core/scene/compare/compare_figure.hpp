// The two layers of the compare view: what each shows at a moment, where everything is on the page, and their planes.
//
// Only compose_compare.cpp includes this, which adds the texts.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

#include "core/arith/contrast/contrast.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/scene/pieces/cells.hpp"
#include "core/scene/pieces/layer_planes.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene::compare_view {

using arith::Index;

constexpr double margin = 5 * unit_px, gap = 28, half_gap = 40, largest_cell = 34;
constexpr double heads_y = 124, planes_top = 158, planes_bottom = 384;
constexpr double legend_shift = 14, names_width = 88;  // beside the rows of rank 1

// One of the two layers.
struct Side {
    const char* letter;
    const arith::Recording& recording;
    bool walks;     // the moment counts its steps
    bool has_cell;  // its output has the cell of this step
    Moment moment;
    LayerPlanes p;  // refers to the moment
    int rows, columns;
    std::vector<float> values;  // of the output channel of this step

    Side(const char* name, const arith::Recording& r, bool is_walked, const arith::Step& at, const Moment& now,
         Index taps, const ViewOptions& options)
        : letter(name), recording(r), walks(is_walked), has_cell(holds(r.layer(), at)),
          moment(is_walked ? now : moment_at(r, at, now, taps, has_cell)), p(r, moment, options), rows(p.high.output),
          columns(p.wide.output) {
        const Index channel = std::min(at.channel, r.layer().out_channels - 1);
        for (int row = 0; row < rows; ++row)
            for (int column = 0; column < columns; ++column)
                values.push_back(r.value(r.step(r.step_at(channel, p.cell(row, column)))));
    }
    Side(const Side&) = delete;

    static bool holds(const arith::Layer& layer, const arith::Step& at) {
        bool inside = at.channel < layer.out_channels;
        for (int a = 0; a < layer.rank(); ++a)
            inside &= at.output[static_cast<std::size_t>(a)] < arith::output_size(layer, a);
        return inside;
    }
    // The same cell, and the same tap if both windows have equally many.
    static Moment moment_at(const arith::Recording& r, const arith::Step& at, const Moment& now, Index taps,
                            bool has_cell) {
        if (!has_cell) return {};
        const Index step = r.step_at(at.channel, at.output);
        return {step, r.tap_count(r.step(step)) == taps ? now.tap : Moment::whole_window};
    }
    bool has(int row, int column) const { return row < rows && column < columns; }
    float value(int row, int column) const { return values[static_cast<std::size_t>(row) * columns + column]; }
    // The running sum in the cell of this step while its taps are stepped through.
    float shown(int row, int column) const {
        const Place now = p.output();
        return has_cell && now.row == row && now.column == column ? value_at(recording, p.step, moment)
                                                                  : value(row, column);
    }
    PlaneRole role(Content content, Index number) const {
        PlaneRole role = slab_role(content, number);
        if (!walks) role.nth = 1, role.pointable = false;
        return role;
    }
};

struct SideLayout {
    double x = margin;
    SheetBox input, kernel, output;
    double head_y = heads_y, titles_y = 0;
};

struct CompareFigure {
    const Theme& theme;
    const ViewOptions& options;
    const Moment& moment;
    bool second_walks;
    arith::Step step;  // of the layer that is stepped through
    Side a, b;
    std::optional<ValueMap> output_map;  // one for both outputs
    SideLayout of_a, of_b;

    CompareFigure(const arith::Recording& first, const arith::Recording& second, const Moment& m, const ViewOptions& o)
        : theme(*o.theme), options(o), moment(m), second_walks(arith::walks_second(first.layer(), second.layer())),
          step((second_walks ? second : first).step(m.step)),
          a("A", first, !second_walks, step, m, taps(first, second), o),
          b("B", second, second_walks, step, m, taps(first, second), o) {
        if (a.p.maps.any()) {
            float low = 0, high = 0;
            for (const Side* side : {&a, &b})
                for (const float value : side->values)
                    if (std::isfinite(value)) low = std::min(low, value), high = std::max(high, value);
            output_map = value_map(low, high, theme);
        }
        a.p.layer.rank() > 1 ? lay_out_halves() : lay_out_rows();
    }
    Index taps(const arith::Recording& first, const arith::Recording& second) const {
        const arith::Recording& r = second_walks ? second : first;
        return r.tap_count(r.step(moment.step));
    }
    bool pools() const { return !a.p.layer.has_weight() && !b.p.layer.has_weight(); }
    double bottom() const { return a.p.maps.any() ? planes_bottom - legend_shift : planes_bottom; }

    // Of rank 2: each layer on one half of the page, with the same size of cells.
    void lay_out_halves() {
        const double width = (page_width - 2 * margin - half_gap) / 2;
        double cell = largest_cell;
        for (const Side* side : {&a, &b}) {
            const int kernel = side->p.layer.has_weight() ? side->p.wide.kernel : 0;
            const double gaps = (kernel > 0 ? 2 : 1) * gap;
            cell = std::min(
                cell, fitting_cell(width - gaps, bottom() - planes_top, std::max(side->p.high.total, union_rows()),
                                   side->p.wide.total + kernel + union_columns(), largest_cell));
        }
        const auto place = [&](const Side& side, SideLayout& l, double x) {
            l.x = x;
            l.titles_y = planes_top - 8;
            l.input = {{x, planes_top}, cell, side.p.high.total, side.p.wide.total};
            l.kernel = {{l.input.right() + gap, planes_top}, cell, side.p.high.kernel, side.p.wide.kernel};
            l.output = {{(side.p.layer.has_weight() ? l.kernel : l.input).right() + gap, planes_top},
                        cell,
                        side.rows,
                        side.columns};
        };
        place(a, of_a, margin);
        place(b, of_b, margin + width + half_gap);
    }

    // Of rank 1: one layer above the other, with the first input cells at the same place.
    void lay_out_rows() {
        constexpr double apart = 8;
        const int before = std::max(a.p.wide.before, b.p.wide.before);
        int longest = 0;
        for (const Side* side : {&a, &b})
            longest = std::max({longest, before - side->p.wide.before + side->p.wide.total, before + side->columns});
        const double height = (bottom() - heads_y) / 2 - 26 - 2 * apart;
        const double cell = fitting_cell(page_width - 2 * margin - names_width, height, 3, longest, 26);
        const auto place = [&](const Side& side, SideLayout& l, double y) {
            l.head_y = y;
            const double zero = margin + names_width + before * cell, left = zero - side.p.wide.before * cell;
            const double window = side.has_cell ? left + side.p.window().column * cell : left;
            l.kernel = {{window, y + 12}, cell, 1, side.p.wide.kernel};
            l.input = {{left, l.kernel.bottom() + apart}, cell, 1, side.p.wide.total};
            l.output = {{zero, l.input.bottom() + apart}, cell, 1, side.columns};
        };
        place(a, of_a, heads_y);
        place(b, of_b, heads_y + (bottom() - heads_y) / 2 + 6);
    }

    int union_rows() const { return std::max(a.rows, b.rows); }
    int union_columns() const { return std::max(a.columns, b.columns); }
    bool differs(int row, int column) const {
        if (a.has(row, column) != b.has(row, column)) return true;
        return a.has(row, column) && arith::values_differ(a.value(row, column), b.value(row, column));
    }
    // Cells of either output, and those of them that differ.
    std::pair<int, int> counts() const {
        int all = 0, differing = 0;
        for (int r = 0; r < union_rows(); ++r)
            for (int c = 0; c < union_columns(); ++c)
                if (a.has(r, c) || b.has(r, c)) ++all, differing += differs(r, c) ? 1 : 0;
        return {all, differing};
    }

    Plane input(const Side& side, const SideLayout& l) const {
        Plane plane = side.p.input(side.p.channel_now(), l.input, side.has_cell);
        plane.role = side.role(Content::input, side.p.channel_now());
        plane.name.insert(0, fmt::format("{}: ", side.letter));
        return plane;
    }
    Plane kernel(const Side& side, const SideLayout& l) const {
        Plane plane = side.p.kernel(side.p.channel_now(), l.kernel);
        plane.role = side.role(Content::kernel, side.p.channel_now() - side.p.first_in);
        plane.name.insert(0, fmt::format("{}: ", side.letter));
        add_origin(plane, side);
        return plane;
    }
    // A ring on the kernel cell that lies on the input cell with the output's index.
    void add_origin(Plane& plane, const Side& side) const {
        const auto origin = origin_of(side);
        if (!origin) return;
        constexpr int corners = 24;
        Line ring{"origin", {}, true, {theme.window, thick_px}};
        for (int n = 0; n < corners; ++n) {
            const double turn = 2 * std::numbers::pi * n / corners;
            ring.points.push_back(
                {origin->column + 0.5 + 0.42 * std::cos(turn), origin->row + 0.5 + 0.42 * std::sin(turn)});
        }
        plane.items.push_back(std::move(ring));
    }
    std::optional<Place> origin_of(const Side& side) const {
        const arith::Layer& layer = side.p.layer;
        const auto column = arith::kernel_origin(layer, layer.rank() - 1);
        const auto row = layer.rank() > 1 ? arith::kernel_origin(layer, 0) : std::optional<Index>(0);
        if (!row || !column || !layer.has_weight()) return std::nullopt;
        return Place{static_cast<int>(*row), static_cast<int>(*column)};
    }
    // Where the paddings differ, the origins are worth a word.
    bool tells_origin() const {
        return (origin_of(a) || origin_of(b)) &&
               std::any_of(a.p.layer.axes.begin(), a.p.layer.axes.end(),
                           [](const auto& x) { return x.pad_before + x.pad_after > 0; });
    }

    Plane output(const Side& side, const Side& other, const SideLayout& l) const {
        const Place now = side.p.output();
        Plane plane = sheet_plane(
            fmt::format("{}: output slab {}", side.letter, step.channel), side.role(Content::output, step.channel),
            l.output, {theme.grid, thin_px}, [&](int r, int c) {
                const bool current = side.has_cell && now.row == r && now.column == c;
                const float value = side.shown(r, c);
                return CellLook{theme.output, number_text(value, 2), theme.on_cell, current || differs(r, c)}.by_value(
                    output_map, value);
            });
        if (side.has_cell)
            plane.items.push_back(
                mark_outline(Mark::output_cell, now.row, now.column, 1, 1, window_stroke(theme, l.output.cell_px)));
        for (int r = 0; r < union_rows(); ++r)
            for (int c = 0; c < union_columns(); ++c) {
                if (side.has(r, c) && differs(r, c)) add_mark(plane, r, c);
                if (!side.has(r, c) && other.has(r, c))
                    plane.items.push_back(cells_outline(cell_name("missing", r, c), r + 0.06, c + 0.06, 0.88, 0.88,
                                                        {theme.refused, thin_px, dash_px}));
            }
        return plane;
    }
    // A triangle in the upper right corner, bordered on colours of values so that it stands out from all of them.
    void add_mark(Plane& plane, int row, int column) const {
        constexpr double side = 0.34;
        const double right = column + 1.0, top = row;
        plane.items.push_back(Shape{cell_name("differs", row, column),
                                    Shape::Kind::polygon,
                                    {{right - side, top}, {right, top}, {right, top + side}},
                                    {},
                                    0,
                                    theme.refused,
                                    output_map ? Stroke{theme.ground, thin_px} : Stroke{}});
    }
};

}  // namespace convloom::scene::compare_view
