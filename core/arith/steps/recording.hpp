// A recording of a layer's computation: for any step, in any order, the position of the window, every tap under it, and
// the running sum after each tap. Every view shows data from a recording.
//
// The one idea: only the layer and its tensors are stored. The position of a step is computed from its number and its
// taps are computed as they are visited, so seeking costs only that step's taps and memory use is constant, whatever
// the size of the layer. Copies share the tensors. StoredRecording holds the same data in memory.
//
// Transposed convolutions are recorded in their gather form, one step per output cell; scatter.hpp has the scatter
// form, one step per input cell.
#pragma once
#include <array>
#include <vector>

#include "core/arith/layer/layer.hpp"
#include "core/arith/layer/norm.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/layer/shared.hpp"
#include "core/arith/layer/side_tensors.hpp"
#include "core/arith/layer/tensor.hpp"
#include "core/arith/steps/window.hpp"

namespace convloom::arith {

// One output cell. Steps are numbered in output order: channel, then spatial axes, the last fastest.
struct Step {
    Index number = 0;
    Index channel = 0;  // of the output
    Cell output{};      // the output cell that this step computes
    Cell window{};      // the first cell under the kernel, in the unpadded input; may be negative
    friend bool operator==(const Step&, const Step&) = default;
};

// One product of a step. Taps come in the order of accumulation: input channel, then kernel axes. A transposed
// convolution has only the taps that reach the output cell. A pooling has no weight: w is 1 and the product is x; for
// LP pooling it is a power of x. For an upsampling w follows from the position. Padding is -infinity for max pooling.
// Listed taps (listed_taps.hpp) lie at their place in the window; what x is computed from is said there.
struct Tap {
    Index number = 0;          // within the step
    Index in_channel = 0;      // of the input
    Index weight_channel = 0;  // on the weight's second axis; transposed: the output channel within its group
    Cell kernel{};             // position in the weight
    Cell at{};                 // position in the unpadded input; may lie outside
    bool padding = false;      // `at` lies outside the input
    bool has_source = true;    // false for padding with zeros or another constant
    Cell source{};             // the input cell that supplies the value, if has_source
    float x = 0;               // input value
    float w = 0;               // weight
    float modulation = 1;      // of a modulated deformable convolution
    float product = 0;         // x·w, x·modulation·w, or a power of x
    float partial = 0;         // the float32 sum (or maximum) after this tap, before the bias
    friend bool operator==(const Tap&, const Tap&) = default;
};

class Recording;
// The taps of a step of a layer whose kind lists them.
std::vector<Tap> listed_taps(const Recording& recording, const Step& step);

class Recording {
  public:
    // Expects a layer without problems and tensors of its shapes. `bias` may be empty; pooling ignores `weight`.
    Recording(Layer layer, Shared<Tensor> input, Shared<Tensor> weight, Shared<Tensor> bias = {},
              SideTensors sides = {});

    const Layer& layer() const { return layer_; }
    const Tensor& input() const { return *input_; }
    const Tensor& weight() const { return *weight_; }
    const Tensor* bias() const { return bias_ ? &*bias_ : nullptr; }  // null if the layer has none
    const SideTensors& sides() const { return sides_; }
    const Extents& extents() const { return extents_; }
    Index step_count() const { return layer_.out_channels * extents_.out_volume; }

    Step step(Index number) const;
    // The number of the step that computes an output cell.
    Index step_at(Index channel, const Cell& output) const;

    Index tap_count(const Step& step) const;
    // The number of taps of all steps, computed without visiting them; saturates at the largest Index.
    Index all_tap_count() const;
    // The number of taps of all steps before this one, 0 to step_count(), likewise.
    Index taps_before(Index step) const;
    // Calls visit(const Tap&) for each tap of a step, in order, without allocating.
    template <class Visit>
    void visit_taps(const Step& step, Visit&& visit) const;
    std::vector<Tap> taps(const Step& step) const;

    float bias(const Step& step) const { return bias_ ? bias_->values[step.channel] : 0.0f; }
    // The divisor of an average pooling, which is 0 if it counts no cell; 1 for all other layers.
    float divisor(const Step& step) const;
    // The value of the output cell: the last partial sum plus the bias, or divided by the divisor, or its root. An
    // average over no cell is 0.
    float value(const Step& step) const;
    // The same, from the last partial sum of a step.
    float finished(const Step& step, float partial) const;
    // The sum over each input channel's taps, in channel order; for convolutions only.
    std::vector<float> channel_subtotals(const Step& step) const;

