// The cells that are connected to a cell: the outputs that an input cell feeds, the taps of an output cell, every use
// of a weight, the input cell that a padding cell repeats.
//
// The one idea: along each axis the connected places follow from the size, kernel, stride, padding and dilation of that
// axis alone. A set of cells is therefore one list per axis and a range of channels, however large the layer is. Values
// are not part of it; the recording has those.
#pragma once
#include <array>
#include <vector>

#include "core/arith/layer/layer.hpp"
#include "core/arith/layer/shape.hpp"

namespace convloom::arith {

enum class Part { input, kernel, output };

// One cell of a layer's tensors. `channel` is the index on the first axis, which for a weight is C_out (transposed:
// C_in). An input cell may lie outside the input, in the padding.
struct CellName {
    Part part = Part::input;
    Index channel = 0;
    Index second = 0;  // of a weight: the index on its second axis
    Cell at{};
    friend bool operator==(const CellName&, const CellName&) = default;
};

// All cells of a part whose channel is in the range and whose place along each axis is in that axis's list. The lists
// are in ascending order.
struct CellSet {
    Part part = Part::input;
    Index first_channel = 0, last_channel = 0;
    Index first_second = 0, last_second = 0;         // for weights
    std::array<std::vector<Index>, max_rank> along;  // {0} for axes beyond the rank

    bool has_channel(Index n) const { return n >= first_channel && n <= last_channel; }
    Index count() const;  // the number of cells
    bool contains(const CellName& cell) const;
    friend bool operator==(const CellSet&, const CellSet&) = default;
};

// The cells connected to `cell`, as sets without empty ones. For an input cell: the outputs that it feeds, preceded by
// the input cell that it repeats if it is padding. For an output cell: the input cells of its taps and their weights.
// For a weight: the input cells and the outputs where it is used. Expects a layer without problems.
std::vector<CellSet> ties(const Layer& layer, const CellName& cell);

}  // namespace convloom::arith
