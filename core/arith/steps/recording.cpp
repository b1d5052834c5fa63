#include "core/arith/steps/recording.hpp"

#include <limits>
#include <utility>

#include "core/arith/base/saturating.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/listed_taps.hpp"

namespace convloom::arith {
Recording::Recording(Layer layer, Shared<Tensor> input, Shared<Tensor> weight, Shared<Tensor> bias, SideTensors sides)
    : layer_(std::move(layer)), input_(std::move(input)), weight_(std::move(weight)), bias_(std::move(bias)),
      sides_(std::move(sides)), extents_(layer_) {}

namespace {

// The taps of every step, if all have as many: a convolution's window has all its cells, an unfold copies one. Else 0.
Index taps_of_each(const Layer& layer, const Extents& extents) {
    if (layer.kind().unfolds) return 1;
    return layer.op == Op::convolution || !layer.kind().windowed ? layer.group_in() * extents.kernel_volume : 0;
}

// The channels that each cell under the window is read from. A fold reads another one at each.
Index channels_of_taps(const Layer& layer) {
    return layer.kind().folds ? 1 : layer.group_in();
}

}  // namespace

Step Recording::step(Index number) const {
    Step step;
    step.number = number;
    step.channel = number / extents_.out_volume;
    step.output = cell_at(number % extents_.out_volume, extents_.out, layer_.rank());
    for (int a = 0; a < layer_.rank(); ++a) step.window[a] = window_of(layer_, a, step.output[a]).first_cell();
    return step;
}

Index Recording::step_at(Index channel, const Cell& output) const {
    return channel * extents_.out_volume + index_of(output, extents_.out, layer_.rank());
}

float Recording::start() const {
    return layer_.reduction() == Reduction::maximum ? -std::numeric_limits<float>::infinity() : 0.0f;
}

Index Recording::place_count(int axis, Index output) const {
    const Window window = window_of(layer_, axis, output);
    Index count = 0;
    AxisTap tap;
    for (Index k = 0; k < window.count; ++k) count += window.tap(k, tap);
    return count;
}

Index Recording::tap_count(const Step& step) const {
    if (const Index each = taps_of_each(layer_, extents_); each > 0) return each;
    Index count = channels_of_taps(layer_);
    for (int a = 0; a < layer_.rank(); ++a) count *= place_count(a, step.output[a]);
    return count;
}

Index Recording::all_tap_count() const {
    // The axes are independent, so the sum over all steps factors into one sum per axis.
    Index all = layer_.out_channels;
    auto times = [&](Index n) {
        if (__builtin_mul_overflow(all, n, &all)) all = std::numeric_limits<Index>::max();
    };
    if (const Index each = taps_of_each(layer_, extents_); each > 0) {
        times(extents_.out_volume);
        times(each);
        return all;
    }
    times(channels_of_taps(layer_));
    for (int a = 0; a < layer_.rank(); ++a) {
        Index of_axis = 0;
        for (Index o = 0; o < extents_.out[a]; ++o) of_axis += place_count(a, o);
        times(of_axis);
    }
    return all;
}

Index Recording::taps_before(Index number) const {
    const Index channel = number / extents_.out_volume, rest = number % extents_.out_volume;
    if (const Index each = taps_of_each(layer_, extents_); each > 0) return saturating_product(number, each);
    // Of the cells before one in its channel, those of earlier rows come in whole blocks of the later axes.
    const Cell at = cell_at(rest, extents_.out, layer_.rank());
    Index before = 0, of_row = 1, all = 1;  // of_row: places of the earlier axes at the cell
    std::vector<Index> whole, part;
    for (int a = 0; a < layer_.rank(); ++a) {
        Index sum = 0, until = 0;
        for (Index o = 0; o < extents_.out[a]; ++o) {
            const Index count = place_count(a, o);
            sum += count;
            if (o < at[a]) until += count;
        }
        whole.push_back(sum);
        part.push_back(until);
    }
    for (int a = 0; a < layer_.rank(); ++a) {
        Index block = saturating_product(of_row, part[static_cast<std::size_t>(a)]);
        for (int b = a + 1; b < layer_.rank(); ++b)
            block = saturating_product(block, whole[static_cast<std::size_t>(b)]);
        before = saturating_sum(before, block);
        of_row = saturating_product(of_row, place_count(a, at[a]));
        all = saturating_product(all, whole[static_cast<std::size_t>(a)]);
    }
    return saturating_product(channels_of_taps(layer_), saturating_sum(saturating_product(channel, all), before));
}

std::vector<Tap> Recording::taps(const Step& step) const {
    std::vector<Tap> all;
    all.reserve(tap_count(step));
    visit_taps(step, [&](const Tap& tap) { all.push_back(tap); });
    return all;
}

float Recording::divisor(const Step& step) const {
    if (layer_.reduction() != Reduction::mean) return 1;
    if (layer_.divisor_override != 0) return static_cast<float>(layer_.divisor_override);
    Index count = 1;
    for (int a = 0; a < layer_.rank(); ++a) {
        const Window window = window_of(layer_, a, step.output[a]);
        Index inside = 0;
        AxisTap tap;
        for (Index k = 0; k < window.count; ++k)
            inside += window.tap(k, tap) && (layer_.count_include_pad || !tap.padding);
        count *= inside;
    }
    return static_cast<float>(count);
}

float Recording::finished(const Step& step, float partial) const {
    if (layer_.reduction() == Reduction::mean) {
        const float over = divisor(step);
        return over == 0 ? 0 : partial / over;
    }
    if (layer_.reduction() == Reduction::norm)
        return norm_of(partial, layer_.norm_type, extents_.kernel_volume, tap_count(step));
    if (layer_.op == Op::partial_convolution) {
        const Coverage cells = coverage_of(*this, step);
        if (cells.valid == 0) return 0;
        partial *= cells.ratio();
    }
    return bias_ ? partial + bias_->values[step.channel] : partial;
}

float Recording::value(const Step& step) const {
    float partial = start();
    visit_taps(step, [&](const Tap& tap) { partial = tap.partial; });
    return finished(step, partial);
}

std::vector<float> Recording::channel_subtotals(const Step& step) const {
    std::vector<float> subtotals(layer_.group_in(), 0.0f);
    const Index first = layer_.first_in_channel(step.channel);
    visit_taps(step, [&](const Tap& tap) { subtotals[tap.in_channel - first] += tap.product; });
    return subtotals;
}

float Recording::input_value(Index channel, const Cell& cell) const {
    return input_->values[channel * extents_.in_volume + index_of(cell, extents_.in, layer_.rank())];
}

float Recording::padded_value(Index channel, const Cell& at) const {
    Cell source{};
    for (int a = 0; a < layer_.rank(); ++a) {
        source[a] = padding_source(at[a], layer_.axes[a].size, layer_.padding_mode);
        if (source[a] < 0) return layer_.padding_value;
    }
    return input_value(channel, source);
}

float Recording::weight_value(Index first, Index second, const Cell& kernel) const {
    const Index seconds = layer_.is_transposed() ? layer_.group_out() : layer_.group_in();
    return weight_->values[(first * seconds + second) * extents_.kernel_volume +
                           index_of(kernel, extents_.kernel, layer_.rank())];
}

StoredRecording stored(const Recording& recording) {
    StoredRecording kept;
    const Index steps = recording.step_count();
    kept.steps.reserve(steps);
    kept.first_tap.reserve(steps + 1);
    kept.values.reserve(steps);
    if (steps > 0) kept.taps.reserve(steps * recording.tap_count(recording.step(0)));
    for (Index n = 0; n < steps; ++n) {
        const Step step = recording.step(n);
        kept.steps.push_back(step);
        kept.first_tap.push_back(static_cast<Index>(kept.taps.size()));
        recording.visit_taps(step, [&](const Tap& tap) { kept.taps.push_back(tap); });
        const bool any = kept.first_tap.back() < static_cast<Index>(kept.taps.size());
        kept.values.push_back(any ? recording.finished(step, kept.taps.back().partial) : recording.value(step));
    }
    kept.first_tap.push_back(static_cast<Index>(kept.taps.size()));
    return kept;
}

}  // namespace convloom::arith