    float input_value(Index channel, const Cell& cell) const;
    // The value at a position that may lie outside the input, in the layer's padding mode.
    float padded_value(Index channel, const Cell& at) const;
    // Indexed by the weight's own axes: (C_out, C_in/groups, *kernel), transposed (C_in, C_out/groups, *kernel).
    float weight_value(Index first, Index second, const Cell& kernel) const;

  private:
    Index place_count(int axis, Index output) const;
    float start() const;

    Layer layer_;
    Shared<Tensor> input_, weight_, bias_;
    SideTensors sides_;
    Extents extents_;
};

// A recording computed once and kept in memory, for small layers; its numbers are bit-for-bit the same.
struct StoredRecording {
    std::vector<Step> steps;
    std::vector<Index> first_tap;  // for each step its first index in taps, then taps.size()
    std::vector<Tap> taps;
    std::vector<float> values;
};
StoredRecording stored(const Recording& recording);

template <class Visit>
void Recording::visit_taps(const Step& step, Visit&& visit) const {
    if (layer_.kind().lists_taps) {
        for (const Tap& tap : listed_taps(*this, step)) visit(tap);
        return;
    }
    const int rank = layer_.rank(), outer = max_rank - rank;  // loops of missing leading axes run once
    const bool plain = !layer_.has_weight(), factors = layer_.kind().interpolates,
               powers = layer_.reduction() == Reduction::norm, maximum = layer_.reduction() == Reduction::maximum;
    const Index channels = layer_.group_in(), first = layer_.first_in_channel(step.channel);
    const Index group_out = layer_.group_out();
    // The offset of this step's weights, and the distance between those of neighbouring input channels.
    const Index weight_start = layer_.is_transposed()
                                   ? (first * group_out + step.channel % group_out) * extents_.kernel_volume
                                   : step.channel * channels * extents_.kernel_volume;
    const Index weight_stride = layer_.is_transposed() ? group_out * extents_.kernel_volume : extents_.kernel_volume;
    std::array<Window, max_rank> windows;
    for (int a = 0; a < rank; ++a) windows[outer + a] = window_of(layer_, a, step.output[a]);
    auto size = [&](int loop) { return loop < outer ? Index{1} : extents_.in[loop - outer]; };
    const auto& [w0, w1, w2] = windows;
    const Index e1 = rank > 1 ? extents_.kernel[rank - 2] : 1, e2 = extents_.kernel[rank - 1], s1 = size(1),
                s2 = extents_.in[rank - 1];
    const float* weights = plain ? nullptr : weight_->values.data();

    Tap tap;
    tap.partial = start();
    AxisTap p0, p1, p2;
    auto note = [&](int loop, const AxisTap& p) {
        if (loop < outer) return;
        tap.kernel[loop - outer] = p.weight;
        tap.at[loop - outer] = p.at;
        tap.source[loop - outer] = p.source;
    };
    for (Index c = 0; c < channels; ++c) {
        tap.in_channel = first + c;
        tap.weight_channel = layer_.is_transposed() ? step.channel % group_out : c;
        const float* input = input_->values.data() + tap.in_channel * extents_.in_volume;
        const float* weight = plain ? nullptr : weights + weight_start + c * weight_stride;
        for (Index k0 = 0; k0 < w0.count; ++k0) {
            if (outer < 1 && !w0.tap(k0, p0)) continue;
            note(0, p0);
            for (Index k1 = 0; k1 < w1.count; ++k1) {
                if (outer < 2 && !w1.tap(k1, p1)) continue;
                note(1, p1);
                const bool row_padding = p0.padding || p1.padding, row_source = p0.has_source && p1.has_source;
                const Index in_row = (p0.source * s1 + p1.source) * s2, weight_row = (p0.weight * e1 + p1.weight) * e2;
                for (Index k2 = 0; k2 < w2.count; ++k2) {
                    if (!w2.tap(k2, p2)) continue;
                    note(2, p2);
                    tap.padding = row_padding || p2.padding;
                    tap.has_source = row_source && p2.has_source;
                    tap.x = tap.has_source ? input[in_row + p2.source] : maximum ? start() : layer_.padding_value;
                    tap.w = factors ? p0.factor * p1.factor * p2.factor : plain ? 1.0f : weight[weight_row + p2.weight];
                    tap.product = powers ? power(tap.x, layer_.norm_type) : plain && !factors ? tap.x : tap.x * tap.w;
                    tap.partial =
                        maximum ? (tap.product > tap.partial ? tap.product : tap.partial) : tap.partial + tap.product;
                    visit(static_cast<const Tap&>(tap));
                    ++tap.number;
                }
            }
        }
    }
}

}  // namespace convloom::arith
