#include "core/scene/compare/compose_refused.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/arith/layer/layer_numbers.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/measure/wrap.hpp"
#include "core/scene/pieces/sheet.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace refused_view {
namespace {

using arith::Axis;
using arith::Index;
using arith::Layer;
using arith::LayerField;
using arith::Problem;

constexpr double margin = 5 * unit_px, figure_top = 136, figure_bottom = 500, figure_width = 470, words_x = 570;
constexpr double largest_cell = 40;
constexpr Index most_cells = 40;  // along an axis; larger planes are drawn without their cells

// What of a layer is drawn.
enum class Kind {
    fit,      // the window is larger than the padded input
    padding,  // the padding is wider than the layer allows
    crop,     // a transposed layer's padding crops its whole output
    words     // nothing; the reason has no picture
};

// One axis of the figure, in cells from its first one.
struct Extent {
    double total = 1;               // cells of the padded input, or of the output before it is cropped
    double before = 0, inside = 1;  // the first cell that is not padding, and how many there are
    double window = 1, dilation = 1;
    double bad_before = 0, bad_after = 0;  // padding beyond the limit, from each end
};

const Problem* problem_of(const std::vector<Problem>& problems, LayerField field) {
    for (const Problem& one : problems)
        if (one.field == field) return &one;
    return nullptr;
}

Kind kind_of(const Layer& layer, const std::vector<Problem>& problems) {
    if (layer.rank() < 1 || layer.rank() > arith::max_rank) return Kind::words;
    for (const Axis& axis : layer.axes)
        for (const arith::LayerNumber& one : arith::layer_numbers())
            if (one.of_axis && (axis.*one.of_axis < one.least || axis.*one.of_axis > arith::max_field ||
                                (one.after && (axis.*one.after < one.least || axis.*one.after > arith::max_field))))
                return Kind::words;
    const Problem* padding = problem_of(problems, LayerField::padding);
    if (layer.is_transposed()) return padding && padding->nearest ? Kind::crop : Kind::words;
    for (const Axis& axis : layer.axes)
        if (arith::kernel_extent(axis) > arith::padded_size(axis)) return Kind::fit;
    return padding && padding->nearest ? Kind::padding : Kind::words;
}

struct RefusedFigure {
    const Layer& layer;
    const std::vector<Problem>& problems;
    const Theme& theme;
    Language in;
    Kind kind;
    int high_axis = -1, wide_axis = 0;  // -1 for the single row of rank 1
    Extent high, wide;
    double cell = 1;
    Point at;

    RefusedFigure(const Layer& l, const std::vector<Problem>& p, const ViewOptions& options)
        : layer(l), problems(p), theme(*options.theme), in(options.language), kind(kind_of(l, p)) {
        if (kind == Kind::words) return;
        wide_axis = layer.rank() - 1;
        if (layer.rank() > 1) high_axis = layer.rank() - 2;
        // Of three axes, two are drawn, among them one that does not fit.
        if (layer.rank() == 3 && !fails(1) && !fails(2)) high_axis = 0;
        if (high_axis >= 0) high = extent(high_axis);
        wide = extent(wide_axis);
        const double rows = std::max(high.total, high.window), columns = std::max(wide.total, wide.window);
        cell = std::min({figure_width / columns, (figure_bottom - figure_top) / rows, largest_cell});
        if (cell > 8) cell = std::floor(cell);
        at = {margin, figure_top};
    }

    bool fails(int a) const {
        const Axis& axis = layer.axes[static_cast<std::size_t>(a)];
        if (kind == Kind::fit) return arith::kernel_extent(axis) > arith::padded_size(axis);
        const Extent e = extent(a);
        return e.bad_before > 0 || e.bad_after > 0;
    }
    Extent extent(int a) const {
        const Axis& axis = layer.axes[static_cast<std::size_t>(a)];
        const auto number = [](Index n) { return static_cast<double>(n); };
        Extent e;
        e.dilation = number(axis.dilation);
        e.window = number(arith::kernel_extent(axis));
        if (kind == Kind::crop) {
            e.total = number(axis.stride * (axis.size - 1) + arith::kernel_extent(axis) + axis.output_padding);
            e.inside = e.total;
            e.window = 0;
            if (number(axis.pad_before + axis.pad_after) >= e.total) {
                e.bad_before = std::min(e.total, number(axis.pad_before));
                e.bad_after = e.total - e.bad_before;
            }
            return e;
        }
        e.total = number(arith::padded_size(axis));
        e.before = number(axis.pad_before);
        e.inside = number(axis.size);
        if (kind != Kind::padding) return e;
        const Index most = problem_of(problems, LayerField::padding)->nearest.value_or(0);
        e.bad_before = number(std::max<Index>(0, axis.pad_before - most));
        e.bad_after = number(std::max<Index>(0, axis.pad_after - most));
        return e;
    }

