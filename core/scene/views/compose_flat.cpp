// The flat view: input, kernel and output side by side, with numbers in their cells, and the written sum below.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/arith/layer/output_size.hpp"
#include "core/scene/marks/index_marks.hpp"
#include "core/scene/marks/sample_marks.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/cells.hpp"
#include "core/scene/pieces/kernel_plane.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/legend.hpp"
#include "core/scene/pieces/sheet.hpp"
#include "core/scene/pieces/sum_line.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/views/flat_layout.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace flat_view {
namespace {

constexpr double least_text_px = 0.85 * least_size;  // of the small numbers in cells

struct FlatFigure {
    const arith::Recording& recording;
    const Moment& moment;
    const Theme& theme;
    const ValueMaps& maps;
    FlatLayout l;
    arith::Step step;
    std::vector<arith::Tap> taps;             // of this step
    std::vector<const arith::Tap*> by_place;  // in the kernel as it lies; null where it meets no cell
    const arith::Tap* now;                    // of this moment

    FlatFigure(const arith::Recording& r, const Moment& m, const Theme& t, const ValueMaps& colors, FlatLayout layout)
        : recording(r), moment(m), theme(t), maps(colors), l(std::move(layout)), step(r.step(m.step)),
          taps(r.taps(step)), by_place(static_cast<std::size_t>(l.kernel.rows) * l.kernel.columns),
          now(current_tap(taps, m)) {
        l.sliding.show(step);
        for (const arith::Tap& tap : taps) {
            const Place q = l.sliding.in_kernel(step, tap);
            by_place[static_cast<std::size_t>(q.row) * l.kernel.columns + q.column] = &tap;
        }
    }
    FlatFigure(const FlatFigure&) = delete;  // because by_place and now point into taps

    bool numbers(Grid grid) const {
        return l.cell >= least_number_cell_px && arith::Index{grid.rows} * grid.columns <= most_numbers;
    }
    Point window() const {
        const Place at = l.sliding.window(step);
        return {static_cast<double>(at.column), static_cast<double>(at.row)};
    }
    Grid window_size() const { return {l.sliding.high.extent(), l.sliding.wide.extent()}; }

    bool sampled() const { return has_samples(recording.layer()); }
    IndexMarks indices() const { return {recording, taps, now, theme, l.sliding}; }
    Plane index_arrows() const {
        Plane plane{"indices", {}, {}, {Content::window}};
        indices().add_arrows(plane, Affine::scale_and_move(l.cell, l.input_at.x, l.input_at.y),
                             Affine::scale_and_move(l.cell, l.output_at.x, l.output_at.y),
                             {0.5, 0.14});  // above the numbers
        return plane;
    }
    SampleMarks marks() const { return {recording, step, taps, now, theme, l.sliding}; }
    // The modulation of this step's taps has room below the kernel if the input is high enough.
    bool shows_modulation() const {
        return recording.layer().modulated && l.kernel_at.y == l.input_at.y &&
               (l.padded.rows - 2 * l.kernel.rows) * l.cell >= 4.5 * unit_px;
    }
    Point modulation_at() const { return {l.kernel_at.x, l.kernel_at.y + l.cell * (l.padded.rows - l.kernel.rows)}; }
    Plane modulation() const {
        const SheetBox box{modulation_at(), l.cell, l.kernel.rows, l.kernel.columns};
        return sheet_plane("modulation", {Content::scaled_kernel}, box, {theme.grid, thin_px}, [this](int r, int c) {
            const arith::Tap& tap = *by_place[static_cast<std::size_t>(r) * l.kernel.columns + c];
            const bool current = &tap == now;
            const Color fill = current ? theme.tap : mixed(theme.ground, theme.kernel, tap.modulation);
            return CellLook{fill, number_text(tap.modulation, 2), current ? theme.on_tap : theme.on_cell, current};
        });
    }
    // Over the other planes, because samples may lie beside the input.
    Plane samples() const {
        Plane plane{"samples", {}, {}, {Content::window}};
        marks().add_samples(plane, Affine::scale_and_move(l.cell, l.input_at.x, l.input_at.y));
        return plane;
    }

