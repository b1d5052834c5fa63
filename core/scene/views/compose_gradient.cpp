// The gradient view: the backward pass in the steps of the forward pass. At the top: input, kernel and the gradient of
// the output; at the bottom: the gradients of input and kernel as they grow. Each output cell's gradient goes back
// along that cell's own taps.
#include <fmt/format.h>

#include <algorithm>

#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/gradient.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/channel_pair.hpp"
#include "core/scene/pieces/layer_planes.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/legend.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/views/compose.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace gradient_view {
namespace {

using arith::Index;

constexpr int longest_plane = 24;
constexpr int most_products = 4'000'000;

// Positions of the five grids, the texts beside them and the explanation of the step below them.
struct GradientLayout {
    double margin = 5 * unit_px, pair_y = 90, upper_top = 124, words_x = 676;
    double words_width = 0, words_top = 0, says_y = 0, says_line_px = 0;
    SheetBox input, kernel, output, input_gradient, kernel_gradient;
};

GradientLayout lay_out_gradient(const SlidingAxis& high, const SlidingAxis& wide, bool legend, const PageSize& page,
                                bool pair, double extra) {
    constexpr double second_pair_line = 12, below = page_height - 476, row_gap = 36, least_width_beside = 800,
                     strip = 190;
    const bool words_below = page.width < least_width_beside;
    const double column_gap = words_below ? 36 : 56, largest_cell = page.is_slide() ? 32 : 48;
    constexpr double input_room = 130, kernel_room = 120, output_room = 116;  // widths needed by the titles
    GradientLayout l;
    l.pair_y += extra;
    l.upper_top += extra + (pair && page.is_narrow() ? second_pair_line : 0);
    const double bottom = page.height - below - (words_below ? strip : 0),
                 height = (bottom - l.upper_top - row_gap) / 2, lower_top = l.upper_top + height + row_gap,
                 right = words_below ? page.width : l.words_x + page.wider();
    l.words_x = words_below ? l.margin : l.words_x + page.wider();
    l.words_top = words_below ? bottom + 34 : l.upper_top;
    l.words_width = page.width - l.margin - l.words_x;
    l.says_y = (legend ? 494 : 504) + page.higher();
    l.says_line_px = legend ? 20 : 22;
    const int rows = std::max({high.total, high.kernel, high.output});
    double cell = fitting_cell(right - l.margin - 2 * column_gap - 30, height, rows,
                               wide.total + wide.kernel + wide.output, largest_cell);
    auto across = [&] {
        return std::max(cell * wide.total, input_room) + std::max(cell * wide.kernel, kernel_room) +
               std::max(cell * wide.output, output_room) + 2 * column_gap;
    };
    while (across() > right - l.margin - 24 && cell > 1) cell *= 0.97;
    auto box = [&](double x, double y, int high_cells, int wide_cells) {
        return SheetBox{{x, y}, cell, high_cells, wide_cells};
    };
    const double second = l.margin + std::max(cell * wide.total, input_room) + column_gap,
                 third = second + std::max(cell * wide.kernel, kernel_room) + column_gap;
    l.input = box(l.margin, l.upper_top, high.total, wide.total);
    l.kernel = box(second, l.upper_top, high.kernel, wide.kernel);
    l.output = box(third, l.upper_top, high.output, wide.output);
    l.input_gradient = box(l.margin, lower_top, high.total, wide.total);
    l.kernel_gradient = box(second, lower_top, high.kernel, wide.kernel);
    return l;
}

struct GradientFigure {
    LayerPlanes p;
    GradientLayout l;
    arith::Tensor given;
    arith::Gradients grown;  // up to this moment
    arith::Index channel;    // the input channel that is shown together with this step's output channel
    std::optional<ValueMap> given_map, input_map, kernel_map;  // of the gradients, for the range of their final values