    static Shape box(const char* name, double x, double y, double columns, double rows, Color fill, Stroke stroke) {
        return {name,
                Shape::Kind::polygon,
                {{x, y}, {x + columns, y}, {x + columns, y + rows}, {x, y + rows}},
                {},
                0,
                fill,
                stroke};
    }
    // Parallel lines over a box, in cells.
    void add_hatching(Plane& plane, const char* name, double x, double y, double columns, double rows) const {
        if (columns <= 0 || rows <= 0) return;
        const double apart = std::max(7 / cell, (columns + rows) / 160);
        const Stroke stroke{theme.refused, thin_px};
        int n = 0;
        for (double d = apart; d < columns + rows; d += apart, ++n) {
            const double left = std::max(0.0, d - rows), right = std::min(columns, d);
            plane.items.push_back(Line{
                fmt::format("{} {}", name, n), {{x + left, y + d - left}, {x + right, y + d - right}}, false, stroke});
        }
        plane.items.push_back(cells_outline(name, y, x, rows, columns, {theme.refused, thick_px, dash_px}));
    }
    bool shows_cells() const {
        return std::max({high.total, high.window, wide.total, wide.window}) <= static_cast<double>(most_cells) &&
               cell >= 5;
    }

    Plane figure() const {
        Plane plane{kind == Kind::crop ? "output" : "input",
                    Affine::scale_and_move(cell, at.x, at.y),
                    {},
                    {.content = kind == Kind::crop ? Content::output : Content::input, .pointable = false}};
        const auto grid = [&](const char* name, double x, double y, double columns, double rows, Stroke edge) {
            Field field{name, {x, y}, 1, static_cast<int>(rows), static_cast<int>(columns), {}, {}, edge};
            field.cells.assign(static_cast<std::size_t>(rows * columns), Field::unfilled);
            plane.items.push_back(std::move(field));
        };
        if (shows_cells())
            grid("padding cells", 0, 0, wide.total, high.total, {theme.muted, thin_px, dash_px});
        else
            plane.items.push_back(
                cells_outline("padding", 0, 0, high.total, wide.total, {theme.muted, thin_px, dash_px}));
        plane.items.push_back(box("input cells", wide.before, high.before, wide.inside, high.inside,
                                  kind == Kind::crop ? theme.output : theme.input, {theme.grid, thin_px}));
        if (shows_cells()) grid("grid", wide.before, high.before, wide.inside, high.inside, {theme.grid, thin_px});
        add_bad_padding(plane);
        if (kind == Kind::fit) add_window(plane);
        if (kind == Kind::padding && wide.window > 0)
            plane.items.push_back(
                mark_outline(Mark::window, 0, 0, high.window, wide.window, {theme.window, window_px}));
        return plane;
    }
    // The window at the first place, its kernel cells where it has gaps, and the part that lies beyond the input.
    void add_window(Plane& plane) const {
        const auto add_grid = [&](const char* name, double x, double y, double columns, double rows) {
            if (!shows_cells() || columns <= 0 || rows <= 0) return;
            Field field{
                name, {x, y}, 1, static_cast<int>(rows), static_cast<int>(columns), {}, {}, {theme.refused, thin_px}};
            field.cells.assign(static_cast<std::size_t>(rows * columns), Field::unfilled);
            plane.items.push_back(std::move(field));
        };
        const double beyond_right = std::max(0.0, wide.window - wide.total),
                     beyond_below = std::max(0.0, high.window - high.total);
        add_hatching(plane, "lacking right", wide.total, 0, beyond_right, high.window);
        add_hatching(plane, "lacking below", 0, high.total, std::min(wide.window, wide.total), beyond_below);
        add_grid("lacking cells right", wide.total, 0, beyond_right, high.window);
        add_grid("lacking cells below", 0, high.total, std::min(wide.window, wide.total), beyond_below);
        if (shows_cells() && (wide.dilation > 1 || high.dilation > 1))
            for (double r = 0; r < high.window; r += high.dilation)
                for (double c = 0; c < wide.window; c += wide.dilation)
                    plane.items.push_back(Shape{fmt::format("kernel cell {} {}", r, c),
                                                Shape::Kind::ellipse,
                                                {},
                                                {c + 0.35, r + 0.35, 0.3, 0.3},
                                                0,
                                                theme.window,
                                                {}});
        plane.items.push_back(mark_outline(Mark::window, 0, 0, high.window, wide.window, {theme.window, window_px}));
    }
    void add_bad_padding(Plane& plane) const {
        add_hatching(plane, "refused above", 0, 0, wide.total, high.bad_before);
        add_hatching(plane, "refused below", 0, high.total - high.bad_after, wide.total, high.bad_after);
        const double rows = high.total - high.bad_before - high.bad_after;
        if (rows <= 0) return;
        add_hatching(plane, "refused left", 0, high.bad_before, wide.bad_before, rows);
        add_hatching(plane, "refused right", wide.total - wide.bad_after, high.bad_before, wide.bad_after, rows);
    }

