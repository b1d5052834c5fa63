#include "core/arith/scatter.hpp"

#include <utility>

#include "core/arith/output_size.hpp"

namespace convloom::arith {

Scatter::Scatter(Layer layer, Shared<Tensor> input, Shared<Tensor> weight, Shared<Tensor> bias)
    : layer_(std::move(layer)),
      input_(std::move(input)),
      weight_(std::move(weight)),
      bias_(std::move(bias)),
      in_(input_extents(layer_)),
      kernel_(kernel_extents(layer_)),
      out_(output_extents(layer_)) {
    for (int a = 0; a < layer_.rank(); ++a) {
        in_volume_ *= in_[a];
        kernel_volume_ *= kernel_[a];
        out_volume_ *= out_[a];
    }
}

Tensor Scatter::output_after(Index steps) const {
    Tensor output{output_shape(layer_), {}};
    output.values.reserve(layer_.out_channels * out_volume_);
    for (Index oc = 0; oc < layer_.out_channels; ++oc)
        output.values.insert(output.values.end(), out_volume_, bias_ ? bias_->values[oc] : 0.0f);
    for (Index n = 0; n < steps; ++n)
        visit_stamp(n, [&](const StampTap& tap) {
            output.values[tap.out_channel * out_volume_ + index_of(tap.output, out_, layer_.rank())] += tap.product;
        });
    return output;
}

}  // namespace convloom::arith
