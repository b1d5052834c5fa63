// A transposed layer read in three ways at the same step: a window over the input with zeros put in, stamps of the
// kernel that each input cell leaves, a row of the transposed matrix. Below, how many products reach each output cell,
// and the direct layer.
#include <fmt/format.h>

#include <algorithm>

#include "core/arith/compute/fast.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/gradient.hpp"
#include "core/arith/steps/unrolled.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/channel_pair.hpp"
#include "core/scene/pieces/layer_planes.hpp"
#include "core/scene/pieces/legend.hpp"
#include "core/scene/pieces/sum_line.hpp"
#include "core/scene/views/compose.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace readings_view {
namespace {

using arith::Index;

constexpr double margin = 5 * unit_px, sum_top = 474, pair_y = 87;
constexpr double first_x = margin, second_x = 380, third_x = 716, column_width = 310,
                 third_width = page_width - margin - third_x;
constexpr double upper_top = 118, upper_height = 170, lower_top = 336, lower_height = 118;
constexpr double largest_cell = 30, inner_gap = 18;
constexpr Index most_inputs = 64, most_outputs = 150, longest_plane = 24;

// Two grids side by side, with cells of one size.
struct Pair {
    SheetBox left, right;
};
Pair side_by_side(Point at, double height, Place left, Place right) {
    const double cell = fitting_cell(column_width - inner_gap, height, std::max(left.row, right.row),
                                     left.column + right.column, largest_cell);
    Pair p{{at, cell, left.row, left.column}, {at, cell, right.row, right.column}};
    p.right.at.x = p.left.right() + inner_gap;
    return p;
}

struct Figure {
    LayerPlanes p;
    arith::Unrolled matrix;
    arith::Layer direct;
    SlidingAxis direct_high, direct_wide;
    Pair zeros, stamps, back;  // input and kernel; input and output; the direct layer's input and output
    SheetBox reach, rows, flat;

    Figure(const arith::Recording& r, const Moment& m, const ViewOptions& options)
        : p(r, m, options), matrix(arith::unrolled(r)), direct(arith::backward_layer(r.layer())) {
        direct_wide = sliding_axis(direct, direct.rank() - 1);
        if (direct.rank() > 1) direct_high = sliding_axis(direct, 0);
        const Place output{p.high.output, p.wide.output}, input{p.high.input, p.wide.input};
        zeros = side_by_side({first_x, upper_top}, upper_height, {p.high.total, p.wide.total},
                             {p.high.kernel, p.wide.kernel});
        stamps = side_by_side({second_x, upper_top}, upper_height, input, output);
        reach = {{first_x, lower_top},
                 fitting_cell(170, lower_height, output.row, output.column, largest_cell),
                 output.row,
                 output.column};
        back = side_by_side({second_x, lower_top}, lower_height, {direct_high.total, direct_wide.total}, input);
        rows.rows = static_cast<int>(matrix.rows);
        rows.columns = static_cast<int>(matrix.columns);
        rows.cell_px =
            fitting_cell(third_width - 40, 462 - upper_top - 12, rows.rows + 1, rows.columns + 1, largest_cell);
        flat = {{third_x, upper_top}, rows.cell_px, 1, rows.columns};
        rows.at = {third_x, flat.bottom() + 10};
    }
    const Theme& theme() const { return p.theme; }
    Stroke outline(double cell_px) const { return window_stroke(p.theme, cell_px); }
    bool is_tap(const arith::Cell& input) const {
        return std::any_of(p.taps.begin(), p.taps.end(), [&](const arith::Tap& tap) { return tap.source == input; });
    }
    bool is_now(const arith::Cell& input) const { return p.now && p.now->source == input; }
    // The stamps of this moment: that of its tap, or of all.
    std::vector<arith::Tap> shown_taps() const { return p.now ? std::vector{*p.now} : p.taps; }
    // Where an input cell's stamp begins in the output; outside where padding crops it.
    Place stamp(const arith::Cell& input) const {
        auto begin = [&](int axis) {
            return static_cast<int>(input[axis] * p.layer.axes[axis].stride - p.layer.axes[axis].pad_before);
        };
        return {p.layer.rank() > 1 ? begin(0) : 0, begin(p.layer.rank() - 1)};
    }