    // Edges of very small cells would hide the fill.
    double edge_px() const { return l.cell < 4 ? 0 : thin_px; }
    Field field(std::string name, Grid grid, std::vector<Color> palette, Stroke edge, Point at = {}) const {
        Field f{std::move(name), at, 1, grid.rows, grid.columns, std::move(palette), {}, edge};
        f.edge.width_px = std::min(f.edge.width_px, edge_px());
        return f;
    }

    static Line outline(std::string name, double x, double y, Grid size, Stroke stroke, ItemRole role = {}) {
        const double right = x + size.columns, bottom = y + size.rows;
        return {std::move(name), {{x, y}, {right, y}, {right, bottom}, {x, bottom}}, true, stroke, role};
    }

    CellFill input_fill() const {
        const SlidingAxis &high = l.sliding.high, &wide = l.sliding.wide;
        return {maps.input, theme.input, [&, this](int r, int c) {
                    return l.sliding.value(recording, {high.place(r), wide.place(c)});
                }};
    }
    float output_value(arith::Index number) const { return maps.output_at(recording, number, moment); }
    // Row-major, the order in which output cells are computed.
    CellFill output_fill() const {
        return {maps.output, theme.output,
                [this](int r, int c) { return output_value(arith::Index{r} * l.output.columns + c); }};
    }

    Plane input() const {
        Plane plane{"input", Affine::scale_and_move(l.cell, l.input_at.x, l.input_at.y), {}, {Content::input}};
        Field padding = field("padding cells", l.padded, {}, {theme.padding_edge(theme.muted), thin_px, dash_px});
        padding.cells.assign(static_cast<std::size_t>(l.padded.rows) * l.padded.columns, Field::unfilled);
        if (l.sliding.has_padding() || l.sliding.has_zeros()) plane.items.push_back(std::move(padding));
        add_input_cells(plane, l.sliding.high, l.sliding.wide, input_fill(), {theme.grid, edge_px()});
        add_holes(plane, recording, l.sliding, theme, edge_px());
        if (sampled())
            marks().add_neighbours(plane);
        else
            add_covered(plane);
        if (l.cell >= 8)
            add_unused(plane, l.reached.rows, l.reached.columns, l.padded.rows, l.padded.columns,
                       {theme.hatch, thin_px});
        if (numbers(l.padded) && sampled())
            marks().add_values(plane, maps.input, least_text_px / l.cell),
                marks().add_weights(plane, hint_color(true, 0), least_text_px / l.cell);
        else if (numbers(l.padded))
            add_numbers(plane);
        if (numbers(l.padded) && has_indices(recording.layer()))
            indices().add_numbers(plane, least_text_px / l.cell, hint_color(true, 0));
        const Point at = window();
        const Grid size = window_size();
        if (sampled()) {
            // Faint, because the layer does not read there.
            plane.items.push_back(outline("window", at.x, at.y, size, {theme.muted, thin_px, dash_px}, {Mark::window}));
            return plane;
        }
        if (maps.any())
            plane.items.push_back(outline("window's border", at.x, at.y, size, {theme.ground, 2 * window_px},
                                          {.mark = Mark::window, .border = true}));
        plane.items.push_back(outline("window", at.x, at.y, size, {theme.window, window_px}, {Mark::window}));
        return plane;
    }

    // Highlights the cells under the kernel, not those in the gaps of a dilated kernel.
    void add_covered(Plane& plane) const {
        const Point at = window();
        const Grid size = window_size();
        const int down = l.sliding.high.dilation, right = l.sliding.wide.dilation;
        Field covered = field("taps", size, {theme.covered, theme.tap}, {}, at);
        covered.cells.assign(static_cast<std::size_t>(size.rows) * size.columns, Field::unfilled);
        std::vector<Item> edges;
        for (int q = 0; q < static_cast<int>(by_place.size()); ++q) {
            const int row = q / l.kernel.columns * down, column = q % l.kernel.columns * right;
            if (row >= size.rows || column >= size.columns) continue;  // of a window smaller than the largest
            const arith::Tap* tap = by_place[q];
            if (tap && !tap->padding && arith::is_hole(recording, tap->at)) continue;
            // Cells coloured by value keep their colours; only the window's outline marks them.
            covered.cells[static_cast<std::size_t>(row) * size.columns + column] = tap && tap == now ? 1
                                                                                   : maps.any()      ? Field::unfilled
                                                                                                     : 0;
            if (l.cell < 8) continue;
            const double x = at.x + column, y = at.y + row;
            const bool cell = l.sliding.on_input(static_cast<int>(y), static_cast<int>(x));
            edges.push_back(outline(cell_name("tap edge", row, column), x, y, {1, 1},
                                    {cell ? theme.grid : theme.muted, thin_px, cell ? 0 : dash_px}));
            if (tap && tap->number < moment.tap)  // already added: marked with a dot in the upper left corner
                edges.push_back(Shape{cell_name("done", row, column),
                                      Shape::Kind::ellipse,
                                      {},
                                      {x + 0.08, y + 0.08, 0.14, 0.14},
                                      0,
                                      hint_color(cell, tap->x),
                                      {}});
        }
        plane.items.push_back(std::move(covered));
        plane.items.insert(plane.items.end(), edges.begin(), edges.end());
    }

