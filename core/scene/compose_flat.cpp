// Input, kernel and output side by side on one grid of cells, with their numbers; the sum below.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/arith/output_size.hpp"
#include "core/scene/number_text.hpp"
#include "core/scene/parts.hpp"
#include "core/scene/sum_line.hpp"
#include "core/scene/text_metrics.hpp"

namespace convloom::scene {
namespace {

constexpr double margin = 5 * unit_px, gap = 8 * unit_px;
constexpr double largest_cell = 56;
constexpr double planes_top = 132, planes_bottom = 428, sum_top = 452;
// Beyond this many cells a field carries no numbers, whatever the page's size.
constexpr arith::Index most_numbers = 4096;

struct Grid {
    int rows, columns;
    std::string shape() const { return fmt::format("{}×{}", rows, columns); }
};

struct Layout {
    Grid padded, input, kernel, output;
    Grid reached;   // the part of the padded input that some window reaches
    int pad_top, pad_left;
    double cell;
    double input_x, kernel_x, output_x, top;
    double star_x, equals_x;   // the signs between the planes

    bool has_padding() const { return padded.rows > input.rows || padded.columns > input.columns; }
    bool has_unused() const { return reached.rows < padded.rows || reached.columns < padded.columns; }
    std::string input_shape() const {
        return input.shape() + (has_padding() ? fmt::format(", padded to {}", padded.shape()) : "") +
               (has_unused() ? ", hatched: unused" : "");
    }
};

// Each plane's column is as wide as its cells or as its title, whichever is wider.
void place_columns(Layout& l, bool labels) {
    auto column = [&](Grid grid, const char* name, const std::string& shape) {
        return std::max(l.cell * grid.columns, labels ? plane_title_width(name, shape) : 0.0);
    };
    const double input = column(l.padded, "Input", l.input_shape()), kernel = column(l.kernel, "Kernel", l.kernel.shape()),
                 output = column(l.output, "Output", l.output.shape());
    const double width = input + kernel + output + 2 * gap;
    l.input_x = std::round((page_width - width) / 2);
    l.kernel_x = std::round(l.input_x + input + gap);
    l.output_x = std::round(l.kernel_x + kernel + gap);
    l.star_x = (l.input_x + l.cell * l.padded.columns + l.kernel_x) / 2;
    l.equals_x = (l.kernel_x + l.cell * l.kernel.columns + l.output_x) / 2;
}

Layout lay_out(const arith::Layer& layer, bool labels) {
    const arith::Axis &high = layer.axes[0], &wide = layer.axes[1];
    auto grid = [&](auto number) { return Grid{static_cast<int>(number(high)), static_cast<int>(number(wide))}; };
    Layout l;
    l.padded = grid(arith::padded_size);
    l.input = grid([](const arith::Axis& axis) { return axis.size; });
    l.kernel = grid([](const arith::Axis& axis) { return axis.kernel; });
    l.output = grid([](const arith::Axis& axis) { return arith::output_size(axis); });
    l.reached = grid([](const arith::Axis& axis) { return arith::padded_size(axis) - arith::unused_cells(axis); });
    l.pad_top = static_cast<int>(high.pad_before);
    l.pad_left = static_cast<int>(wide.pad_before);

    const double top = labels ? planes_top : margin, bottom = labels ? planes_bottom : page_height - margin;
    const int rows = std::max({l.padded.rows, l.kernel.rows, l.output.rows});
    // The largest cell that fits, whole pixels where that leaves any.
    l.cell = std::min((bottom - top) / rows, largest_cell);
    if (l.cell > 4) l.cell = std::floor(l.cell);
    for (place_columns(l, labels); l.input_x < margin && l.cell > 1e-3; place_columns(l, labels))
        l.cell = l.cell > 4 ? l.cell - 1 : l.cell * 0.95;
    l.top = std::round(top + (bottom - top - l.cell * rows) / 2);
    return l;
}

struct Figure {
    const arith::Recording& recording;
    const Moment& moment;
    const Theme& theme;
    Layout l;
    arith::Step step;

    bool numbers(Grid grid) const {
        return l.cell >= least_number_cell_px && arith::Index{grid.rows} * grid.columns <= most_numbers;
    }
    Point window() const {
        return {static_cast<double>(step.window[1] + l.pad_left), static_cast<double>(step.window[0] + l.pad_top)};
    }
    Grid window_size() const {
        const auto& axes = recording.layer().axes;
        return {static_cast<int>(arith::kernel_extent(axes[0])), static_cast<int>(arith::kernel_extent(axes[1]))};
    }

