// The tensors that some kinds of layer take beside their input, such as the offsets of a deformable convolution.
//
// The row of a kind names them; the shape is computed here. Code that stores, reads, edits or shows layers goes through
// side_tensors(), so that a further kind needs its names and its shape only.
#pragma once
#include <array>
#include <vector>

#include "core/arith/layer/layer.hpp"
#include "core/arith/layer/shared.hpp"
#include "core/arith/layer/tensor.hpp"

namespace convloom::arith {

// In the order of the kind's row. An empty tensor has no effect: it stands for offsets of 0 and masks of 1.
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
std::vector<SideTensor> side_tensors(const Layer& layer);

// The value for a kernel cell, in row-major order, and a place of the output or input; `otherwise` without a tensor.
float side_value(const Shared<Tensor>& tensor, Index plane, Index place, float otherwise);

}  // namespace convloom::arith