    // The colour of small texts in the corners of a covered cell.
    Color hint_color(bool cell, float value) const {
        return maps.any() && !cell ? theme.muted : number_color(maps.input, value, theme.on_kernel_hint);
    }

    // Input values are centred in their cells, including padding and inserted zeros. Weights are small, at the lower
    // right of covered cells: 0.8 and 0.2 cells from the lower left corner.
    void add_numbers(Plane& plane) const {
        const SlidingAxis &high = l.sliding.high, &wide = l.sliding.wide;
        const Place from = l.sliding.window(step);
        for (int r = 0; r < l.padded.rows; ++r)
            for (int c = 0; c < l.padded.columns; ++c) {
                const bool cell = l.sliding.on_input(r, c);
                if (cell && arith::is_hole(recording, {high.cell(r), wide.cell(c), 0})) continue;
                if (!cell && (r >= l.reached.rows || c >= l.reached.columns || !prints_padding(recording.layer())))
                    continue;
                const Place q{high.kernel_cell(from.row, r), wide.kernel_cell(from.column, c)};
                const bool covered = q.row >= 0 && q.column >= 0;
                const arith::Tap* tap =
                    covered ? by_place[static_cast<std::size_t>(q.row) * l.kernel.columns + q.column] : nullptr;
                const bool current = tap && tap == now;
                const bool zero = !cell && (high.between_input(r) || wide.between_input(c));
                const arith::Index row = r - high.before, column = c - wide.before;
                const float value = l.sliding.value(recording, {r, c});
                add_cell_number(plane,
                                cell_name(cell   ? "input"
                                          : zero ? "zero"
                                                 : "padding",
                                          row, column),
                                r, c, number_text(value, 2), zero ? std::max(0.28, least_text_px / l.cell) : 0.38,
                                current                            ? theme.on_tap
                                : cell || (covered && !maps.any()) ? number_color(maps.input, value, theme.on_cell)
                                                                   : theme.muted,
                                current ? Weight::semibold : Weight::regular);
                const bool factors = tap && recording.layer().kind().interpolates;
                if (!covered || (l.pooling && !factors) || l.cell * 0.25 < least_size) continue;
                plane.items.push_back(Text{cell_name("weight", row, column),
                                           {c + 0.94, r + 0.92},
                                           number_text(factors ? tap->w : l.sliding.weight(recording, step, q), 2),
                                           0.25,
                                           Anchor::end,
                                           Weight::semibold,
                                           current ? theme.on_tap : hint_color(cell, value)});
            }
    }

    void add_made(Plane& plane, Field cells, int first_row) const {
        const CellFill fill = output_fill();
        fill.fill(cells, first_row);
        plane.items.push_back(cells);
        fill.add_signs(plane, cells, first_row);
    }

