// The reference loops: a whole output at once, written as the definitions read.
//
// Nothing clever happens here, so that it can be read as the truth: for every output cell, sum over input
// channels and kernel cells in PyTorch's order, in float32, then add the bias. It does not record; the
// recording (recording.hpp) is checked against it, to the last bit.
#pragma once
#include "core/arith/layer/layer.hpp"
#include "core/arith/layer/tensor.hpp"

namespace convloom::arith {

// input (C_in, *input), weight of weight_shape(layer), bias (C_out) or null; gives (C_out, *output). Expects a
// layer without problems and tensors of its shapes; a pooling ignores the weight.
Tensor reference(const Layer& layer, const Tensor& input, const Tensor& weight, const Tensor* bias = nullptr);

// The same for Op::convolution alone.
Tensor convolve(const Layer& layer, const Tensor& input, const Tensor& weight, const Tensor* bias = nullptr);

}  // namespace convloom::arith