    GradientFigure(const arith::Recording& r, const Moment& m, const ViewOptions& options)
        : p(r, m, options),
          l(lay_out_gradient(p.high, p.wide, options.value_colors, options.page, many(),
                             head_extra(options, parameters_text(r.layer(), words_form, options.language)))),
          given(arith::given_gradient(r.layer())), channel(p.channel_now()) {
        grown = arith::gradients_after(r, given, p.now ? m.step : m.step + 1);
        if (p.now)
            for (const arith::Tap& tap : p.taps) {
                if (tap.number > p.now->number) break;
                if (tap.has_source) grown.input.values[input_index(tap.in_channel, tap.source)] += sent() * tap.w;
                grown.weight.values[weight_index(tap.in_channel, tap.kernel)] += sent() * tap.x;
            }
        if (options.value_colors) {
            const arith::Gradients whole = arith::gradients(r, given);
            given_map = map_of(given, p.theme), input_map = map_of(whole.input, p.theme),
            kernel_map = map_of(whole.weight, p.theme);
        }
    }

    bool many() const { return p.layer.in_channels > 1 || p.layer.out_channels > 1; }
    std::size_t input_index(Index in_channel, const arith::Cell& at) const {
        const arith::Extents extents(p.layer);
        return static_cast<std::size_t>(in_channel * extents.in_volume +
                                        arith::index_of(at, arith::input_extents(p.layer), p.layer.rank()));
    }
    // The index of a weight between an input channel and this step's output channel.
    std::size_t weight_index(Index in_channel, const arith::Cell& at) const {
        return static_cast<std::size_t>(pair_plane(p.layer, in_channel, p.step.channel) *
                                            arith::Extents(p.layer).kernel_volume +
                                        arith::index_of(at, arith::kernel_extents(p.layer), p.layer.rank()));
    }

    float sent() const { return given.values[static_cast<std::size_t>(p.step.number)]; }
    // Whether this moment has already sent the gradient back along a tap.
    bool sent_to(const arith::Tap& tap) const { return !p.now || tap.number <= p.now->number; }