    CellLook input_look(int row, int column) const {
        const arith::Cell at = p.cell(row, column);
        const bool now = is_now(at);
        const float value = p.recording.input_value(0, at);
        const CellLook look{now          ? theme().tap
                            : is_tap(at) ? theme().covered
                                         : theme().input,
                            number_text(value, 2), now ? theme().on_tap : theme().on_cell, now};
        return now ? look : look.by_value(p.maps.input, value);
    }
    Plane stamping_input() const {
        return sheet_plane("plain input, stamping", stamps.left, p.edge(),
                           [&](int r, int c) { return input_look(r, c); });
    }
    // What one input cell stamps: its value times the kernel; of this moment's tap, else of the step's first.
    const arith::Tap* stamping() const { return p.now ? p.now : p.taps.empty() ? nullptr : &p.taps.front(); }
    SheetBox scaled_box() const {
        const double room = upper_height - stamps.left.height() - 26;
        return {{second_x, upper_top + upper_height - room + 4},
                fitting_cell(std::max(stamps.left.width(), 60.0), std::max(room - 4, 1.0), p.high.kernel, p.wide.kernel,
                             stamps.left.cell_px),
                p.high.kernel,
                p.wide.kernel};
    }
    bool has_scaled() const { return stamping() && scaled_box().cell_px >= 14; }
    Plane scaled_kernel() const {
        const Place hit = p.in_kernel(*stamping());
        // Not turned: the stamp lies as the weight is written.
        return sheet_plane("scaled kernel", scaled_box(), p.edge(), [&](int r, int c) {
            const bool here = r == p.high.kernel - 1 - hit.row && c == p.wide.kernel - 1 - hit.column;
            const float product = stamping()->x * p.weight(0, p.high.kernel - 1 - r, p.wide.kernel - 1 - c);
            return CellLook{here ? theme().tap : theme().kernel, number_text(product, 2),
                            here ? theme().on_tap : theme().on_cell, here};
        });
    }
    Plane stamped_output() const {
        Plane plane = p.output(0, stamps.right, ", stamped");
        const Line own = std::get<Line>(plane.items.back());
        plane.items.pop_back();
        Color veil = theme().tap;
        veil.a = static_cast<std::uint8_t>(std::min<std::size_t>(
            46, 120 / std::max<std::size_t>(shown_taps().size(), 1)));  // numbers stay readable under many
        for (const arith::Tap& tap : shown_taps()) {
            const Place from = stamp(tap.source);
            const int top = std::max(from.row, 0), left = std::max(from.column, 0);
            const int rows_in = std::min(from.row + p.high.extent(), p.high.output) - top,
                      columns_in = std::min(from.column + p.wide.extent(), p.wide.output) - left;
            const std::string name = cell_name("stamp", tap.source[0], tap.source[1]);
            Field cells{name, {static_cast<double>(left), static_cast<double>(top)}, 1, rows_in, columns_in, {veil}, {},
                        {}};
            for (int r = top; r < top + rows_in; ++r)
                for (int c = left; c < left + columns_in; ++c)
                    cells.cells.push_back(p.high.kernel_cell(from.row, r) >= 0 &&
                                                  p.wide.kernel_cell(from.column, c) >= 0
                                              ? 0
                                              : Field::unfilled);
            plane.items.push_back(std::move(cells));
            plane.items.push_back(cells_outline(name, top, left, rows_in, columns_in, {theme().tap, thick_px}));
        }
        plane.items.push_back(own);
        return plane;
    }

    Plane matrix_rows() const {
        Plane plane = sheet_plane("unrolled", rows, {theme().hairline, thin_px}, [&](int r, int c) {
            CellLook look;
            if (matrix.taps_at(r, c) == 0) return look;
            const bool of_step = r == p.step.number,
                       now = of_step && is_now(p.cell(c / p.wide.input, c % p.wide.input));
            look = {now       ? theme().tap
                    : of_step ? theme().covered
                              : matrix_entry(theme()),
                    number_text(matrix.at(r, c), 2), now ? theme().on_tap : theme().on_cell, now};
            return now ? look : look.by_value(p.maps.kernel, matrix.at(r, c));
        });
        plane.items.push_back(cells_outline("border", 0, 0, rows.rows, rows.columns, {theme().grid, thin_px}));
        plane.items.push_back(
            cells_outline("window", static_cast<double>(p.step.number), 0, 1, rows.columns, outline(rows.cell_px)));
        return plane;
    }
    Plane matrix_input() const {
        return sheet_plane("flat input", flat, p.edge(),
                           [&](int, int c) { return input_look(c / p.wide.input, c % p.wide.input); });
    }
    Plane matrix_output() const {
        const SheetBox box{{rows.right() + 10, rows.at.y}, rows.cell_px, rows.rows, 1};
        Plane plane = sheet_plane("flat output", box, p.edge(), [&](int r, int) {
            if (r > p.step.number) return CellLook{};
            const float value = value_at(p.recording, p.recording.step(r), p.moment);
            return CellLook{theme().output, number_text(value, 2), theme().on_cell, r == p.step.number}.by_value(
                p.maps.output, value);
        });
        plane.items.push_back(
            cells_outline("output cell", static_cast<double>(p.step.number), 0, 1, 1, outline(rows.cell_px)));
        return plane;
    }

