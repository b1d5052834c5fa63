// The fast implementation: the same output as reference(), bit for bit, in much less time.
//
// The input is padded once. With a stride, its columns are grouped by phase, so that the cells under one kernel cell
// are contiguous for neighbouring outputs. A register tile of output channels by output columns then iterates over
// input channels and kernel cells in the reference's order, without fused multiply-adds, so that every lane adds the
// same products in the same order. A transposed layer is split into the phases of its stride, each a dense convolution.
// Poolings and layers with a second tensor use the reference. It starts no threads of its own.
#pragma once
#include <functional>

#include "core/arith/layer/layer.hpp"
#include "core/arith/layer/side_tensors.hpp"
#include "core/arith/layer/tensor.hpp"

namespace convloom::arith {

// Calls `body` with 0 to count - 1, in any order and on any threads.
using ParallelFor = std::function<void(Index count, const std::function<void(Index)>& body)>;

// Takes tensors as reference() does. Besides the output it needs memory for a padded copy of the input and a copy of
// the weights. Infinite or NaN values may give results other than the reference's where they meet padding.
Tensor fast(const Layer& layer, const Tensor& input, const Tensor& weight, const Tensor* bias = nullptr,
            const ParallelFor& parallel = {}, const SideTensors& sides = {});

}  // namespace convloom::arith
