// The stacked view: the isometric figure of conv_arithmetic with its geometry, drawing order and line widths.
//
// With y pointing up and a cell as unit, X = x - 0.7 y, Y = 0.5 x + 0.65 y. The output plane is the same map, raised by
// T+1 cells (T is the padded size) and moved 2.5 pt to the left, where a cell is 0.5 cm. Widths are in points of that
// figure: thick 0.8, thin 0.4, dashes 3.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/arith/layer/output_size.hpp"
#include "core/scene/marks/index_marks.hpp"
#include "core/scene/marks/sample_marks.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/cells.hpp"
#include "core/scene/pieces/kernel_plane.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/legend.hpp"
#include "core/scene/pieces/sheet.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace stacked_view {
namespace {

constexpr double pt = 1 / (0.5 / 2.54 * 72.27);  // in cells
constexpr double thick = 0.8 * pt, thin = 0.4 * pt, dash = 3 * pt;
constexpr double output_left = 2.5 * pt;
constexpr double least_stacked_number_cell_px = 16;

struct Grid {
    int rows, columns;
};

struct StackedLayout {
    Sliding sliding;
    Grid padded, output;
    double lift;
    double cell_px;
    Point origin;  // of the padded grid's corner x = y = 0, on the page

    // Maps (column, row), with rows counted down from the top of a grid, to the page.
    Affine plane(int rows, double left, double up) const {
        const double s = cell_px;
        return {s, 0.7 * s, origin.x + s * (-0.7 * rows - left), -0.5 * s, 0.65 * s, origin.y - s * (0.65 * rows + up)};
    }
    Affine input_plane() const { return plane(padded.rows, 0, 0); }
    Affine output_plane() const { return plane(output.rows, output_left, lift); }
};

// A page without room for the names and the kernel beside the figure has them below it.
constexpr double least_width_beside = 800, strip_gap = 2 * unit_px, listed_room = 5 * unit_px;

StackedLayout lay_out_stacked(const arith::Layer& layer, Rect room, double largest_cell) {
    StackedLayout g;
    g.sliding = sliding(layer);
    g.padded = {g.sliding.high.total, g.sliding.wide.total};
    g.output = {g.sliding.high.output, g.sliding.wide.output};
    g.lift = std::max(g.padded.rows, g.padded.columns) + 1;

    const double left = std::min(-0.7 * g.padded.rows, -0.7 * g.output.rows - output_left);
    const double right = std::max(g.padded.columns, g.output.columns);
    const double top =
        std::max(0.5 * g.padded.columns + 0.65 * g.padded.rows, g.lift + 0.5 * g.output.columns + 0.65 * g.output.rows);
    g.cell_px = std::min({room.width / (right - left), room.height / top, largest_cell});
    g.origin = {room.x + (room.width - g.cell_px * (right + left)) / 2,
                room.bottom() - (room.height - g.cell_px * top) / 2};
    return g;
}

Field grid(std::string name, int row, int column, Grid size, std::vector<Color> palette, Stroke edge) {
    Field field;
    field.name = std::move(name);
    field.rows = size.rows;
    field.columns = size.columns;
    field.at = {static_cast<double>(column), static_cast<double>(row)};
    field.palette = std::move(palette);
    field.edge = edge;
    if (field.palette.empty()) field.cells.assign(static_cast<std::size_t>(size.rows) * size.columns, Field::unfilled);
    return field;
}

struct StackedFigure {
    const arith::Recording& recording;
    const Moment& moment;
    const ViewOptions& options;
    const ValueMaps& maps;
    StackedLayout g;
    Stroke thick_line, thin_line, dashed_line;

    arith::Step step() const { return recording.step(moment.step); }
    Point footprint() const {  // top left cell of the window, in the padded grid
        const Place window = g.sliding.window(step());
        return {static_cast<double>(window.column), static_cast<double>(window.row)};
    }
    Grid footprint_size() const { return {g.sliding.high.extent(), g.sliding.wide.extent()}; }