    Index reached(int row, int column) const {
        return p.recording.tap_count(p.recording.step(p.recording.step_at(0, p.cell(row, column))));
    }
    std::pair<Index, Index> least_and_most() const {
        Index least = reached(0, 0), most = least;
        for (int r = 0; r < p.high.output; ++r)
            for (int c = 0; c < p.wide.output; ++c)
                least = std::min(least, reached(r, c)), most = std::max(most, reached(r, c));
        return {least, most};
    }
    Plane heat() const {
        const Index most = std::max<Index>(least_and_most().second, 1);
        Plane plane = sheet_plane("output slab 0, reach", reach, p.edge(), [&](int r, int c) {
            const Color fill = mixed(theme().ground, theme().tap,
                                     0.95 * static_cast<double>(reached(r, c)) / static_cast<double>(most));
            return CellLook{fill, fmt::format("{}", reached(r, c)), readable_on(fill), false};
        });
        const Place at = p.output();
        plane.items.push_back(cells_outline("output cell", at.row, at.column, 1, 1, outline(reach.cell_px)));
        return plane;
    }

    // The direct layer over the finished output: its windows are the stamps.
    Plane direct_input() const {
        const arith::Tensor made = arith::fast(p.layer, p.recording.input(), p.recording.weight(), p.recording.bias());
        Plane plane = sheet_plane("direct input", back.left, {theme().hairline, thin_px}, [&](int r, int c) {
            if (!direct_high.on_input(r) || !direct_wide.on_input(c)) return CellLook{{}, "0", theme().muted, false};
            const Index at = direct_high.cell(r) * p.wide.output + direct_wide.cell(c);
            const float value = made.values[static_cast<std::size_t>(at)];
            return CellLook{theme().output, number_text(value, 2), theme().on_cell, false}.by_value(p.maps.output,
                                                                                                    value);
        });
        for (const arith::Tap& tap : shown_taps()) {
            const Place at = p.place(tap.source);
            plane.items.push_back(cells_outline(cell_name("window of", at.row, at.column), direct_high.window(at.row),
                                                direct_wide.window(at.column), direct_high.extent(),
                                                direct_wide.extent(), {theme().tap, thick_px}));
        }
        const Place own = p.output();
        plane.items.push_back(cells_outline("output cell", own.row + direct_high.before,
                                            own.column + direct_wide.before, 1, 1, outline(back.left.cell_px)));
        return plane;
    }
    Plane direct_output() const {
        const arith::Tensor made = arith::fast(p.layer, p.recording.input(), p.recording.weight(), p.recording.bias());
        const arith::Tensor again = arith::fast(direct, made, p.recording.weight());
        return sheet_plane("direct output", back.right, p.edge(), [&](int r, int c) {
            const arith::Cell at = p.cell(r, c);
            const bool now = is_now(at);
            return CellLook{now          ? theme().tap
                            : is_tap(at) ? theme().covered
                                         : theme().input,
                            number_text(again.values[static_cast<std::size_t>(r) * p.wide.input + c], 2),
                            now ? theme().on_tap : theme().on_cell, now};
        });
    }

