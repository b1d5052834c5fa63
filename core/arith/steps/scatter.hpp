// The scatter form of a transposed convolution: each input cell stamps its kernel, scaled by the cell's value, into the
// output, and overlapping stamps add up. There is one step per input cell, in input order (channel, then axes).
#pragma once
#include "core/arith/steps/recording.hpp"

namespace convloom::arith {

// One product that a stamp adds to an output cell. Products in the cropped part of the output are not visited.
struct StampTap {
    Index out_channel = 0;
    Cell kernel{};
    Cell output{};
    float x = 0, w = 0, product = 0;
};

class Scatter {
  public:
    // Expects a transposed convolution without problems.
    Scatter(Layer layer, Shared<Tensor> input, Shared<Tensor> weight, Shared<Tensor> bias = {});

    Index step_count() const { return layer_.in_channels * extents_.in_volume; }
    Index in_channel(Index step) const { return step / extents_.in_volume; }
    Cell input_cell(Index step) const { return cell_at(step % extents_.in_volume, extents_.in, layer_.rank()); }

    // Calls visit(const StampTap&) for the output channels of the group, and for each over the kernel axes.
    template <class Visit>
    void visit_stamp(Index step, Visit&& visit) const;

    // The output after the first `steps` stamps; it starts from the bias.
    Tensor output_after(Index steps) const;
    Tensor output() const { return output_after(step_count()); }

  private:
    Layer layer_;
    Shared<Tensor> input_, weight_, bias_;
    Extents extents_;
};

template <class Visit>
void Scatter::visit_stamp(Index step, Visit&& visit) const {
    const Index channel = in_channel(step), group_out = layer_.group_out();
    const Cell from = input_cell(step);
    StampTap tap;
    tap.x = input_->values[step];
    for (Index oc = 0; oc < group_out; ++oc) {
        tap.out_channel = channel / layer_.group_in() * group_out + oc;
        for (Index k = 0; k < extents_.kernel_volume; ++k) {
            const Cell at = cell_at(k, extents_.kernel, layer_.rank());
            bool inside = true;
            for (int a = 0; a < layer_.rank(); ++a) {
                const Axis& axis = layer_.axes[a];
                tap.kernel[a] = layer_.flip ? axis.kernel - 1 - at[a] : at[a];
                tap.output[a] = from[a] * axis.stride + at[a] * axis.dilation - axis.pad_before;
                inside &= tap.output[a] >= 0 && tap.output[a] < extents_.out[a];
            }
            if (!inside) continue;
            tap.w = weight_->values[(channel * group_out + oc) * extents_.kernel_volume +
                                    index_of(tap.kernel, extents_.kernel, layer_.rank())];
            tap.product = tap.x * tap.w;
            visit(static_cast<const StampTap&>(tap));
        }
    }
}

}  // namespace convloom::arith