    Plane output() const {
        Plane plane{"output", Affine::scale_and_move(l.cell, l.output_at.x, l.output_at.y), {}, {Content::output}};
        Field cells = field("output cells", l.output, {}, {theme.hairline, thin_px});
        cells.cells.assign(static_cast<std::size_t>(l.output.rows) * l.output.columns, Field::unfilled);
        plane.items.push_back(std::move(cells));
        // The cells computed so far: whole rows, then the current one.
        const Stroke edge{theme.grid, thin_px};
        const int whole_rows = static_cast<int>(step.number + 1) / l.output.columns;
        const int begun = static_cast<int>(step.number + 1) % l.output.columns;
        if (whole_rows > 0) add_made(plane, field("output done", {whole_rows, l.output.columns}, {}, edge), 0);
        if (begun > 0)
            add_made(plane, field("output row", {1, begun}, {}, edge, {0, static_cast<double>(whole_rows)}),
                     whole_rows);
        if (numbers(l.output)) {
            for (arith::Index n = 0; n <= step.number; ++n) {
                const bool latest = n == step.number;
                const Place at = l.sliding.output(recording.step(n));
                const float value = output_value(n);
                add_cell_number(plane, cell_name("output", at.row, at.column), at.row, at.column,
                                number_text(value, output_decimals()), 0.38,
                                number_color(maps.output, value, theme.on_cell),
                                latest ? Weight::semibold : Weight::regular);
            }
        }
        if (recording.layer().op == arith::Op::partial_convolution && l.cell >= 8)
            for (arith::Index n = 0; n <= step.number; ++n)
                if (const arith::Step one = recording.step(n); arith::coverage_of(recording, one).valid == 0)
                    add_hatch(plane, l.sliding.output(one).row, l.sliding.output(one).column, {theme.hatch, thin_px});
        if (has_indices(recording.layer())) indices().add_windows(plane);
        const Place made = l.sliding.output(step);
        plane.items.push_back(
            outline("output cell", made.column, made.row, {1, 1}, {theme.window, window_px}, {Mark::output_cell}));
        return plane;
    }

    // Averages have one decimal, as in the figures of conv_arithmetic; the written sum has more.
    int output_decimals() const { return recording.layer().reduction() == arith::Reduction::mean ? 1 : 2; }
};

}  // namespace
}  // namespace flat_view

Scene compose_flat(const arith::Recording& recording, const Moment& moment, const ViewOptions& options) {
    using namespace flat_view;
    const Theme& theme = *options.theme;
    const arith::Layer& layer = recording.layer();
    const std::string parameters = parameters_text(layer, words_form, options.language);
    const FlatLayout l = lay_out_flat(layer, options, parameters);
    const ValueMaps maps = value_maps(recording, options);
    const FlatFigure figure(recording, moment, theme, maps, l);
    Scene scene = empty_page(options, trf(options.language, "{}: input, kernel and output with their numbers, {}",
                                          options.title, moment_text(recording, moment, options.language)));
    scene.planes = {figure.input(), kernel_plane(recording, l.sliding, moment, l.kernel_at, l.cell, theme, maps.kernel),
                    figure.output()};

    if (figure.shows_modulation()) scene.planes.push_back(figure.modulation());
    if (figure.sampled()) scene.planes.push_back(figure.samples());
    if (has_indices(layer)) scene.planes.push_back(figure.index_arrows());

    Plane page{"labels", {}, {}, {Content::labels}};
    auto add_sign = [&](Point at, const std::string& sign, double size) {
        page.items.push_back(Text{"sign " + sign,
                                  {at.x, centred_baseline(at.y, size)},
                                  sign,
                                  size,
                                  Anchor::middle,
                                  Weight::regular,
                                  theme.muted});
    };
    // The arrows of an unpooling are its sign.
    if (!has_indices(layer)) add_sign(l.star_at, l.sign, l.pooling ? title_size : 28);
    if (!l.pooling) add_sign(l.equals_at, "=", 28);
    if (options.labels) {
        add_head(page, options, parameters, moment_text(recording, moment, options.language));
        add_plane_title(page, {l.input_at.x, l.input_at.y - 12}, "Input", l.input_shape(), theme, l.language);
        if (!l.pooling)
            add_plane_title(page, {l.kernel_at.x, l.kernel_at.y - 12}, l.kernel_name, l.kernel_says, theme, l.language);
        if (figure.shows_modulation())
            add_plane_title(page, {l.kernel_at.x, figure.modulation_at().y - 12}, "Modulation", l.kernel.shape(), theme,
                            l.language);
        add_plane_title(page, {l.output_at.x, l.output_at.y - 12}, "Output", l.output.shape(), theme, l.language);
        add_legend(page, maps, options);
        add_listed_words(page, l.sum_top - 4, recording, figure.step, figure.now, options);
        add_sum(page, {margin, l.sum_top, options.page.width - 2 * margin, 2 * sum_line_px}, recording, moment,
                options);
    }
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
