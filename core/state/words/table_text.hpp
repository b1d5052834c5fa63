// Reads tables of numbers as people copy them: spreadsheet cells (tabs and lines), numbers separated by spaces, commas
// or semicolons, or a Python or NumPy list such as [[1, 2], [3, 4]]. Writes them as a Python list.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/arith/layer/shape.hpp"

namespace convloom::state {

struct Table {
    arith::Index rows = 0, columns = 0;
    std::vector<float> values;  // row-major
    friend bool operator==(const Table&, const Table&) = default;
};

// Larger tables are refused.
constexpr arith::Index most_table_cells = 1 << 20;

// Throws an Error of one sentence, with the position, for text that is not a number, rows of different lengths, several
// planes at once, and empty text.
Table read_table(std::string_view text);

// "[[1, 2], [3, 4]]"; one row is "[1, 2]". Numbers are the shortest that read back exactly.
std::string list_text(const Table& table);

}  // namespace convloom::state
