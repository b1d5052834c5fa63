// The reference implementation: computes a whole output with loops written like the definitions.
//
// It is deliberately simple, so that it can be checked by reading: for every output cell, sum over input channels and
// kernel cells in PyTorch's order, in float32, then add the bias. It records no steps; recording.hpp does, and is
// tested against it bit for bit.
#pragma once
#include "core/arith/layer/layer.hpp"
#include "core/arith/layer/side_tensors.hpp"
#include "core/arith/layer/tensor.hpp"

namespace convloom::arith {

// Takes input (C_in, *input), weight of weight_shape(layer), bias (C_out) or null; returns (C_out, *output). Expects a
// layer without problems and tensors of its shapes. Pooling ignores the weight.
Tensor reference(const Layer& layer, const Tensor& input, const Tensor& weight, const Tensor* bias = nullptr,
                 const SideTensors& sides = {});

// The same for layers whose windows follow from the sizes of input and output, and for LP pooling only; sized.cpp.
Tensor sized(const Layer& layer, const Tensor& input);
Tensor lp_pool(const Layer& layer, const Tensor& input);

// The same for Op::convolution only.
Tensor convolve(const Layer& layer, const Tensor& input, const Tensor& weight, const Tensor* bias = nullptr);

// The same for Op::deformable_convolution only, as torchvision computes it.
Tensor deform(const Layer& layer, const Tensor& input, const Tensor& weight, const Tensor* bias,
              const SideTensors& sides);

// The same for Op::partial_convolution only: the sum over the cells that are not in a hole, times the number of cells
// of the window over theirs; 0 where there are none.
Tensor convolve_partially(const Layer& layer, const Tensor& input, const Tensor& weight, const Tensor* bias,
                          const SideTensors& sides);
// The same for Op::max_unpooling only: each value goes to the cell of its index, later ones over earlier ones.
Tensor unpool(const Layer& layer, const Tensor& input, const SideTensors& sides);

// The same for Op::unfold and Op::fold only: the cells of each window, channel by channel, and their sums where they
// were.
Tensor unfold(const Layer& layer, const Tensor& input);
Tensor fold(const Layer& layer, const Tensor& input);

// The mask of its output: 1 where a window has a cell that is not in a hole. (1, *output).
Tensor updated_mask(const Layer& layer, const SideTensors& sides);

}  // namespace convloom::arith
