// The same layers computed by oneDNN, if it is installed, as a reference for the fast path.
#pragma once
#include <functional>

#include "core/arith/layer/layer.hpp"
#include "core/arith/layer/tensor.hpp"

namespace convloom::bench {

// Runs the layer on one thread with data already in oneDNN's own layout. Empty without oneDNN.
std::function<void()> onednn_run(const arith::Layer& layer, const arith::Tensor& input, const arith::Tensor& weight);

}  // namespace convloom::bench
