// What a cell is tied to: the outputs that an input cell reaches, the taps of an output cell, every place where a
// weight is used, the input cell that stands in the padding.
//
// The one idea: along each axis the tied places follow from the size, kernel, stride, padding and dilation of that axis
// alone, so a set of cells is one list an axis and a range of channels, however large the layer is. It knows no
// values; the recording has those.
#pragma once
#include <array>
#include <vector>

#include "core/arith/layer/layer.hpp"
#include "core/arith/layer/shape.hpp"

namespace convloom::arith {

enum class Part { input, kernel, output };

// One cell of a layer's tensors. `channel` is the first axis: of a weight its C_out (transposed: C_in). An input cell
// may lie outside, in the padding.
struct CellName {
    Part part = Part::input;
    Index channel = 0;
    Index second = 0;  // of a weight: its second axis
    Cell at{};
    friend bool operator==(const CellName&, const CellName&) = default;
};

// All cells of a part whose channel is in the range and whose place is, along each axis, one of the list, in
// ascending order.
struct CellSet {
    Part part = Part::input;
    Index first_channel = 0, last_channel = 0;
    Index first_second = 0, last_second = 0;         // of weights
    std::array<std::vector<Index>, max_rank> along;  // {0} for axes beyond the rank

    bool has_channel(Index n) const { return n >= first_channel && n <= last_channel; }
    Index count() const;  // of the cells
    bool contains(const CellName& cell) const;
    friend bool operator==(const CellSet&, const CellSet&) = default;
};

// Expects a layer without problems. An input cell gives the outputs that it reaches, in the padding first the input
// cell that it repeats, where there is one. An output cell gives its taps in the input and the weights that meet them.
// A weight gives the input places and the outputs where it is used. A set without cells is left out.
std::vector<CellSet> ties(const Layer& layer, const CellName& cell);

}  // namespace convloom::arith
