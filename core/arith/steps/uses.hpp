// How often a cell of a chain uses each cell before it, and how often each cell after it uses that one.
//
// The one idea: ways multiply along the axes and add up along a chain, so one list an axis and tensor says how many
// ways lead from the chosen cell to each cell there; the product over the axes is the number for a cell. What is used
// by no way is a hole in the receptive field, as chains of equal dilations have. Values and channels do not matter
// here.
#pragma once
#include <array>
#include <vector>

#include "core/arith/layer/chain.hpp"

namespace convloom::arith {

// ways[axis][cell]; the axes beyond the rank are empty.
struct Uses {
    std::array<std::vector<Index>, max_rank> ways;
    Index at(const Cell& cell, int rank) const;  // saturates
    Index used(int rank) const;                  // cells that some way leads to
    Index most(int rank) const;                  // ways to any one cell, at least 1; saturates
    // The first and the last of them along an axis; -1 for none.
    Index first(int axis) const;
    Index last(int axis) const;
};

// For the tensors of a chain, from its input to its output: tensor n goes into link n. `tensor` has the chosen cell;
// before it the ways lead from it, after it to it. Padding that repeats a cell uses it. Expects a chain without
// problems.
std::vector<Uses> uses(const Chain& chain, int tensor, const Cell& cell);

// The cells of an input axis that an output cell is made from, once a tap; those of zero padding are left out.
std::vector<Index> sources(const Layer& layer, int axis, Index output);

}  // namespace convloom::arith
