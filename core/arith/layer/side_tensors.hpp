// The tensors that some kinds of layer take beside their input, such as the offsets of a deformable convolution.
//
// The row of a kind names them; the shape is computed here. Code that stores, reads, edits or shows layers goes through
// side_tensors(), so that a further kind needs its names and its shape only.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "core/arith/layer/layer.hpp"
#include "core/arith/layer/shared.hpp"
#include "core/arith/layer/tensor.hpp"

namespace convloom::arith {

// In the order of the kind's row. An empty tensor stands for offsets of 0, masks of 1, indices of the first cells.
using SideTensors = std::array<Shared<Tensor>, most_side_tensors>;

struct SideTensor {
    SideName name;
    Shape shape;
};
// Those that the layer takes, in the order of its kind's row. Expects a layer without problems in its axes.
//
//   deformable   offset (2 * kernel cells * offset_groups, *output), for each kernel cell the offset down, then the one
//                to the right, as in torchvision; mask (kernel cells * offset_groups, *output) if it is modulated
//   partial      mask (1, *input), 0 in holes
//   unpooling    indices (C, *input), each the number of an output cell in its channel, in row-major order; without
//                them each value goes to the first cell of its window (unpooling.hpp)
std::vector<SideTensor> side_tensors(const Layer& layer);

// Why the layer cannot take a tensor of the right shape, as one sentence; empty if it can.
std::string side_problem(const Layer& layer, const Tensor& tensor);

// The value for a kernel cell, in row-major order, and a place of the output or input; `otherwise` without a tensor.
float side_value(const Shared<Tensor>& tensor, Index plane, Index place, float otherwise);

}  // namespace convloom::arith