    CellFill input_fill() const {
        return {maps.input, options.theme->input, [this](int r, int c) { return recording.input_value(0, {r, c, 0}); }};
    }
    float output_value(int row, int column) const {
        return maps.output_at(recording, recording.step_at(0, {row, column, 0}), moment);
    }

    Plane input() const {
        const Theme& theme = *options.theme;
        const SlidingAxis &high = g.sliding.high, &wide = g.sliding.wide;
        Plane plane{"input", g.input_plane(), {}, {Content::input}};
        if (g.sliding.has_padding() || g.sliding.has_zeros())
            plane.items.push_back(
                grid("padding cells", 0, 0, g.padded, {},
                     {theme.padding_edge(dashed_line.color), dashed_line.width_px, dashed_line.dash_px}));
        add_input_cells(plane, high, wide, input_fill(), thick_line);
        add_holes(plane, recording, g.sliding, theme, thick_line.width_px);
        if (has_samples(recording.layer())) return add_regular_window(plane), plane;

        add_unused(plane, high.reached, wide.reached, g.padded.rows, g.padded.columns, {theme.hatch, thin * g.cell_px});

        const Point at = footprint();
        const Grid size = footprint_size();
        Field taps = grid("taps", static_cast<int>(at.y), static_cast<int>(at.x), size, {theme.shade, theme.tap}, {});
        taps.cells.assign(static_cast<std::size_t>(size.rows) * size.columns, Field::unfilled);
        auto cell = [&](Place q) -> std::uint8_t& {
            return taps
                .cells[static_cast<std::size_t>(q.row) * high.dilation * size.columns + q.column * wide.dilation];
        };
        const std::vector<arith::Tap> all = recording.taps(step());
        for (int r = 0; r < high.kernel; ++r)
            for (int c = 0; c < wide.kernel; ++c) cell({r, c}) = 0;
        for (const arith::Tap& tap : all)
            if (!tap.padding && arith::is_hole(recording, tap.at))
                cell(g.sliding.in_kernel(step(), tap)) = Field::unfilled;
        if (const arith::Tap* tap = current_tap(all, moment)) cell(g.sliding.in_kernel(step(), *tap)) = 1;
        plane.items.push_back(std::move(taps));
        Field window = grid("window", static_cast<int>(at.y), static_cast<int>(at.x), size, {}, thick_line);
        window.role = {Mark::window};
        plane.items.push_back(std::move(window));
        return plane;
    }

    // Faint, because the layer does not read there; and the neighbours of the current sample.
    void add_regular_window(Plane& plane) const {
        const arith::Step now = step();
        const std::vector<arith::Tap> taps = recording.taps(now);
        SampleMarks{recording, now, taps, current_tap(taps, moment), *options.theme, g.sliding}.add_neighbours(plane);
        const Point at = footprint();
        const Grid size = footprint_size();
        plane.items.push_back(
            Line{"window",
                 {at, {at.x + size.columns, at.y}, {at.x + size.columns, at.y + size.rows}, {at.x, at.y + size.rows}},
                 true,
                 {options.theme->muted, thin_line.width_px, dashed_line.dash_px},
                 {Mark::window}});
    }

    void with_indices(auto&& use) const {
        const std::vector<arith::Tap> taps = recording.taps(step());
        use(IndexMarks{recording, taps, current_tap(taps, moment), *options.theme, g.sliding});
    }

