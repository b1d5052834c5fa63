// A layer as one matrix C, so that C times the flattened input is the flattened output before the bias.
//
// The one idea: rows are output cells, columns are input cells, and an entry is the sum of the weights that connect the
// two. The matrix is therefore sparse, its rows repeat, and the matrix of a transposed layer is the transpose of the
// direct layer's. im2col is here too: the windows as the columns of a matrix that is multiplied by the filters. Layers
// are not computed this way; both matrices are read from the taps of a recording.
#pragma once
#include <optional>
#include <vector>

#include "core/arith/steps/recording.hpp"

namespace convloom::arith {

// Row-major. `taps` counts the taps of an entry: 0 is a structural zero, more than 1 means padding that repeats a cell.
struct Unrolled {
    Index rows = 0, columns = 0;
    std::vector<float> values;
    std::vector<int> taps;
    float at(Index row, Index column) const { return values[static_cast<std::size_t>(row * columns + column)]; }
    int taps_at(Index row, Index column) const { return taps[static_cast<std::size_t>(row * columns + column)]; }
};

// Expects a layer whose outputs are sums, because a maximum and a norm are not linear.
Unrolled unrolled(const Recording& recording);

// C·x, with x in the order of the columns.
std::vector<float> times(const Unrolled& matrix, const std::vector<float>& x);

// Exchanges rows and columns: converts between the matrices of a direct layer and its transpose.
Unrolled transposed(const Unrolled& matrix);

// The windows of one group: one row per kernel cell, channel by channel, in the order in which the kernel lies on the
// input; one column per output place. For a transposed layer the input has its inserted zeros and the kernel is
// rotated.
struct Columns {
    Index rows = 0, columns = 0;
    std::vector<float> values;   // row-major
    std::vector<Cell> at;        // the entry's position in the input; may lie outside
    std::vector<bool> on_input;  // false for padding and inserted zeros
    std::size_t place(Index row, Index column) const { return static_cast<std::size_t>(row * columns + column); }
};
Columns columns_of(const Recording& recording, Index group);

// The weights of an output channel in the order of the rows of Columns.
std::vector<float> filter_row(const Recording& recording, Index out_channel);

// The spatial cell of the weight that connects an input cell to an output cell: the first if there are several, nothing
// if there is none.
std::optional<Cell> kernel_between(const Layer& layer, const Cell& input, const Cell& output);

// The spatial cell of the weight that lies at place `lies` of the kernel on the input.
Cell kernel_lying_at(const Layer& layer, Cell lies);

}  // namespace convloom::arith
