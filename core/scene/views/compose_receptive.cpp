// The receptive field view: for one cell of a chain, how often it uses each cell of the earlier tensors, and which
// cells of later tensors use it. Rank 2 is drawn as maps from left to right, rank 1 as rows connected by one line per
// use.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/uses.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/layer_planes.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/views/compose.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace receptive_view {
namespace {

using arith::Index;

constexpr int most_tensors = 6;      // limited by the smallest size of the maps and the gaps between them
constexpr Index longest_axis = 256;  // longer axes are drawn as boxes
constexpr Index longest_counted = 1 << 20;

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
ReceptiveLayout lay_out_receptive(std::vector<SheetBox> boxes, bool maps) {
    constexpr double maps_top = 128, maps_high = 272, rows_top = 112, rows_bottom = 446, row_names = 172,
                     largest_cell = 34;
    ReceptiveLayout l;
    int rows = 1, columns = 1;
    for (const SheetBox& box : boxes) rows = std::max(rows, box.rows), columns = std::max(columns, box.columns);
    const auto between = static_cast<double>(boxes.size() - 1);
    const double wide = page_width - 2 * l.margin;
    double cell = std::min(largest_cell, maps_high / rows), x = 0, apart = 0;
    if (maps) {
        auto width = [&] {
            double sum = l.map_gap * between;
            for (const SheetBox& box : boxes) sum += std::max(cell * box.columns, l.least_map);
            return sum;
        };
        while (width() > wide && cell > 0.05) cell *= 0.98;
        x = (page_width - width()) / 2;
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
    arith::Step step;
    int rank;
    std::vector<arith::Uses> uses;
    std::vector<Tensor> tensors;
    ReceptiveLayout l;

    ReceptiveFigure(const Subject& subject, const Moment& m, const ViewOptions& options)
        : chain(subject.chain.chain), shown(subject.chain.shown), chosen(subject.chain.input_cell ? 0 : shown + 1),
          cell_at(subject.chain.input_cell ? *subject.chain.input_cell : subject.recording.step(m.step).output),
          recording(subject.recording), theme(*options.theme), step(recording.step(m.step)),
          rank(recording.layer().rank()), uses(arith::uses(chain, chosen, cell_at)) {
        const int count = static_cast<int>(chain.size()) + 1,
                  near = std::clamp(chosen, most_tensors - 3, std::max(count - 3, most_tensors - 3));
        for (int n = 0; n < count; ++n)
            // For a long chain: the input, the output, and the tensors near the chosen cell.
            if (count <= most_tensors || n == 0 || n == count - 1 || (n >= near - (most_tensors - 4) && n <= near + 1))
                tensors.push_back({n, {}, &uses[static_cast<std::size_t>(n)]});
        auto drawn = [&](const Tensor& t, int a) { return static_cast<int>(std::min(length(t, a), longest_axis)); };
        std::vector<SheetBox> boxes;
        for (const Tensor& t : tensors) boxes.push_back({{}, 1, rank > 1 ? drawn(t, 0) : 1, drawn(t, rank - 1)});
        l = lay_out_receptive(std::move(boxes), rank > 1);
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

    bool is_sized() const {  // windows of layers up to the current one, and so its fields, differ in size
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
            const arith::Layer* layer = link_after(n);
            const Tensor &before = tensors[n], &after = tensors[n + 1];
            if (!layer || too_long(before) || too_long(after)) continue;
            for (int c = 0; c < after.box.columns; ++c)
                for (const Index source : arith::sources(*layer, 0, c)) {
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

std::string layer_more(const arith::Layer& layer, Language in) {
    const arith::Axis& axis = layer.axes.back();
    if (axis.dilation > 1) return trf(in, "dilation {}", axis.dilation);
    return axis.stride > 1 ? trf(in, "stride {}", axis.stride) : "";
}

std::string tensor_name(const ReceptiveFigure& f, const Tensor& t, Language in) {
    return t.number == 0                                  ? tr(in, "Input")
           : t.number == static_cast<int>(f.chain.size()) ? tr(in, "Output")
                                                          : trf(in, "Layer {}", t.number);
}

std::string times_text(const arith::Uses& uses, int rank, Language in) {
    const Index most = uses.most(rank);
    return most == 1 ? tr(in, "once each") : trf(in, "up to {} times each", count_text(most));
}

// The part of the chain's output that the chosen cell feeds, and how often.
std::string fed_text(const ReceptiveFigure& f, Language in) {
    const arith::Uses& output = f.uses.back();
    Index all = 1;
    for (int a = 0; a < f.rank; ++a) all *= static_cast<Index>(output.ways[a].size());
    const Index fed = output.used(f.rank);
    if (fed == 0) return tr(in, "It feeds no cell of the output.");
    return trn(in, {{all, "output cell"}}, "It feeds {} of the {} output cells, {}.", count_text(fed), count_text(all),
               times_text(output, f.rank, in));
}

void add_words_of_input_cell(Plane& page, const ReceptiveFigure& f, double y, Language in) {
    const std::string cell = cell_text(f.rank, f.cell_at);
    const std::string head = f.uses.back().used(f.rank) > 0
                                 ? trf(in, "Input cell {} feeds {} of the output", cell,
                                       arith::to_text(f.extent({static_cast<int>(f.chain.size()), {}, &f.uses.back()})))
                                 : trf(in, "Input cell {} feeds nothing", cell);
    page.items.push_back(note("field", {f.l.margin, y}, head, f.theme.text, 18, Anchor::start, Weight::semibold));
    const std::string says = f.uses.back().used(f.rank) > 0
                                 ? fed_text(f, in)
                                 : tr(in, "No window reaches it: rounding the output size down leaves it out.");
    page.items.push_back(note("uses", {f.l.margin, y + 26}, says, f.theme.muted, label_size));
}

// The receptive field by its formula, the part of it that is used and how often, and what the cell feeds.
void add_words(Plane& page, const ReceptiveFigure& f, double y, Language in) {
    if (f.chosen == 0) return add_words_of_input_cell(page, f, y, in);
    const arith::Uses& input = f.uses.front();
    const auto fields = arith::receptive_fields(f.chain)[static_cast<std::size_t>(f.shown)];
    std::string formula;
    double cells = 1, inside = 1;
    for (int a = 0; a < f.rank; ++a) {
        formula += fmt::format("{}{}", a > 0 ? "×" : "",
                               number_text(static_cast<float>(fields[static_cast<std::size_t>(a)].size), 2));
        cells *= fields[static_cast<std::size_t>(a)].size;
        inside *= static_cast<double>(std::max<Index>(input.last(a) - input.first(a) + 1, 0));
    }
    const std::string of = f.chain.size() > 1 ? trf(in, "after layer {}", f.shown + 1) : tr(in, "of this layer");
    const std::string head = trf(in, "Receptive field {}: {}", of, formula);
    page.items.push_back(note("field", {f.l.margin, y}, head, f.theme.text, 18, Anchor::start, Weight::semibold));
    if (f.chosen < static_cast<int>(f.chain.size())) {
        const double room = page_width - 2 * f.l.margin - text_width(head, 18, Weight::semibold) - 3 * unit_px;
        const std::string fed = fed_text(f, in);
        page.items.push_back(note("fed", {page_width - f.l.margin, y}, fed, f.theme.muted,
                                  text_width(fed, label_size) <= room ? label_size : small_size, Anchor::end));
    }
    const Index used = input.used(f.rank);
    const std::string times = times_text(input, f.rank, in);
    const std::string says =
        static_cast<double>(used) < inside
            ? trf(in, "It uses only {} of the {} input cells in it, {}: the dilations leave a grid of holes.",
                  count_text(used), count_text(static_cast<Index>(inside)), times)
        : inside < cells && f.is_sized()
            ? trn(in, {{used, "input cell"}}, "Here the field is smaller than the largest; it uses {} input cells, {}.",
                  count_text(used), times)
        : inside < cells ? trn(in, {{used, "input cell"}},
                               "Part of it lies in the padding; it uses {} input cells, {}.", count_text(used), times)
        : used == 1      ? trf(in, "It uses the one input cell in it, {}.", times)
                         : trf(in, "It uses all {} input cells in it, {}.", count_text(used), times);
    page.items.push_back(note("uses", {f.l.margin, y + 26}, says, f.theme.muted, label_size));
}

// Describes the relation of a tensor to the chosen cell.
std::string tie_text(const ReceptiveFigure& f, const Tensor& t, Language in) {
    if (t.number == f.chosen) return tr(in, "this cell");
    if (t.number > f.chosen && t.uses->used(f.rank) == 0) return tr(in, "feeds nothing");
    return t.number > f.chosen ? trf(in, "feeds {}", arith::to_text(f.extent(t)))
                               : trf(in, "sees {}", arith::to_text(f.extent(t)));
}

void add_map_labels(Plane& page, const ReceptiveFigure& f, Language in) {
    for (std::size_t n = 0; n < f.tensors.size(); ++n) {
        const Tensor& t = f.tensors[n];
        const double y = t.box.at.y;
        std::vector<Index> shape;
        for (int a = 0; a < f.rank; ++a) shape.push_back(f.length(t, a));
        page.items.push_back(note(fmt::format("tensor {} title", t.number), {t.box.at.x, y - 26}, tensor_name(f, t, in),
                                  f.theme.text, label_size, Anchor::start, Weight::semibold));
        page.items.push_back(note(fmt::format("tensor {} shape", t.number), {t.box.at.x, y - 9}, arith::to_text(shape),
                                  f.theme.muted, small_size));
        page.items.push_back(note(fmt::format("tensor {} sees", t.number), {t.box.at.x, t.box.bottom() + 17},
                                  tie_text(f, t, in), f.theme.muted, small_size));
        if (n + 1 == f.tensors.size()) continue;
        const double left = t.box.at.x + std::max(t.box.width(), f.l.least_map), middle = left + f.l.map_gap / 2,
                     at = f.l.maps_middle;
        add_arrow(page, fmt::format("arrow {}", t.number), {middle - 24, at}, {middle + 24, at}, f.theme.muted);
        const arith::Layer* layer = f.link_after(n);
        page.items.push_back(note(fmt::format("layer {}", t.number), {middle, at - 10},
                                  layer ? window_text(*layer, in) : "…", f.theme.text, small_size, Anchor::middle,
                                  Weight::semibold));
        if (layer)
            page.items.push_back(note(fmt::format("layer {} more", t.number), {middle, at + 19}, layer_more(*layer, in),
                                      f.theme.muted, small_size, Anchor::middle));
    }
}

void add_row_labels(Plane& page, const ReceptiveFigure& f, Language in) {
    for (std::size_t n = 0; n < f.tensors.size(); ++n) {
        const Tensor& t = f.tensors[n];
        const double y = t.box.middle(0, 0).y;
        add_plane_title(page, {f.l.margin, y + 1}, tensor_name(f, t, in), fmt::format("{}", f.length(t, 0)), f.theme);
        std::string more = tie_text(f, t, in);
        if (n > 0) {
            const arith::Layer* layer = f.link_after(n - 1);
            more += tr(in, "; ");
            const std::string window = layer ? window_text(*layer, in) : "";
            more += layer ? (layer->has_sized_windows() ? window : trf(in, "kernel {}", window)) +
                                (layer_more(*layer, in).empty() ? "" : tr(in, ", ") + layer_more(*layer, in))
                          : tr(in, "layers not shown");
        }
        page.items.push_back(
            note(fmt::format("tensor {} sees", t.number), {f.l.margin, y + 17}, more, f.theme.muted, small_size));
    }
}

}  // namespace
}  // namespace receptive_view

std::string not_receptive(const arith::Layer& layer) {
    using namespace receptive_view;
    if (layer.rank() > 2)
        return fmt::format("The receptive view draws layers of rank 1 and 2; this one has rank {}.", layer.rank());
    for (int a = 0; a < layer.rank(); ++a) {
        const arith::Axis& axis = layer.axes[static_cast<std::size_t>(a)];
        if (const Index most = std::max({axis.size, axis.kernel, arith::output_size(layer, a)}); most > longest_counted)
            return fmt::format("The receptive view counts up to {} cells along an axis; this layer has {}.",
                               count_text(longest_counted), count_text(most));
    }
    return "";
}

Scene compose_receptive(const Subject& subject, const Moment& moment, const ViewOptions& options) {
    using namespace receptive_view;
    // undrawable() only gets the current layer; the other layers of the chain may be longer.
    for (const arith::Link& link : subject.chain.chain)
        if (const std::string why = not_receptive(link.layer); !why.empty()) return compose_message(why, options);
    const ReceptiveFigure f(subject, moment, options);
    const std::string when = f.chosen == 0 ? trf(options.language, "input cell {}", cell_text(f.rank, f.cell_at))
                                           : moment_text(subject.recording, moment, options.language);
    Scene scene = empty_page(
        options,
        f.chosen == 0
            ? trf(options.language, "{}: which outputs one cell of the input feeds, {}", options.title, when)
            : trf(options.language,
                  "{}: the receptive field of one cell, back to the input, and how often each cell is used, {}",
                  options.title, when));
    if (f.rank == 1) scene.planes.push_back(f.lines());
    for (const Tensor& t : f.tensors) scene.planes.push_back(f.plane(t));
    if (!options.labels) return scene;
    Plane page{"labels", {}, {}, {Content::labels}};
    add_head(page, options, parameters_text(subject.recording.layer(), words_form, options.language), when);
    f.rank > 1 ? add_map_labels(page, f, options.language) : add_row_labels(page, f, options.language);
    add_words(page, f, f.l.words_y, options.language);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