    std::string reach_says() const {
        const auto [least, most] = least_and_most();
        bool divides = true;
        for (const arith::Axis& axis : p.layer.axes) divides &= axis.kernel % axis.stride == 0;
        const arith::Axis& axis = p.layer.axes.back();
        if (axis.stride == 1)
            return trf(p.language, "{} to {}: fewer only at the border, since a stride of 1 leaves no gaps.", least,
                       most);
        if (!divides)
            return trf(p.language,
                       "{} to {}: stride {} does not divide kernel {}, so the counts alternate: a checkerboard.", least,
                       most, axis.stride, axis.kernel);
        return trf(p.language, "{} to {}: stride {} divides kernel {}, so all inner cells get equally many.", least,
                   most, axis.stride, axis.kernel);
    }
};

// The layer of which one channel is drawn, and what is said of the others.
struct Whole {
    const arith::Recording& recording;
    const Moment& moment;
    std::string pair;
};

void add_labels(Plane& page, const Figure& f, const ViewOptions& options, const Whole& whole) {
    const LayerPlanes& p = f.p;
    const Theme& t = p.theme;
    add_head(page, options, parameters_text(p.layer, words_form, options.language),
             moment_text(whole.recording, whole.moment, options.language));
    if (!whole.pair.empty()) page.items.push_back(note("pair says", {margin, pair_y}, whole.pair, t.text, label_size));
    auto title = [&](double x, double y, const char* number, const char* name) {
        double at = x;
        if (*number) {
            page.items.push_back(note(fmt::format("reading {}", number), {x, y}, number, t.accent, label_size,
                                      Anchor::start, Weight::semibold));
            at += 16;
        }
        page.items.push_back(note(fmt::format("{} title", name), {at, y}, tr(p.language, name), t.text, label_size,
                                  Anchor::start, Weight::semibold));
    };
    title(first_x, upper_top - 12, "1", "Inserted zeros, rotated kernel");
    title(second_x, upper_top - 12, "2", "Each input cell stamps the kernel");
    title(third_x, upper_top - 12, "3", "Transposed matrix");
    title(first_x, lower_top - 12, "", "Number of products for each output cell");
    title(second_x, lower_top - 12, "", "The direct layer, from output to input");
    const double beside = f.reach.right() + 14;
    add_paragraph(page, "reach says", {beside, lower_top + 10}, f.reach_says(), std::min(second_x - 26 - beside, 170.0),
                  t.muted, small_size, 16);
    const double right = f.back.right.right() + 14;
    if (third_x - 20 - right > 60)
        add_paragraph(page, "direct says", {right, lower_top + 10},
                      tr(p.language, "Its windows are the stamps. It restores the shape, not the values."),
                      third_x - 20 - right, t.muted, small_size, 16);
    add_sum(page, {margin, sum_top, page_width - 2 * margin, 2 * sum_line_px}, p.recording, p.moment, options);
}

Scene compose_one(const arith::Recording& recording, const Moment& moment, const ViewOptions& options,
                  const Whole& whole) {
    const Figure f(recording, moment, options);
    Scene scene = empty_page(
        options, trf(options.language,
                     "{}: a window over inserted zeros, stamps of the kernel, and a row of the transposed matrix, {}",
                     options.title, moment_text(whole.recording, whole.moment, options.language)));
    scene.planes = {f.p.input(0, f.zeros.left), f.p.kernel(0, f.zeros.right),
                    f.stamping_input(),         f.stamped_output(),
                    f.matrix_input(),           f.matrix_rows(),
                    f.matrix_output(),          f.heat(),
                    f.direct_input(),           f.direct_output()};
    if (f.has_scaled()) scene.planes.push_back(f.scaled_kernel());
    if (f.p.maps.any()) border_outlines(scene, f.theme());
    if (!options.labels) return scene;
    Plane page{"labels", {}, {}};
    if (f.has_scaled())
        page.items.push_back(note("scaled says", {second_x, f.scaled_box().at.y - 6},
                                  trf(f.p.language, "{} · kernel", number_text(f.stamping()->x, 2)), f.theme().muted,
                                  small_size));
    add_labels(page, f, options, whole);
    add_legend(page, f.p.maps, f.theme(), options.language);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace
}  // namespace readings_view

std::string not_readings(const arith::Layer& layer) {
    using namespace readings_view;
    if (!layer.is_transposed())
        return fmt::format("The readings view draws transposed convolutions; this is a {}.", arith::name_of(layer.op));
    if (layer.rank() > 2)
        return fmt::format("The readings view draws layers of rank 1 and 2; this one has rank {}.", layer.rank());
    const arith::Extents extents(layer);
    const Index inputs = extents.in_volume, outputs = extents.out_volume;
    bool fits = inputs <= most_inputs && outputs <= most_outputs;
    for (int a = 0; fits && a < layer.rank(); ++a) {
        const SlidingAxis s = sliding_axis(layer, a), back = sliding_axis(arith::backward_layer(layer), a);
        fits = s.total <= longest_plane && back.total <= longest_plane && s.kernel <= longest_plane;
    }
    if (!fits || !arith::check(arith::backward_layer(layer)).empty())
        return fmt::format(
            "The readings view draws up to {} cells to {}, padded to at most {}; this layer goes from {} to {}.",
            most_inputs, most_outputs, longest_plane, count_text(inputs), count_text(outputs));
    return "";
}

// Of many channels a pair is shown.
Scene compose_readings(const Subject& subject, const Moment& moment, const ViewOptions& options) {
    using namespace readings_view;
    const arith::Layer& layer = subject.recording.layer();
    if (layer.in_channels == 1 && layer.out_channels == 1)
        return compose_one(subject.recording, moment, options, {subject.recording, moment, ""});
    const ChannelPair pair = channel_pair(subject.recording, moment);
    ViewOptions of_pair = options;
    of_pair.output = {};  // the whole layer's
    Scene scene = compose_one(pair.recording, pair.moment, of_pair,
                              {subject.recording, moment, pair_words(pair, subject.recording, options.language)});
    pair.name_planes(scene);
    return scene;
}

}  // namespace convloom::scene