    Plane given_gradient() const {
        const Place at = p.output();
        const Theme& t = p.theme;
        Plane plane = sheet_plane(fmt::format("output slab {}, gradient", p.step.channel),
                                  slab_role(Content::output, p.step.channel, Aspect::gradient), l.output, p.edge(),
                                  [&](int r, int c) {
                                      const bool now = at.row == r && at.column == c;
                                      const Index n = p.recording.step_at(p.step.channel, p.cell(r, c));
                                      const bool done = n <= p.step.number;
                                      const float value = given.values[static_cast<std::size_t>(n)];
                                      CellLook look{{}, number_text(value, 2), done ? t.on_cell : t.muted, now};
                                      if (done) look.fill = t.output;
                                      return done ? look.by_value(given_map, value) : look;
                                  });
        plane.items.push_back(
            mark_outline(Mark::output_cell, at.row, at.column, 1, 1, window_stroke(t, l.output.cell_px)));
        return plane;
    }
    Plane input_grown() const {
        const Theme& t = p.theme;
        const Place from = p.window();
        Plane plane = sheet_plane(
            fmt::format("input slab {}, gradient", channel), slab_role(Content::input, channel, Aspect::gradient),
            l.input_gradient, {t.hairline, thin_px}, [&](int r, int c) {
                if (!p.high.on_input(r) || !p.wide.on_input(c)) return CellLook{};
                const arith::Cell at = p.cell(static_cast<int>(p.high.cell(r)), static_cast<int>(p.wide.cell(c)));
                const float value = grown.input.values[input_index(channel, at)];
                const bool now = p.now && p.now->has_source && p.now->source == at;
                const bool lit = std::any_of(p.taps.begin(), p.taps.end(), [&](const arith::Tap& tap) {
                    return tap.has_source && tap.in_channel == channel && tap.source == at && sent_to(tap);
                });
                const CellLook look{now   ? t.tap
                                    : lit ? t.covered
                                          : t.input,
                                    number_text(value, 2), now ? t.on_tap : t.on_cell, now};
                return now ? look : look.by_value(input_map, value);
            });
        p.add_input_edges(plane, l.input_gradient.cell_px);
        plane.items.push_back(mark_outline(Mark::window, from.row, from.column, p.high.extent(), p.wide.extent(),
                                           window_stroke(t, l.input_gradient.cell_px)));
        return plane;
    }
    Plane kernel_grown() const {
        const Theme& t = p.theme;
        const Place current = p.now ? p.in_kernel(*p.now) : Place{-1, -1};
        return sheet_plane(
            fmt::format("kernel slab {}, gradient", channel - p.first_in),
            slab_role(Content::kernel, channel - p.first_in, Aspect::gradient), l.kernel_gradient, p.edge(),
            [&](int r, int c) {
                const arith::Cell at = p.turned ? p.cell(p.high.kernel - 1 - r, p.wide.kernel - 1 - c) : p.cell(r, c);
                const float value = grown.weight.values[weight_index(channel, at)];
                const bool now = current.row == r && current.column == c;
                const CellLook look{now ? t.tap : t.kernel, number_text(value, 2), now ? t.on_tap : t.on_cell, now};
                return now ? look : look.by_value(kernel_map, value);
            });
    }
    // States which two channels are shown, and how the others contribute to the sums.
    std::string pair_text() const {
        std::string text = pair_title(p.layer, channel, p.step.channel, p.language);
        const Index outputs = p.layer.group_out(), before = p.step.channel % outputs;
        auto add = [&](const std::string& sentence) { add_sentence(text, sentence, p.language); };
        if (!p.now || !p.now->has_source) {
            if (outputs > 1)
                add(trf(p.language, "The input's gradient adds up over {} output channels; {} of them are done.",
                        outputs, before));
            return text;
        }
        const float all = grown.input.values[input_index(channel, p.now->source)];
        const float earlier = arith::gradients_after(p.recording, given,
                                                     p.step.number / arith::Extents(p.layer).out_volume *
                                                         arith::Extents(p.layer).out_volume)
                                  .input.values[input_index(channel, p.now->source)];
        if (outputs > 1)
            add(trf(p.language, "This cell's gradient: {} from the output channels before, {} from this one.",
                    number_text(earlier, 2), number_text(all - earlier, 2)));
        return text;
    }
    std::string says() const {
        const std::string g = number_text(sent(), 2);
        if (p.now) {
            auto times = [&](float other) {
                return fmt::format("{} · {} = {}", g, number_text(other, 2), number_text(sent() * other, 2));
            };
            return trf(p.language, "This tap adds {} to its input cell's gradient and {} to its weight's.",
                       times(p.now->w), times(p.now->x));
        }
        return trf(p.language,
                   "This output's gradient, {}, adds {} · kernel to the input's gradient under the window, and {} · "
                   "window to the kernel's.",
                   g, g, g);
    }
};

void add_labels(Plane& page, const GradientFigure& f, const ViewOptions& options) {
    const LayerPlanes& p = f.p;
    const Theme& t = p.theme;
    const GradientLayout& l = f.l;
    add_head(page, options, parameters_text(p.layer, words_form, options.language),
             moment_text(p.recording, p.moment, options.language));
    auto title = [&](const SheetBox& box, const char* name, const char* id) {
        page.items.push_back(note(fmt::format("{} title", id), {box.at.x, box.at.y - 10}, tr(p.language, name), t.text,
                                  label_size, Anchor::start, Weight::semibold));
    };
    title(l.input, "Input", "input");
    title(l.kernel, p.turned ? "Rotated kernel" : "Kernel", "kernel");
    title(l.output, "Output's gradient", "output gradient");
    title(l.input_gradient, "Input's gradient", "input gradient");
    title(l.kernel_gradient, "Kernel's gradient", "kernel gradient");
    const bool transposed = p.layer.is_transposed();
    page.items.push_back(note("backward title", {l.words_x, l.words_top - 10}, tr(p.language, "Backward"), t.text,
                              label_size, Anchor::start, Weight::semibold));
    double y = add_paragraph(page, "backward", {l.words_x, l.words_top + 12},
                             tr(p.language,
                                "How fast the loss grows with each cell. The output's gradient comes from the layers "
                                "after this one; here it is a given pattern."),
                             l.words_width, t.muted, small_size, 17);
    page.items.push_back(note("input says title", {l.words_x, y + 34}, tr(p.language, "Input's gradient"), t.text,
                              small_size, Anchor::start, Weight::semibold));
    y = add_paragraph(page, "input says", {l.words_x, y + 51},
                      transposed ? tr(p.language, "A direct convolution of the output's gradient with the same kernel.")
                                 : tr(p.language,
                                      "A transposed convolution of the output's gradient with the same kernel: each of "
                                      "its cells stamps the kernel."),
                      l.words_width, t.muted, small_size, 17);
    page.items.push_back(note("kernel says title", {l.words_x, y + 30}, tr(p.language, "Kernel's gradient"), t.text,
                              small_size, Anchor::start, Weight::semibold));
    add_paragraph(page, "kernel says", {l.words_x, y + 47},
                  transposed ? tr(p.language, "A convolution of the output's gradient with the input.")
                             : tr(p.language, "A convolution of the input with the output's gradient as the kernel."),
                  l.words_width, t.muted, small_size, 17);
    add_paragraph(page, "step says", {l.margin, l.says_y}, f.says(), options.page.width - 2 * l.margin, t.text,
                  label_size, l.says_line_px);
    if (f.many() && options.page.is_narrow())
        add_paragraph(page, "pair says", {l.margin, l.pair_y}, f.pair_text(), options.page.width - 2 * l.margin, t.text,
                      small_size, 15);
    else if (f.many())
        page.items.push_back(note("pair says", {l.margin, l.pair_y}, f.pair_text(), t.text, label_size));
    if (!f.given_map) return;
    add_legend(page,
               {{tr(p.language, "Kernel"), &*p.maps.kernel},
                {tr(p.language, "Output's gradient"), &*f.given_map},
                {tr(p.language, "Input's gradient"), &*f.input_map},
                {tr(p.language, "Kernel's gradient"), &*f.kernel_map}},
               t, options.language, options.page);
}

}  // namespace
}  // namespace gradient_view

