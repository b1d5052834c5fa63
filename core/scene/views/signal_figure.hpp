// The data of the signal view at one moment and the layout of its plots and strips. Only compose_signal.cpp and
// signal_strips.cpp include this.
#pragma once
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "core/scene/layout/sliding.hpp"
#include "core/scene/looks/value_map.hpp"
#include "core/scene/looks/view.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/signal.hpp"

namespace convloom::scene::signal_view {

constexpr double margin = 5 * unit_px, least_names_width = 19 * unit_px, key_px = 14, key_room = 22;
constexpr double figure_top = 88, below_figure = page_height - 446, sum_bottom = page_height - 462, largest_step = 72;
constexpr double strip_gap = 3, group_gap = 14, least_step_for_numbers = 20, strip_px = 20, thin_strip_px = 8;
constexpr double most_unlike = 4;  // functions whose heights differ by more than this factor get separate scales
constexpr double headroom = 1.06;
constexpr arith::Index most_looked_at = 4096;

// A row of cells with numbers; its places are aligned with the plots.
struct Strip {
    double y = 0, height = strip_px;
};

struct SignalFigure {
    const arith::Recording& recording;
    const Moment& moment;
    const Theme& theme;
    const ValueMaps& maps;
    bool labels, pooling;
    PageSize page;
    Language language;
    Sliding s;
    arith::Step step;
    std::vector<arith::Tap> taps;
    const arith::Tap* now;
    int channel = 0;               // the input channel that is shown
    double left = 0, step_px = 0;  // of the first place
    Plot functions, kernel_plot, products, output;
    Strip input_strip, kernel_strip, product_strip, output_strip;
    double times = 1;  // magnification of the kernel relative to the input

    SignalFigure(const arith::Recording& r, const Moment& m, const ViewOptions& options, const ValueMaps& colors)
        : recording(r), moment(m), theme(*options.theme), maps(colors), labels(options.labels),
          pooling(!r.layer().has_weight() && !r.layer().has_factors()), page(options.page), language(options.language),
          s(sliding(r.layer())), step(r.step(m.step)), taps(r.taps(step)), now(current_tap(taps, m)) {
        const arith::Layer& layer = r.layer();
        s.show(step);
        channel = static_cast<int>(now       ? now->in_channel
                                   : pooling ? step.channel
                                             : step.channel / layer.group_out() * layer.group_in());
    }
    SignalFigure(const SignalFigure&) = delete;  // because `now` points into `taps`

    double x(double place) const { return left + step_px * place; }
    bool numbers() const { return step_px >= least_step_for_numbers; }
    int window() const { return s.wide.window(step.output[0]); }
    // Where an output cell begins, in places. The cell is as wide as the window's step and centred below its window.
    double output_place(arith::Index o) const { return s.wide.output_place(o); }
    int in_group() const { return static_cast<int>(channel % recording.layer().group_in()); }
    bool is_now(int place) const {
        return now && static_cast<int>(now->in_channel) == channel && s.wide.place(now->at[0]) == place;
    }
    float made(arith::Index o) const {
        return maps.output_at(recording, recording.step_at(step.channel, {o, 0, 0}), moment);
    }

    Sample sample(double place, double wide, double value, Color fill) const {
        return {x(place), x(place + wide), value, fill};
    }
    Color input_color(float value) const { return maps.input ? maps.input->color(value) : theme.input; }
    Color kernel_color(float value) const { return maps.kernel ? maps.kernel->color(value) : theme.kernel; }
    Color output_color(float value) const { return maps.output ? maps.output->color(value) : theme.output; }

    std::vector<Sample> input_samples() const {
        std::vector<Sample> all;
        for (int place = 0; place < s.wide.total; ++place) {
            const float value =
                prints_padding(recording.layer()) || s.wide.on_input(place) ? s.value(recording, {channel, place}) : 0;
            all.push_back(sample(place, 1, value, input_color(value)));
        }
        return all;
    }
    // The weight at a place of the window: of the kernel, or of the position in an upsampling.
    float weight_of(int q) const {
        return recording.layer().has_weight() ? s.weight(recording, step, {in_group(), q})
                                              : taps[static_cast<std::size_t>(q)].w;
    }
    std::vector<Sample> kernel_samples() const {
        std::vector<Sample> all;
        for (int q = 0; q < s.wide.kernel && !pooling; ++q) {
            const float weight = weight_of(q);
            all.push_back(sample(window() + q * s.wide.dilation, 1, weight, kernel_color(weight)));
        }
        return all;
    }
    // The taps of the shown channel that are already added.
    template <class Visit>
    void visit_products(Visit visit) const {
        for (const arith::Tap& tap : taps)
            if (static_cast<int>(tap.in_channel) == channel && std::isfinite(tap.product) &&
                (moment.tap < 0 || tap.number <= moment.tap))
                visit(tap, s.wide.place(tap.at[0]));
    }
    std::vector<Sample> product_samples() const {
        std::vector<Sample> all;
        visit_products([&](const arith::Tap& tap, int place) {
            all.push_back(sample(place, 1, tap.product, &tap == now ? theme.tap : theme.covered));
        });
        std::sort(all.begin(), all.end(), [](const Sample& a, const Sample& b) { return a.left < b.left; });
        return all;
    }
    std::vector<Sample> output_samples() const {
        std::vector<Sample> all;
        for (arith::Index o = 0; o <= step.output[0]; ++o) {
            const float value = made(o);
            all.push_back(sample(output_place(o), s.wide.output_width(), value, output_color(value)));
        }
        return all;
    }
};

// A plane with one row as high as a band and columns one place wide, for pointing.
inline Plane band(const SignalFigure& f, std::string name, const PlaneRole& role, double place, double wide, double top,
                  double height) {
    return {std::move(name), Affine{f.step_px * wide, 0, f.x(place), 0, height, top}, {}, role};
}

inline Field row_of(const char* name, int columns, Stroke edge, double first = 0) {
    Field field{name, {first, 0}, 1, 1, columns, {}, {}, edge};
    field.cells.assign(static_cast<std::size_t>(columns), Field::unfilled);
    return field;
}

inline Stroke edge_of(const SignalFigure& f, Color color) {
    return {color, f.step_px < 4 ? 0 : thin_px};
}

// A strip is a row of cells with numbers: its cells get a plane of their own, all numbers share one plane above.
void add_input_strip(Scene& scene, Plane& numbers, const SignalFigure& figure);
void add_kernel_strip(Scene& scene, Plane& numbers, const SignalFigure& figure);
void add_product_strip(Plane& numbers, const SignalFigure& figure);
void add_output_strip(Scene& scene, Plane& numbers, const SignalFigure& figure);

}  // namespace convloom::scene::signal_view
