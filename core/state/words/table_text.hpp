// A table of numbers as people copy it: cells of a spreadsheet (tabs and lines), numbers apart by spaces, commas or
// semicolons, or a Python or NumPy list as [[1, 2], [3, 4]]. And back, as a Python list.
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

// At most this many cells are taken.
constexpr arith::Index most_table_cells = 1 << 20;

// Throws an Error, in one sentence with the place, for what is no number, rows of different lengths, several planes
// at once, and nothing at all.
Table read_table(std::string_view text);

// "[[1, 2], [3, 4]]"; one row is "[1, 2]". Shortest numbers that read back as the same.
std::string list_text(const Table& table);

}  // namespace convloom::state
