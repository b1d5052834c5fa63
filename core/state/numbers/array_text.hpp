// Arrays of numbers as people write them: "0 1 2; 2 2 0; 0 1 2" for a table, "1 2; 3 4 | 5 6; 7 8" for two planes, and
// Python or NumPy lists of any depth, such as [[[1, 2], [3, 4]]].
#pragma once
#include <string_view>
#include <vector>

#include "core/arith/layer/shape.hpp"

namespace convloom::state {

struct Array {
    arith::Shape shape;  // of one row {n}, of a table {rows, columns}
    std::vector<float> values;
    bool has_planes = false;  // the text separates planes by “|”, so the first axis is that of channels
};

constexpr int most_array_axes = 5;

// Throws an Error of one sentence for text that is no array, or holds more than most_table_cells numbers.
Array read_array(std::string_view text);

}  // namespace convloom::state
