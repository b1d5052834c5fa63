// Whole outputs, fast: the same numbers as reference(), to the last bit, many times sooner.
//
// The input is padded once, and where the window strides its rows are dealt out by phase, so that the cells under one
// kernel cell lie side by side for neighbouring outputs. A register tile of output channels by output columns then
// runs over input channels and kernel cells in the reference's own order, without fused multiply-adds, so that every
// lane adds the same products in the same order. A transposed layer is cut into the phases of its stride, each a dense
// convolution. Poolings go to the reference. It starts no threads of its own.
#pragma once
#include <functional>

#include "core/arith/layer/layer.hpp"
#include "core/arith/layer/tensor.hpp"

namespace convloom::arith {

// Calls its second argument with 0 to count-1, in any order and from any threads.
using ParallelFor = std::function<void(Index count, const std::function<void(Index)>& body)>;

// Tensors as for reference(). Needs, beside the output, memory for the padded input and the weights once more.
// Weights or inputs that are infinite or not numbers may give other values than the reference where they meet padding.
Tensor fast(const Layer& layer, const Tensor& input, const Tensor& weight, const Tensor* bias = nullptr,
            const ParallelFor& parallel = {});

}  // namespace convloom::arith
