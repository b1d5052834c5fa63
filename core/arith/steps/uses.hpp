// How many times a cell of a chain uses each earlier cell, and how many times each later cell uses it.
//
// The one idea: the number of paths between two cells is the product over the axes of the numbers along each axis, so
// one list per axis and tensor is enough. An unused cell inside the receptive field is a hole, as in chains of equal
// dilations. Values and channels play no part.
#pragma once
#include <array>
#include <vector>

#include "core/arith/chain/chain.hpp"

namespace convloom::arith {

// ways[axis][cell]; the axes beyond the rank are empty.
struct Uses {
    std::array<std::vector<Index>, max_rank> ways;
    Index at(const Cell& cell, int rank) const;  // saturates
    Index used(int rank) const;                  // the number of cells with at least one path
    Index most(int rank) const;                  // the most paths of any cell, at least 1; saturates
    // The first and last used cell along an axis; -1 if there is none.
    Index first(int axis) const;
    Index last(int axis) const;
};

// The path counts for each tensor of a chain; tensor n is the input of link n, the last one the chain's output.
// `tensor` contains the chosen cell: counts before it are of cells it uses, counts after it of cells that use it. A
// padding cell that repeats an input cell counts as a use of that cell. What stands between two layers belongs to the
// way from one tensor to the next. Expects a chain without problems.
std::vector<Uses> uses(const Chain& chain, int tensor, const Cell& cell);

// The cell of the next layer's input that an output cell of a link becomes: the same one, unless what stands between
// the two moves it. Where that cuts the cell off, the nearest one.
Cell cell_after(const Chain& chain, int link, const Cell& output);

// The input cells along one axis that an output cell uses, one per tap; taps on zero padding are omitted.
std::vector<Index> sources(const Layer& layer, int axis, Index output);
// The cells of tensor n along one axis that a cell of tensor n + 1 comes from.
std::vector<Index> sources(const Chain& chain, int n, int axis, Index cell);

}  // namespace convloom::arith
