// The readings view: one step of a transposed layer as a window over inserted zeros, as stamps of its input cells, and
// as a row of the transposed matrix. Below, the number of products per output cell, and the direct layer.
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "core/arith/compute/fast.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/gradient.hpp"
#include "core/arith/steps/unrolled.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/cells.hpp"
#include "core/scene/pieces/channel_pair.hpp"
#include "core/scene/pieces/layer_planes.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/legend.hpp"
#include "core/scene/pieces/sum_line.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/views/compose.hpp"
#include "core/scene/views/readings_layout.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace readings_view {
namespace {

using arith::Index;

constexpr Index most_inputs = 64, most_outputs = 150, longest_plane = 24;

// The titles of the blocks, numbered if they are readings. A stride of 1 inserts no zeros; only the kernel is rotated.
struct TitleWords {
    const char* number;
    const char* name;
};
constexpr double number_width = 16;
std::array<TitleWords, block_count> title_words(const arith::Layer& layer) {
    const bool zeros = layer.axes.front().stride > 1 || layer.axes.back().stride > 1;
    return {{{"1", zeros ? "Inserted zeros, rotated kernel" : "Padded input, rotated kernel"},
             {"2", "Each input cell stamps the kernel"},
             {"3", "Transposed matrix"},
             {"", "Number of products for each output cell"},
             {"", "The direct layer, from output to input"}}};
}

struct ReadingsFigure {
    LayerPlanes p;
    bool is_pair;  // shows one input channel and one output channel of a larger layer
    arith::Unrolled matrix;
    arith::Layer direct;
    SlidingAxis direct_high, direct_wide;
    ReadingsLayout l;