    std::string axis_title(int a) const { return tr(in, arith::axis_name(layer.rank(), a)); }
    // "height: 5 + 1 + 1 = 7 cells, the window covers 2·(5 − 1) + 1 = 9".
    std::string formula(int a) const {
        const Axis& axis = layer.axes[static_cast<std::size_t>(a)];
        const std::string window =
            fmt::format("{}·({} − 1) + 1 = {}", axis.dilation, axis.kernel, arith::kernel_extent(axis));
        if (kind == Kind::crop)
            return trf(in, "{}: {}·({} − 1) + {} + {} = {} cells are computed, {} + {} = {} are cropped", axis_title(a),
                       axis.stride, axis.size, arith::kernel_extent(axis), axis.output_padding, extent(a).total,
                       axis.pad_before, axis.pad_after, axis.pad_before + axis.pad_after);
        return trf(in, "{}: the padded input has {} + {} + {} = {} cells, the window covers {}", axis_title(a),
                   axis.size, axis.pad_before, axis.pad_after, arith::padded_size(axis), window);
    }
    std::string output_formula(int a) const {
        const Axis& axis = layer.axes[static_cast<std::size_t>(a)];
        return fmt::format("o = {}({} − {}) / {}{} + 1 < 1", layer.ceil_mode ? "⌈" : "⌊", arith::padded_size(axis),
                           arith::kernel_extent(axis), axis.stride, layer.ceil_mode ? "⌉" : "⌋");
    }
};

// The value that a field has: on its axis, or on the first one that was refused.
std::string value_of(const RefusedFigure& f, const arith::LayerNumber& number, const Problem& problem) {
    if (number.of_layer) return std::to_string(f.layer.*number.of_layer);
    int a = std::max(problem.axis, 0);
    if (problem.axis < 0)
        while (f.kind != Kind::words && a + 1 < f.layer.rank() && !f.fails(a)) ++a;
    const Axis& axis = f.layer.axes[static_cast<std::size_t>(a)];
    const Index before = axis.*number.of_axis, after = number.after ? axis.*number.after : before;
    return before == after ? std::to_string(before) : fmt::format("{}+{}", before, after);
}

void add_words(Plane& page, const RefusedFigure& f) {
    const Theme& t = f.theme;
    const double x = f.kind == Kind::words ? margin : words_x, width = page_width - margin - x;
    double y = figure_top + 10;
    std::vector<std::string> told;
    for (const Problem& problem : f.problems) {
        if (std::find(told.begin(), told.end(), problem.sentence) != told.end() || told.size() == 3) continue;
        told.push_back(problem.sentence);
        y = add_paragraph(page, fmt::format("sentence {}", told.size()), {x, y}, tr_sentence(f.in, problem.sentence),
                          width, t.text, label_size, 20) +
            30;
    }
    for (int a = 0; f.kind != Kind::words && a < f.layer.rank(); ++a) {
        const bool fails = f.fails(a);
        y = add_paragraph(page, fmt::format("sizes {}", a), {x, y}, f.formula(a), width, fails ? t.refused : t.muted,
                          label_size, 20) +
            22;
        if (fails && f.kind == Kind::fit) {
            page.items.push_back(
                note(fmt::format("formula {}", a), {x, y}, f.output_formula(a), t.refused, label_size));
            y += 28;
        }
    }
    bool headed = false;
    for (const arith::LayerNumber& number : arith::layer_numbers()) {
        const Problem* problem = problem_of(f.problems, number.field);
        if (!problem || !problem->nearest || !number.title) continue;
        if (!headed) {
            y += 8;
            page.items.push_back(note("nearest title", {x, y}, tr(f.in, "The nearest value that works, one of:"),
                                      t.text, label_size, Anchor::start, Weight::semibold));
            headed = true;
        }
        y += 24;
        page.items.push_back(
            note(fmt::format("nearest {}", number.key), {x, y},
                 fmt::format("{}: {} → {}", tr(f.in, number.title), value_of(f, number, *problem), *problem->nearest),
                 t.text, label_size));
    }
}

}  // namespace
}  // namespace refused_view

bool has_refused_picture(const arith::Layer& layer, const std::vector<arith::Problem>& problems) {
    return refused_view::kind_of(layer, problems) != refused_view::Kind::words;
}

Scene compose_refused(const arith::Layer& layer, const std::vector<arith::Problem>& problems,
                      const ViewOptions& options) {
    using namespace refused_view;
    const RefusedFigure f(layer, problems, options);
    const std::string headline = tr(options.language, "This layer cannot be computed");
    Scene scene = empty_page(
        options, fmt::format("{}: {}", headline,
                             problems.empty() ? "" : tr_sentence(options.language, problems.front().sentence)));
    if (f.kind != Kind::words) scene.planes.push_back(f.figure());
    Plane page{"labels", {}, {}, {Content::labels}};
    ViewOptions headed = options;
    headed.title = headline;
    add_head(page, headed, options.title, "");
    if (f.kind != Kind::words)
        add_plane_title(page, {margin, figure_top - 12}, f.kind == Kind::crop ? "Output" : "Input",
                        f.kind == Kind::crop ? tr(options.language, "before it is cropped; hatched: cropped")
                        : f.kind == Kind::fit
                            ? tr(options.language, "with its padding; hatched: cells that the window lacks")
                            : tr(options.language, "with its padding; hatched: more than is allowed"),
                        f.theme, options.language);
    add_words(page, f);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
