// A layer as one matrix: C times the flattened input is the flattened output (before the bias).
//
// The one idea: a row is an output cell, a column an input cell, and an entry the sum of the weights by which the one
// reaches the other, so a matrix is sparse, its rows repeat and a transposed layer's is the transpose of the direct
// one's. Beside it im2col: the windows as the columns of one matrix, which the filters multiply. Neither is how a layer
// is computed here; both are read off the recording's taps.
#pragma once
#include <optional>
#include <vector>

#include "core/arith/steps/recording.hpp"

namespace convloom::arith {

// Row-major. `taps` counts the taps behind an entry: 0 is a structural zero, more than 1 padding that repeats a cell.
struct Unrolled {
    Index rows = 0, columns = 0;
    std::vector<float> values;
    std::vector<int> taps;
    float at(Index row, Index column) const { return values[static_cast<std::size_t>(row * columns + column)]; }
    int taps_at(Index row, Index column) const { return taps[static_cast<std::size_t>(row * columns + column)]; }
};

// Expects a layer that is no max pooling, for a maximum is not linear.
Unrolled unrolled(const Recording& recording);

// C·x in the order of the columns.
std::vector<float> times(const Unrolled& matrix, const std::vector<float>& x);

// The matrix of the direct layer's transpose, and back: rows and columns exchanged.
Unrolled transposed(const Unrolled& matrix);

// One group's windows: a row for each of the kernel's cells, channel by channel, as the kernel lies on the input; a
// column for each place of the output. Of a transposed layer the input is the one with zeros put in, and the kernel
// lies turned.
struct Columns {
    Index rows = 0, columns = 0;
    std::vector<float> values;   // row-major
    std::vector<Cell> at;        // where an entry comes from in the input; may lie outside
    std::vector<bool> on_input;  // it is a cell of the input; not padding, not a zero put in
    std::size_t place(Index row, Index column) const { return static_cast<std::size_t>(row * columns + column); }
};
Columns columns_of(const Recording& recording, Index group);

// The weights of an output channel in the order of those rows.
std::vector<float> filter_row(const Recording& recording, Index out_channel);

// The weight's spatial cell by which an input cell reaches an output cell, the first of several; nothing where it does
// not.
std::optional<Cell> kernel_between(const Layer& layer, const Cell& input, const Cell& output);

// The weight's spatial cell that lies at a place of the kernel as it lies on the input.
Cell kernel_lying_at(const Layer& layer, Cell lies);

}  // namespace convloom::arith