    // The samples, with a beam from each to the output cell.
    Plane samples() const {
        Plane plane{"beams", {}, {}, {Content::beams}};
        const arith::Step now = step();
        const std::vector<arith::Tap> taps = recording.taps(now);
        const SampleMarks marks{recording, now, taps, current_tap(taps, moment), *options.theme, g.sliding};
        const Place out = g.sliding.output(now);
        const Point to = g.output_plane()({out.column + 0.5, out.row + 0.5});
        for (const arith::Tap& tap : taps) {
            const Point from = g.input_plane()(marks.on_plane(arith::sample_of(recording, now, tap)));
            const Color color = &tap == marks.now ? options.theme->tap : options.theme->muted;
            const double width = &tap == marks.now ? thick_line.width_px : thin_line.width_px;
            plane.items.push_back(Line{fmt::format("beam {}", tap.number),
                                       {from, to},
                                       false,
                                       {color, width},
                                       {Mark::beam, static_cast<int>(tap.number)}});
        }
        marks.add_samples(plane, g.input_plane());
        return plane;
    }

    Plane beams() const {
        if (has_samples(recording.layer())) return samples();
        Plane plane{"beams", {}, {}, {Content::beams}};
        if (has_indices(recording.layer())) {
            with_indices([&](const auto& m) { m.add_arrows(plane, g.input_plane(), g.output_plane(), {0.5, 0.5}); });
            return plane;
        }
        const Affine below = g.input_plane(), above = g.output_plane();
        const Point at = footprint();
        const Grid size = footprint_size();
        const Place out = g.sliding.output(step());
        for (int corner = 0; corner < 4; ++corner) {
            const int right = corner % 2, down = corner / 2;
            const Point from = below({at.x + right * size.columns, at.y + down * size.rows});
            const Point to = above({static_cast<double>(out.column + right), static_cast<double>(out.row + down)});
            plane.items.push_back(
                Line{fmt::format("beam {}", corner), {from, to}, false, thin_line, {Mark::beam, corner}});
        }
        return plane;
    }

    Plane output() const {
        const Theme& theme = *options.theme;
        Plane plane{"output", g.output_plane(), {}, {Content::output}};
        Field cells = grid("output cells", 0, 0, g.output, {theme.output}, thick_line);
        // Colours and numbers reveal values, so cells that are not computed yet have neither.
        if (maps.output) {
            const CellFill fill(maps.output, theme.output, [this](int r, int c) { return output_value(r, c); });
            fill.fill(cells);
            for (auto n = static_cast<std::size_t>(moment.step) + 1; n < cells.cells.size(); ++n)
                cells.cells[n] = Field::unfilled;
            plane.items.push_back(cells);
            fill.add_signs(plane, cells, 0, 0,
                           [&](int r, int c) { return arith::Index{r} * cells.columns + c <= moment.step; });
        } else {
            plane.items.push_back(std::move(cells));
        }
        if (recording.layer().op == arith::Op::partial_convolution)
            for (arith::Index n = 0; n < recording.step_count(); ++n)
                if (const arith::Step one = recording.step(n); arith::coverage_of(recording, one).valid == 0) {
                    const Place hole = g.sliding.output(one);
                    plane.items.push_back(
                        grid("output hole", hole.row, hole.column, {1, 1}, {theme.ground}, thick_line));
                    add_hatch(plane, hole.row, hole.column, {theme.hatch, thin * g.cell_px});
                }
        if (has_indices(recording.layer())) with_indices([&](const IndexMarks& marks) { marks.add_windows(plane); });
        const Place out = g.sliding.output(step());
        Field cell = grid("output cell", out.row, out.column, {1, 1}, {theme.shade}, thick_line);
        cell.role = {Mark::output_cell};
        plane.items.push_back(std::move(cell));
        return plane;
    }
};

// Numbers are upright, because text that lies in the plane is hard to read.
struct Numbers {
    Plane plane;
    const Affine& to_page;
    double cell_px;