std::string not_gradient(const arith::Layer& layer) {
    using namespace gradient_view;
    if (!layer.has_weight())
        return fmt::format("The gradient view draws layers with weights; {} has none.", arith::name_of(layer.op));
    if (layer.rank() > 2)
        return fmt::format("The gradient view draws layers of rank 1 and 2; this one has rank {}.", layer.rank());
    for (const arith::Axis& axis : layer.axes)
        if (axis.size > longest_plane || arith::padded_size(axis) > longest_plane || axis.kernel > longest_plane)
            return fmt::format(
                "The gradient view draws up to {} cells along an axis, padding included; this layer has {}.",
                longest_plane, std::max(arith::padded_size(axis), axis.kernel));
    for (int a = 0; a < layer.rank(); ++a)
        if (const int total = std::max(sliding_axis(layer, a).total, sliding_axis(layer, a).output);
            total > 2 * longest_plane)
            return fmt::format("The gradient view draws planes of up to {} cells along an axis; this layer has {}.",
                               2 * longest_plane, total);
    // Both gradients are summed up again for each picture, so large layers are refused.
    const arith::Extents extents(layer);
    if (const double products = static_cast<double>(layer.out_channels) * static_cast<double>(layer.group_in()) *
                                static_cast<double>(extents.out_volume) * static_cast<double>(extents.kernel_volume);
        products > most_products)
        return fmt::format("The gradient view draws layers of up to {} products; this one has more.",
                           count_text(most_products));
    return "";
}

Scene compose_gradient(const Subject& subject, const Moment& moment, const ViewOptions& options) {
    using namespace gradient_view;
    const GradientFigure f(subject.recording, moment, options);
    Scene scene = empty_page(options, trf(options.language, "{}: the gradients of input and kernel as they add up, {}",
                                          options.title, moment_text(subject.recording, moment, options.language)));
    scene.planes = {f.p.input(f.channel, f.l.input), f.p.kernel(f.channel, f.l.kernel), f.given_gradient(),
                    f.input_grown(), f.kernel_grown()};
    if (f.p.maps.any()) border_outlines(scene, f.p.theme);
    if (!options.labels) return scene;
    Plane page{"labels", {}, {}, {Content::labels}};
    add_labels(page, f, options);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
