// Backward, stepped like the layer: above, input, kernel and the gradient that comes to the output; below, the
// gradients of input and kernel as they grow. Each output cell sends its gradient back along its own taps.
#include <fmt/format.h>

#include <algorithm>

#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/gradient.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/channel_pair.hpp"
#include "core/scene/pieces/layer_planes.hpp"
#include "core/scene/pieces/legend.hpp"
#include "core/scene/views/compose.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace gradient_view {
namespace {

using arith::Index;

constexpr double margin = 5 * unit_px, upper_top = 124, lower_top = 318, height = 158, sum_y = 504,
                 sum_y_over_legend = 494, pair_y = 90;
constexpr double column_gap = 56, words_x = 676, words_width = page_width - margin - words_x, largest_cell = 32;
constexpr int longest_plane = 24;
constexpr int most_products = 4'000'000;

struct Figure {
    LayerPlanes p;
    arith::Tensor given;
    arith::Gradients grown;  // as far as this moment has come
    arith::Index channel;    // of the input, that is shown beside this step's output channel
    std::optional<ValueMap> given_map, input_map, kernel_map;  // of the gradients, over what they come to in the end
    SheetBox input, kernel, output, input_gradient, kernel_gradient;

    Figure(const arith::Recording& r, const Moment& m, const ViewOptions& options)
        : p(r, m, options), given(arith::given_gradient(r.layer())), channel(p.channel_now()) {
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
        place();
    }

    bool many() const { return p.layer.in_channels > 1 || p.layer.out_channels > 1; }
    std::size_t input_index(Index in_channel, const arith::Cell& at) const {
        const arith::Extents extents(p.layer);
        return static_cast<std::size_t>(in_channel * extents.in_volume +
                                        arith::index_of(at, arith::input_extents(p.layer), p.layer.rank()));
    }
    // Of the weight from an input channel to this step's output channel.
    std::size_t weight_index(Index in_channel, const arith::Cell& at) const {
        return static_cast<std::size_t>(pair_plane(p.layer, in_channel, p.step.channel) *
                                            arith::Extents(p.layer).kernel_volume +
                                        arith::index_of(at, arith::kernel_extents(p.layer), p.layer.rank()));
    }

    void place() {
        const int rows = std::max({p.high.total, p.high.kernel, p.high.output});
        double cell = fitting_cell(words_x - margin - 2 * column_gap - 30, height, rows,
                                   p.wide.total + p.wide.kernel + p.wide.output, largest_cell);
        auto across = [&] {
            return std::max(cell * p.wide.total, 130.0) + std::max(cell * p.wide.kernel, 120.0) +
                   std::max(cell * p.wide.output, 116.0) + 2 * column_gap;
        };
        while (across() > words_x - margin - 24 && cell > 1) cell *= 0.97;
        auto box = [&](double x, double y, int high, int wide) { return SheetBox{{x, y}, cell, high, wide}; };
        const double second = margin + std::max(cell * p.wide.total, 130.0) + column_gap,
                     third = second + std::max(cell * p.wide.kernel, 120.0) + column_gap;
        input = box(margin, upper_top, p.high.total, p.wide.total);
        kernel = box(second, upper_top, p.high.kernel, p.wide.kernel);
        output = box(third, upper_top, p.high.output, p.wide.output);
        input_gradient = box(margin, lower_top, p.high.total, p.wide.total);
        kernel_gradient = box(second, lower_top, p.high.kernel, p.wide.kernel);
    }

    float sent() const { return given.values[static_cast<std::size_t>(p.step.number)]; }
    // Taps that this moment has sent back.
    bool sent_to(const arith::Tap& tap) const { return !p.now || tap.number <= p.now->number; }