    void add(const char* name, int row, int column, int place_row, int place_column, float value, Color behind,
             Weight weight) {
        constexpr double widest = 0.95;  // in cells; the room between the slanted edges
        const Point at = to_page({place_column + 0.5, place_row + 0.5});
        const std::string text = number_text(value, 2);
        const double size = std::min(0.44, widest / std::max(text_width(text, 1, weight), 1e-9)) * cell_px;
        plane.items.push_back(Text{cell_name(name, row, column),
                                   {at.x, centred_baseline(at.y, size)},
                                   text,
                                   size,
                                   Anchor::middle,
                                   weight,
                                   readable_on(behind)});
    }
};

bool has_numbers(const StackedFigure& figure) {
    const StackedLayout& g = figure.g;
    return figure.options.numbers && g.cell_px >= least_stacked_number_cell_px &&
           arith::Index{g.padded.rows} * g.padded.columns <= most_numbers;
}

Plane input_numbers(const StackedFigure& f) {
    const Affine to_page = f.g.input_plane();
    const Theme& theme = *f.options.theme;
    const SlidingAxis &high = f.g.sliding.high, &wide = f.g.sliding.wide;
    Numbers numbers{{"input numbers", {}, {}, {Content::input, Aspect::numbers}}, to_page, f.g.cell_px};
    const std::vector<arith::Tap> taps = f.recording.taps(f.step());
    const arith::Tap* now = current_tap(taps, f.moment);
    const Place from = f.g.sliding.window(f.step());
    for (int r = 0; r < high.input; ++r)
        for (int c = 0; c < wide.input; ++c) {
            const int y = high.place(r), x = wide.place(c);
            const float value = f.recording.input_value(0, {r, c, 0});
            const bool covered = high.kernel_cell(from.row, y) >= 0 && wide.kernel_cell(from.column, x) >= 0;
            if (arith::is_hole(f.recording, {r, c, 0})) continue;
            const bool current = now && now->at[0] == r && now->at[1] == c;
            Color behind = f.maps.input ? f.maps.input->color(value) : theme.input;
            if (covered) behind = blend(behind, theme.shade);
            numbers.add("input", r, c, y, x, value, current ? theme.tap : behind,
                        current ? Weight::semibold : Weight::regular);
        }
    return std::move(numbers.plane);
}

Plane output_numbers(const StackedFigure& f) {
    const Affine to_page = f.g.output_plane();
    const Theme& theme = *f.options.theme;
    Numbers numbers{{"output numbers", {}, {}, {Content::output, Aspect::numbers}}, to_page, f.g.cell_px};
    for (arith::Index n = 0; n <= f.moment.step; ++n) {
        const bool latest = n == f.moment.step;
        const Place at = f.g.sliding.output(f.recording.step(n));
        const float value = f.output_value(at.row, at.column);
        Color behind = f.maps.output ? f.maps.output->color(value) : theme.output;
        if (latest) behind = blend(behind, theme.shade);
        numbers.add("output", at.row, at.column, at.row, at.column, value, behind,
                    latest ? Weight::semibold : Weight::regular);
    }
    return std::move(numbers.plane);
}

// Names beside the planes, aligned with the left corners of the planes, or from `strip_y` down.
void add_labels(Plane& page, const StackedFigure& figure, std::optional<double> strip_y) {
    const Theme& theme = *figure.options.theme;
    const StackedLayout& g = figure.g;
    const double x = 5 * unit_px;
    auto label = [&](const Affine& to_page, Grid size, const std::string& name, const std::string& shape,
                     const std::string& more, Color color) {
        const Point middle = to_page({0, size.rows / 2.0});
        const double y = strip_y ? *strip_y : std::round(middle.y);
        if (strip_y) *strip_y += more.empty() ? 28 : 48;
        if (!figure.maps.any())  // cells coloured by value have no colour of their own
            page.items.push_back(
                Shape{name + " key", Shape::Kind::box, {}, {x, y - 11, 14, 14}, 2, color, {theme.grid, thin_px}});
        add_plane_title(page, {x + 24, y + 1}, name, shape, theme, figure.options.language);
        if (!more.empty())
            page.items.push_back(
                Text{name + " more", {x + 24, y + 22}, more, label_size, Anchor::start, Weight::regular, theme.muted});
    };
    const SlidingAxis &high = g.sliding.high, &wide = g.sliding.wide;
    const Language in = figure.options.language;
    label(g.output_plane(), g.output, "Output", fmt::format("{}×{}", g.output.rows, g.output.columns),
          strip_y ? tr(in, "the upper plane") : "", theme.output);
    label(g.input_plane(), g.padded, "Input", fmt::format("{}×{}", high.input, wide.input),
          plane_words({high, wide}, in), theme.input);
}

}  // namespace
}  // namespace stacked_view

