#include "core/arith/steps/scatter.hpp"

#include <utility>

#include "core/arith/layer/output_size.hpp"

namespace convloom::arith {

Scatter::Scatter(Layer layer, Shared<Tensor> input, Shared<Tensor> weight, Shared<Tensor> bias)
    : layer_(std::move(layer)), input_(std::move(input)), weight_(std::move(weight)), bias_(std::move(bias)),
      extents_(layer_) {}

Tensor Scatter::output_after(Index steps) const {
    Tensor output{output_shape(layer_), {}};
    output.values.reserve(layer_.out_channels * extents_.out_volume);
    for (Index oc = 0; oc < layer_.out_channels; ++oc)
        output.values.insert(output.values.end(), extents_.out_volume, bias_ ? bias_->values[oc] : 0.0f);
    for (Index n = 0; n < steps; ++n)
        visit_stamp(n, [&](const StampTap& tap) {
            output.values[tap.out_channel * extents_.out_volume + index_of(tap.output, extents_.out, layer_.rank())] +=
                tap.product;
        });
    return output;
}

}  // namespace convloom::arith
