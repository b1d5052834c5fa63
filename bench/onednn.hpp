// The same layers through oneDNN, where it is installed: a yardstick for the fast path.
#pragma once
#include <functional>

#include "core/arith/layer/layer.hpp"
#include "core/arith/layer/tensor.hpp"

namespace convloom::bench {

// A run of the layer on one thread, its data already in oneDNN's own layout. Empty where oneDNN is not there.
std::function<void()> onednn_run(const arith::Layer& layer, const arith::Tensor& input, const arith::Tensor& weight);

}  // namespace convloom::bench