Scene compose_stacked(const arith::Recording& recording, const Moment& moment, const ViewOptions& options) {
    using namespace stacked_view;
    const Theme& theme = *options.theme;
    const arith::Layer& layer = recording.layer();
    const bool labels = options.labels;
    const ValueMaps maps = value_maps(recording, options);
    const PageSize& size = options.page;
    const std::string parameters = parameters_text(layer, words_form, options.language);
    const double extra = head_extra(options, parameters);
    // The kernel is drawn flat on the right, with cells as large as the figure's but still readable.
    const Sliding plane = sliding(layer);
    const double side = std::clamp(140.0 / std::max(plane.high.kernel, plane.wide.kernel), 4.0, 40.0);
    const bool in_strip = size.width < least_width_beside;
    const double strip = in_strip ? std::max(side * plane.high.kernel + 28, 96.0) + strip_gap +
                                        (layer.kind().lists_taps ? listed_room : 0)
                                  : 0;
    Rect room{32, 24, size.width - 64, size.height - 48};
    if (labels && in_strip)
        room = {5 * unit_px, 88 + extra, size.width - 10 * unit_px, size.height - 112 - extra - strip};
    if (labels && !in_strip) room = {200, 88 + extra, size.width - 400, size.height - 112 - extra};
    if (labels && maps.any()) room.height -= legend_height_px;
    const StackedLayout g = lay_out_stacked(layer, room, size.is_slide() ? 44 : 80);
    const double s = g.cell_px;
    StackedFigure figure{recording,
                         moment,
                         options,
                         maps,
                         g,
                         {theme.grid, thick * s},
                         {theme.grid, thin * s},
                         {theme.grid, thick * s, dash * s}};
    figure.g.sliding.show(figure.step());

    Scene scene = empty_page(
        options, trf(options.language, "{}: the window over the input plane and the output cell it computes, {}",
                     options.title, moment_text(recording, moment, options.language)));
    scene.planes = {figure.input()};
    // The marks of samples lie where the numbers would be.
    if (has_numbers(figure) && !has_samples(layer)) scene.planes.push_back(input_numbers(figure));
    if (!has_indices(layer)) scene.planes.push_back(figure.beams());
    scene.planes.push_back(figure.output());
    if (has_indices(layer)) scene.planes.push_back(figure.beams());
    if (has_numbers(figure)) scene.planes.push_back(output_numbers(figure));
    if (!labels) return scene;

    Plane page{"labels", {}, {}, {Content::labels}};
    add_head(page, options, parameters, moment_text(recording, moment, options.language));
    add_labels(page, figure,
               in_strip ? std::optional<double>(room.bottom() + strip_gap + 28) : std::optional<double>());

    const Point corner{size.width - 5 * unit_px - side * plane.wide.kernel,
                       in_strip ? room.bottom() + strip_gap + 28 : (size.height - side * plane.high.kernel) / 2};
    const std::string name = kernel_title(layer), shape = kernel_shape(layer, plane, options.language);
    const double title_x = size.width - 5 * unit_px - plane_title_width(name, shape, options.language);
    add_plane_title(page, {std::min(corner.x, title_x), corner.y - 12}, name, shape, theme, options.language);
    scene.planes.push_back(kernel_plane(recording, figure.g.sliding, moment, corner, side, theme, maps.kernel));
    const std::vector<arith::Tap> taps = recording.taps(figure.step());
    add_listed_words(page, size.height - 1.5 * unit_px - (maps.any() ? legend_height_px : 0), recording, figure.step(),
                     current_tap(taps, moment), options);
    add_legend(page, maps, options);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