    Plane given_gradient() const {
        const Place at = p.output();
        const Theme& t = p.theme;
        Plane plane =
            sheet_plane(fmt::format("output slab {}, gradient", p.step.channel), output, p.edge(), [&](int r, int c) {
                const bool now = at.row == r && at.column == c;
                const Index n = p.recording.step_at(p.step.channel, p.cell(r, c));
                const bool done = n <= p.step.number;
                const float value = given.values[static_cast<std::size_t>(n)];
                CellLook look{{}, number_text(value, 2), done ? t.on_cell : t.muted, now};
                if (done) look.fill = t.output;
                return done ? look.by_value(given_map, value) : look;
            });
        plane.items.push_back(cells_outline("output cell", at.row, at.column, 1, 1, window_stroke(t, output.cell_px)));
        return plane;
    }
    Plane input_grown() const {
        const Theme& t = p.theme;
        const Place from = p.window();
        Plane plane = sheet_plane(
            fmt::format("input slab {}, gradient", channel), input_gradient, {t.hairline, thin_px}, [&](int r, int c) {
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
        p.add_input_edges(plane, input_gradient.cell_px);
        plane.items.push_back(cells_outline("window", from.row, from.column, p.high.extent(), p.wide.extent(),
                                            window_stroke(t, input_gradient.cell_px)));
        return plane;
    }
    Plane kernel_grown() const {
        const Theme& t = p.theme;
        const Place current = p.now ? p.in_kernel(*p.now) : Place{-1, -1};
        return sheet_plane(
            fmt::format("kernel slab {}, gradient", channel - p.first_in), kernel_gradient, p.edge(),
            [&](int r, int c) {
                const arith::Cell at = p.turned ? p.cell(p.high.kernel - 1 - r, p.wide.kernel - 1 - c) : p.cell(r, c);
                const float value = grown.weight.values[weight_index(channel, at)];
                const bool now = current.row == r && current.column == c;
                const CellLook look{now ? t.tap : t.kernel, number_text(value, 2), now ? t.on_tap : t.on_cell, now};
                return now ? look : look.by_value(kernel_map, value);
            });
    }
    // Which two channels are shown, and what the others do to the sums.
    std::string pair_says() const {
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

void add_labels(Plane& page, const Figure& f, const ViewOptions& options) {
    const LayerPlanes& p = f.p;
    const Theme& t = p.theme;
    add_head(page, options, parameters_text(p.layer, words_form, options.language),
             moment_text(p.recording, p.moment, options.language));
    auto title = [&](const SheetBox& box, const char* name, const char* id) {
        page.items.push_back(note(fmt::format("{} title", id), {box.at.x, box.at.y - 10}, tr(p.language, name), t.text,
                                  label_size, Anchor::start, Weight::semibold));
    };
    title(f.input, "Input", "input");
    title(f.kernel, p.turned ? "Rotated kernel" : "Kernel", "kernel");
    title(f.output, "Output's gradient", "output gradient");
    title(f.input_gradient, "Input's gradient", "input gradient");
    title(f.kernel_gradient, "Kernel's gradient", "kernel gradient");
    const bool transposed = p.layer.is_transposed();
    page.items.push_back(note("backward title", {words_x, upper_top - 10}, tr(p.language, "Backward"), t.text,
                              label_size, Anchor::start, Weight::semibold));
    double y = add_paragraph(page, "backward", {words_x, upper_top + 12},
                             tr(p.language,
                                "How fast the loss grows with each cell. The output's gradient comes from the layers "
                                "after this one; here it is a given pattern."),
                             words_width, t.muted, small_size, 17);
    page.items.push_back(note("input says title", {words_x, y + 34}, tr(p.language, "Input's gradient"), t.text,
                              small_size, Anchor::start, Weight::semibold));
    y = add_paragraph(page, "input says", {words_x, y + 51},
                      transposed ? tr(p.language, "A direct convolution of the output's gradient with the same kernel.")
                                 : tr(p.language,
                                      "A transposed convolution of the output's gradient with the same kernel: each of "
                                      "its cells stamps the kernel."),
                      words_width, t.muted, small_size, 17);
    page.items.push_back(note("kernel says title", {words_x, y + 30}, tr(p.language, "Kernel's gradient"), t.text,
                              small_size, Anchor::start, Weight::semibold));
    add_paragraph(page, "kernel says", {words_x, y + 47},
                  transposed ? tr(p.language, "A convolution of the output's gradient with the input.")
                             : tr(p.language, "A convolution of the input with the output's gradient as the kernel."),
                  words_width, t.muted, small_size, 17);
    add_paragraph(page, "step says", {margin, f.given_map ? sum_y_over_legend : sum_y}, f.says(),
                  page_width - 2 * margin, t.text, label_size, f.given_map ? 20 : 22);
    if (f.many()) page.items.push_back(note("pair says", {margin, pair_y}, f.pair_says(), t.text, label_size));
    if (!f.given_map) return;
    add_legend(page,
               {{tr(p.language, "Kernel"), &*p.maps.kernel},
                {tr(p.language, "Output's gradient"), &*f.given_map},
                {tr(p.language, "Input's gradient"), &*f.input_map},
                {tr(p.language, "Kernel's gradient"), &*f.kernel_map}},
               t, options.language);
}

}  // namespace
}  // namespace gradient_view

std::string not_gradient(const arith::Layer& layer) {
    using namespace gradient_view;
    if (layer.is_pooling()) return "The gradient view draws layers with weights; a pooling layer has none.";
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
    // Both gradients are added up anew for each picture.
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
    const Figure f(subject.recording, moment, options);
    Scene scene = empty_page(options, trf(options.language, "{}: the gradients of input and kernel as they add up, {}",
                                          options.title, moment_text(subject.recording, moment, options.language)));
    scene.planes = {f.p.input(f.channel, f.input), f.p.kernel(f.channel, f.kernel), f.given_gradient(), f.input_grown(),
                    f.kernel_grown()};
    if (f.p.maps.any()) border_outlines(scene, f.p.theme);
    if (!options.labels) return scene;
    Plane page{"labels", {}, {}};
    add_labels(page, f, options);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
