// The indices of a max unpooling: the output cell that each value goes to.
//
// An index is the number of a cell in the plane of its channel, in row-major order, as PyTorch counts. It lies in the
// window of its input cell, because no max pooling finds a maximum elsewhere.
#pragma once
#include <string>

#include "core/arith/layer/output_size.hpp"
#include "core/arith/layer/side_tensors.hpp"

namespace convloom::arith {

// The window of an input cell in the output, and the number of its cells along each axis; cut off at the borders.
struct UnpoolingWindow {
    Cell begin{}, extents{};
};
UnpoolingWindow unpooling_window(const Layer& layer, const Cell& cell);

// Where the value of an input cell goes: to its index, or without indices to the first cell of its window.
Cell unpooled_cell(const Layer& layer, const Extents& extents, const Shared<Tensor>& indices, Index channel,
                   const Cell& cell);

// What a max pooling of a tensor in the shape of the output gives: the maximum of each window, the first of equal ones,
// and its index. Both have the shape of the input.
struct Pooled {
    Tensor values, indices;
};
Pooled pooled_for(const Layer& unpooling, const Tensor& output);

// What is wrong with indices of the right shape, as one sentence; empty if nothing is.
std::string indices_problem(const Layer& layer, const Tensor& indices);

}  // namespace convloom::arith