    Field field(std::string name, Grid grid, std::vector<Color> palette, Stroke edge, Point at = {}) const {
        Field f{std::move(name), at, 1, grid.rows, grid.columns, std::move(palette), {}, edge};
        if (l.cell < 4) f.edge.width_px = 0;   // edges would be all there is to see
        return f;
    }

    static Line outline(std::string name, double x, double y, Grid size, Stroke stroke) {
        const double right = x + size.columns, bottom = y + size.rows;
        return {std::move(name), {{x, y}, {right, y}, {right, bottom}, {x, bottom}}, true, stroke};
    }

    void add_unused(Plane& plane) const {
        const auto [rows, columns] = l.reached;
        if (l.cell < 8) return;
        for (int r = 0; r < l.padded.rows; ++r)
            for (int c = 0; c < l.padded.columns; ++c)
                if (r >= rows || c >= columns)
                    for (const auto& [from, to] : {std::pair{Point{c + 0.0, r + 0.5}, Point{c + 0.5, r + 0.0}},
                                                   std::pair{Point{c + 0.0, r + 1.0}, Point{c + 1.0, r + 0.0}},
                                                   std::pair{Point{c + 0.5, r + 1.0}, Point{c + 1.0, r + 0.5}}})
                        plane.items.push_back(Line{cell_name("unused", r, c), {from, to}, false, {theme.hatch, thin_px}});
    }

    Plane input() const {
        Plane plane{"input", Affine::scale_and_move(l.cell, l.input_x, l.top), {}};
        Field padding = field("padding cells", l.padded, {}, {theme.muted, thin_px, dash_px});
        padding.cells.assign(static_cast<std::size_t>(l.padded.rows) * l.padded.columns, Field::unfilled);
        if (l.has_padding())
            plane.items.push_back(std::move(padding));
        plane.items.push_back(field("input cells", l.input, {theme.input}, {theme.grid, thin_px},
                                    {static_cast<double>(l.pad_left), static_cast<double>(l.pad_top)}));
        add_covered(plane);
        add_unused(plane);
        if (numbers(l.padded)) add_numbers(plane);
        const Point at = window();
        const Grid size = window_size();
        plane.items.push_back(outline("window", at.x, at.y, size, {theme.window, window_px}));
        return plane;
    }

    // The cells under the kernel's taps; gaps of a dilated kernel stay as they are.
    void add_covered(Plane& plane) const {
        const Point at = window();
        const Grid size = window_size();
        Field covered = field("taps", size, {theme.covered, theme.tap}, {}, at);
        covered.cells.assign(static_cast<std::size_t>(size.rows) * size.columns, Field::unfilled);
        std::vector<Item> edges;
        recording.visit_taps(step, [&](const arith::Tap& tap) {
            const auto row = tap.at[0] - step.window[0], column = tap.at[1] - step.window[1];
            covered.cells[row * size.columns + column] = tap.number == moment.tap ? 1 : 0;
            if (l.cell < 8) return;
            const double x = at.x + static_cast<double>(column), y = at.y + static_cast<double>(row);
            const Color edge = tap.padding ? theme.muted : theme.grid;
            edges.push_back(outline(cell_name("tap edge", row, column), x, y, {1, 1},
                                    {edge, thin_px, tap.padding ? dash_px : 0}));
            if (tap.number < moment.tap)   // done: a dot in the upper left corner
                edges.push_back(Shape{cell_name("done", row, column), Shape::Kind::ellipse, {},
                                            {x + 0.08, y + 0.08, 0.14, 0.14}, 0, theme.on_kernel_hint, {}});
        });
        plane.items.push_back(std::move(covered));
        plane.items.insert(plane.items.end(), edges.begin(), edges.end());
    }

    // Input values in the middle of their cells, padding too; the weights small at the lower right of covered
    // cells, 0.8 and 0.2 from the lower left.
    void add_numbers(Plane& plane) const {
        std::vector<const arith::Tap*> over(static_cast<std::size_t>(l.padded.rows) * l.padded.columns);
        const std::vector<arith::Tap> taps = recording.taps(step);
        for (const arith::Tap& tap : taps)
            over[(tap.at[0] + l.pad_top) * l.padded.columns + tap.at[1] + l.pad_left] = &tap;
        const Grid used = l.reached;
        for (int r = 0; r < l.padded.rows; ++r)
            for (int c = 0; c < l.padded.columns; ++c) {
                const arith::Index row = r - l.pad_top, column = c - l.pad_left;
                const bool padding = row < 0 || column < 0 || row >= l.input.rows || column >= l.input.columns;
                if (padding && (r >= used.rows || c >= used.columns)) continue;   // hatched
                const arith::Tap* tap = over[static_cast<std::size_t>(r) * l.padded.columns + c];
                const bool current = tap && tap->number == moment.tap;
                const float value = recording.padded_value(0, {row, column, 0});
                add_cell_number(plane, cell_name(padding ? "padding" : "input", row, column), r, c,
                                number_text(value, 2), 0.38,
                                current               ? theme.on_tap
                                : tap || !padding     ? theme.on_cell
                                                      : theme.muted,
                                current ? Weight::semibold : Weight::regular);
                if (!tap || l.cell * 0.25 < least_size) continue;
                plane.items.push_back(Text{cell_name("weight", row, column), {c + 0.94, r + 0.92},
                                           number_text(tap->w, 2), 0.25, Anchor::end, Weight::semibold,
                                           current ? theme.on_tap : theme.on_kernel_hint});
            }
    }