    ReadingsFigure(const arith::Recording& r, const Moment& m, const ViewOptions& options, const ChannelPair* of)
        : p(r, m, options, of ? LayerPlanes::Numbers{of->in, of->in - of->first_in, of->out} : LayerPlanes::Numbers{}),
          is_pair(of != nullptr), matrix(arith::unrolled(r)), direct(arith::backward_layer(r.layer())) {
        direct_wide = sliding_axis(direct, direct.rank() - 1);
        if (direct.rank() > 1) direct_high = sliding_axis(direct, 0);
        l = lay_out_readings(needs(options), options.page);
    }
    ReadingsNeeds needs(const ViewOptions& options) const {
        ReadingsNeeds n{{p.high.total, p.wide.total},           {p.high.kernel, p.wide.kernel},
                        {p.high.input, p.wide.input},           {p.high.output, p.wide.output},
                        {direct_high.total, direct_wide.total}, static_cast<int>(matrix.rows),
                        static_cast<int>(matrix.columns)};
        const auto titles = title_words(p.layer);
        for (std::size_t t = 0; t < titles.size(); ++t)
            n.title_widths[t] = (*titles[t].number ? number_width : 0) +
                                text_width(tr(p.language, titles[t].name), label_size, Weight::semibold);
        n.reach_says = reach_text();
        n.direct_says = direct_text();
        n.is_pair = is_pair;
        n.legend = p.maps.any();
        n.extra = head_extra(options, parameters_text(p.layer, words_form, options.language));
        return n;
    }
    const Theme& theme() const { return p.theme; }
    Stroke outline(double cell_px) const { return window_stroke(p.theme, cell_px); }
    bool is_tap(const arith::Cell& input) const {
        return std::any_of(p.taps.begin(), p.taps.end(), [&](const arith::Tap& tap) { return tap.source == input; });
    }
    bool is_now(const arith::Cell& input) const { return p.now && p.now->source == input; }
    // The stamp of the current tap, or all stamps of this step.
    std::vector<arith::Tap> shown_taps() const { return p.now ? std::vector{*p.now} : p.taps; }
    // The place where an input cell's stamp begins in the output; may lie outside, where it is cropped.
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
    // A plane with the values of the whole layer. For a channel pair it shows a part of them, so it cannot be pointed
    // at.
    Plane whole_plane(const char* name, PlaneRole role, const SheetBox& box, Stroke edge,
                      const std::function<CellLook(int, int)>& look) const {
        role.pointable = !is_pair;
        return sheet_plane(is_pair ? fmt::format("pair's {}", name) : name, role, box, edge, look);
    }
    Plane stamping_input() const {
        return whole_plane("plain input, stamping",
                           {.content = Content::input, .aspect = Aspect::stamping, .padded = false}, l.stamps.left,
                           p.edge(), [&](int r, int c) { return input_look(r, c); });
    }
    // The tap whose stamp is shown scaled: the current one, or the step's first.
    const arith::Tap* stamping() const { return p.now ? p.now : p.taps.empty() ? nullptr : &p.taps.front(); }
    bool has_scaled() const { return stamping() && l.scaled.cell_px >= 14; }
    Plane scaled_kernel() const {
        const Place hit = p.in_kernel(*stamping());
        // Stamps lie in the order of the stored weight, not rotated.
        return sheet_plane("scaled kernel", {Content::scaled_kernel}, l.scaled, p.edge(), [&](int r, int c) {
            const bool here = r == p.high.kernel - 1 - hit.row && c == p.wide.kernel - 1 - hit.column;
            const float product = stamping()->x * p.weight(0, p.high.kernel - 1 - r, p.wide.kernel - 1 - c);
            return CellLook{here ? theme().tap : theme().kernel, number_text(product, 2),
                            here ? theme().on_tap : theme().on_cell, here};
        });
    }
    Plane stamped_output() const {
        Plane plane = p.output(0, l.stamps.right, Aspect::stamped);
        const Line own = std::get<Line>(plane.items.back());
        plane.items.pop_back();
        Color veil = theme().tap;
        veil.a = static_cast<std::uint8_t>(std::min<std::size_t>(
            46, 120 / std::max<std::size_t>(shown_taps().size(), 1)));  // keeps numbers readable below many stamps
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
        Plane plane =
            whole_plane("unrolled", {Content::unrolled}, l.rows, {theme().hairline, thin_px}, [&](int r, int c) {
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
        plane.items.push_back(cells_outline("border", 0, 0, l.rows.rows, l.rows.columns, {theme().grid, thin_px}));
        plane.items.push_back(mark_outline(Mark::window, static_cast<double>(p.step.number), 0, 1, l.rows.columns,
                                           outline(l.rows.cell_px)));
        return plane;
    }
    Plane matrix_input() const {
        return whole_plane("flat input", {Content::flat_input}, l.flat_input, p.edge(),
                           [&](int, int c) { return input_look(c / p.wide.input, c % p.wide.input); });
    }
    Plane matrix_output() const {
        Plane plane = whole_plane("flat output", {Content::flat_output}, l.flat_output, p.edge(), [&](int r, int) {
            if (r > p.step.number) return CellLook{};
            const float value = value_at(p.recording, p.recording.step(r), p.moment);
            return CellLook{theme().output, number_text(value, 2), theme().on_cell, r == p.step.number}.by_value(
                p.maps.output, value);
        });
        plane.items.push_back(
            mark_outline(Mark::output_cell, static_cast<double>(p.step.number), 0, 1, 1, outline(l.rows.cell_px)));
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
        Plane plane = sheet_plane(
            fmt::format("output slab {}, reach", p.numbers.output),
            slab_role(Content::output, p.numbers.output, Aspect::reach), l.reach, p.edge(), [&](int r, int c) {
                const Color fill = mixed(theme().ground, theme().tap,
                                         0.95 * static_cast<double>(reached(r, c)) / static_cast<double>(most));
                return CellLook{fill, fmt::format("{}", reached(r, c)), readable_on(fill), false};
            });
        const Place at = p.output();
        plane.items.push_back(mark_outline(Mark::output_cell, at.row, at.column, 1, 1, outline(l.reach.cell_px)));
        return plane;
    }

    // The input of the direct layer, on the finished output; its windows are the stamps.
    Plane direct_input() const {
        const arith::Tensor made = arith::fast(p.layer, p.recording.input(), p.recording.weight(), p.recording.bias());
        Plane plane = sheet_plane(
            "direct input", {Content::direct_input}, l.back.left, {theme().hairline, thin_px}, [&](int r, int c) {
                if (!direct_high.on_input(r) || !direct_wide.on_input(c))
                    return CellLook{{}, "0", theme().muted, false};
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
        plane.items.push_back(mark_outline(Mark::output_cell, own.row + direct_high.before,
                                           own.column + direct_wide.before, 1, 1, outline(l.back.left.cell_px)));
        return plane;
    }
    Plane direct_output() const {
        const arith::Tensor made = arith::fast(p.layer, p.recording.input(), p.recording.weight(), p.recording.bias());
        const arith::Tensor again = arith::fast(direct, made, p.recording.weight());
        return sheet_plane("direct output", {Content::direct_output}, l.back.right, p.edge(), [&](int r, int c) {
            const arith::Cell at = p.cell(r, c);
            const bool now = is_now(at);
            return CellLook{now          ? theme().tap
                            : is_tap(at) ? theme().covered
                                         : theme().input,
                            number_text(again.values[static_cast<std::size_t>(r) * p.wide.input + c], 2),
                            now ? theme().on_tap : theme().on_cell, now};
        });
    }

    std::string direct_text() const {
        return tr(p.language, "Its windows are the stamps. It restores the shape, not the values.");
    }
    std::string reach_text() const {
        const auto [least, most] = least_and_most();
        if (least == most) return trf(p.language, "{} everywhere.", least);
        bool divides = true;
        for (const arith::Axis& each : p.layer.axes) divides &= each.kernel % each.stride == 0;
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

// The layer of which one channel pair is drawn, for the text about its other channels.
struct Whole {
    const arith::Recording& recording;
    const Moment& moment;
    const ChannelPair* pair = nullptr;
};

// Its last line is at the place; a number stands before the first one.
void add_title(Plane& page, const TitleWords& words, const BlockTitle& place, const Theme& t, Language in) {
    const double before = *words.number ? number_width : 0;
    const std::vector<std::string> lines =
        wrapped(tr(in, words.name), place.width - before, label_size, Weight::semibold);
    const double top = place.at.y - title_line_px * static_cast<double>(lines.size() - 1);
    if (*words.number)
        page.items.push_back(note(fmt::format("reading {}", words.number), {place.at.x, top}, words.number, t.accent,
                                  label_size, Anchor::start, Weight::semibold));
    for (std::size_t n = 0; n < lines.size(); ++n)
        page.items.push_back(note(fmt::format("{} title{}", words.name, n == 0 ? "" : fmt::format(" {}", n)),
                                  {place.at.x + before, top + title_line_px * static_cast<double>(n)}, lines[n], t.text,
                                  label_size, Anchor::start, Weight::semibold));
}

void add_labels(Plane& page, const ReadingsFigure& f, const ViewOptions& options, const Whole& whole) {
    const LayerPlanes& p = f.p;
    const Theme& t = p.theme;
    const ReadingsLayout& l = f.l;
    add_head(page, options, parameters_text(p.layer, words_form, options.language),
             moment_text(whole.recording, whole.moment, options.language));
    if (whole.pair) {
        const std::string words = pair_words(*whole.pair, whole.recording, p.language);
        if (options.page.is_narrow())
            add_paragraph(page, "pair says", {l.margin, l.pair_y}, words, options.page.width - 2 * l.margin, t.text,
                          small_size, 15);
        else
            page.items.push_back(note("pair says", {l.margin, l.pair_y}, words, t.text, label_size));
    }
    const auto titles = title_words(p.layer);
    for (std::size_t n = 0; n < titles.size(); ++n) add_title(page, titles[n], l.titles[n], t, p.language);
    add_paragraph(page, "reach says", l.reach_says.at, f.reach_text(), l.reach_says.width, t.muted, says_size,
                  says_line_px);
    if (l.direct_says.shown)
        add_paragraph(page, "direct says", l.direct_says.at, f.direct_text(), l.direct_says.width, t.muted, says_size,
                      says_line_px);
    add_sum(page, {l.margin, l.sum_top, options.page.width - 2 * l.margin, 2 * sum_line_px}, p.recording, p.moment,
            options);
}

Scene compose_one(const arith::Recording& recording, const Moment& moment, const ViewOptions& options,
                  const Whole& whole) {
    const ReadingsFigure f(recording, moment, options, whole.pair);
    Scene scene = empty_page(
        options, trf(options.language,
                     "{}: a window over inserted zeros, stamps of the kernel, and a row of the transposed matrix, {}",
                     options.title, moment_text(whole.recording, whole.moment, options.language)));
    scene.planes = {f.p.input(0, f.l.zeros.left),
                    f.p.kernel(0, f.l.zeros.right),
                    f.stamping_input(),
                    f.stamped_output(),
                    f.matrix_input(),
                    f.matrix_rows(),
                    f.matrix_output(),
                    f.heat(),
                    f.direct_input(),
                    f.direct_output()};
    if (f.has_scaled()) scene.planes.push_back(f.scaled_kernel());
    if (f.p.maps.any()) border_outlines(scene, f.theme());
    if (!options.labels) return scene;
    Plane page{"labels", {}, {}, {Content::labels}};
    if (f.has_scaled())
        page.items.push_back(note("scaled says", {f.l.scaled.at.x, f.l.scaled.at.y - 6},
                                  trf(f.p.language, "{} · kernel", number_text(f.stamping()->x, 2)), f.theme().muted,
                                  small_size));
    add_labels(page, f, options, whole);
    add_legend(page, f.p.maps, options);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace
}  // namespace readings_view

std::string not_readings(const arith::Layer& layer) {
    using namespace readings_view;
    if (!layer.is_transposed())
        return fmt::format("The readings view draws transposed convolutions, not this {}.", arith::name_of(layer.op));
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

// A layer with many channels is shown as one channel pair.
Scene compose_readings(const Subject& subject, const Moment& moment, const ViewOptions& options) {
    using namespace readings_view;
    const arith::Layer& layer = subject.recording.layer();
    if (layer.in_channels == 1 && layer.out_channels == 1)
        return compose_one(subject.recording, moment, options, {subject.recording, moment});
    const ChannelPair pair = channel_pair(subject.recording, moment);
    ViewOptions of_pair = options;
    of_pair.output = {};  // the given output values are those of the whole layer
    return compose_one(pair.recording, pair.moment, of_pair, {subject.recording, moment, &pair});
}

}  // namespace convloom::scene