    Plane output() const {
        Plane plane{"output", Affine::scale_and_move(l.cell, l.output_x, l.top), {}};
        Field cells = field("output cells", l.output, {}, {theme.hairline, thin_px});
        cells.cells.assign(static_cast<std::size_t>(l.output.rows) * l.output.columns, Field::unfilled);
        plane.items.push_back(std::move(cells));
        // Those made so far: whole rows, then the begun one.
        const Stroke edge{theme.grid, thin_px};
        const int whole_rows = static_cast<int>(step.number + 1) / l.output.columns;
        const int begun = static_cast<int>(step.number + 1) % l.output.columns;
        if (whole_rows > 0)
            plane.items.push_back(field("output done", {whole_rows, l.output.columns}, {theme.output}, edge));
        if (begun > 0)
            plane.items.push_back(
                field("output row", {1, begun}, {theme.output}, edge, {0, static_cast<double>(whole_rows)}));
        if (numbers(l.output)) {
            for (arith::Index n = 0; n <= step.number; ++n) {
                const bool now = n == step.number;
                const arith::Cell at = recording.step(n).output;
                const float value = now ? value_now() : recording.value(recording.step(n));
                add_cell_number(plane, cell_name("output", at[0], at[1]), static_cast<int>(at[0]),
                                static_cast<int>(at[1]), number_text(value, 2), 0.38, theme.on_cell,
                                now ? Weight::semibold : Weight::regular);
            }
        }
        plane.items.push_back(outline("output cell", static_cast<double>(step.output[1]),
                                      static_cast<double>(step.output[0]), {1, 1}, {theme.window, window_px}));
        return plane;
    }

    // What the current output cell holds at this moment: the running sum while taps are stepped.
    float value_now() const {
        if (moment.tap == Moment::whole_window) return recording.value(step);
        float partial = 0;
        recording.visit_taps(step, [&](const arith::Tap& tap) {
            if (tap.number <= moment.tap) partial = tap.partial;
        });
        return partial;
    }
};

}  // namespace

Scene compose_flat(const arith::Recording& recording, const Moment& moment, const ViewOptions& options) {
    const Theme& theme = *options.theme;
    const arith::Layer& layer = recording.layer();
    const Layout l = lay_out(layer, options.labels);
    const Figure figure{recording, moment, theme, l, recording.step(moment.step)};
    arith::Cell current{-1, -1, 0};
    if (moment.tap != Moment::whole_window)
        current = arith::cell_at(moment.tap, arith::kernel_extents(layer), 2);

    Scene scene = empty_page(options, fmt::format("{}: input, kernel and output with their numbers, {}",
                                                  options.title, moment_text(recording, moment)));
    scene.planes = {figure.input(), kernel_plane(recording, {l.kernel_x, l.top}, l.cell, current, theme),
                    figure.output()};

    Plane page{"labels", {}, {}};
    const double sign_y = l.top + l.cell * std::min({l.padded.rows, l.kernel.rows, l.output.rows}) / 2.0;
    for (auto [x, sign] : {std::pair{l.star_x, "*"}, std::pair{l.equals_x, "="}})
        page.items.push_back(Text{std::string("sign ") + sign, {x, centred_baseline(sign_y, 28)}, sign, 28,
                                  Anchor::middle, Weight::regular, theme.muted});
    if (options.labels) {
        add_head(page, options, parameters_text(layer), moment_text(recording, moment));
        add_plane_title(page, {l.input_x, l.top - 12}, "Input", l.input_shape(), theme);
        add_plane_title(page, {l.kernel_x, l.top - 12}, "Kernel", l.kernel.shape(), theme);
        add_plane_title(page, {l.output_x, l.top - 12}, "Output", l.output.shape(), theme);
        add_sum(page, {margin, sum_top, page_width - 2 * margin, 2 * sum_line_px}, recording, moment, options);
    }
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
