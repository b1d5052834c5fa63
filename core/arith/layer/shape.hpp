// Shapes and cells: the number of elements of a tensor along each axis, and the position of one element.
//
// The axis order is PyTorch's: (channels, *spatial), with the last axis contiguous. All counts are signed 64-bit
// integers, and products are checked, so a shape of 2^40 cells per axis is rejected instead of overflowing.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace convloom::arith {

using Index = std::int64_t;
using Shape = std::vector<Index>;

// A spatial position of rank 1 to 3; axes beyond the rank are 0.
constexpr int max_rank = 3;
using Cell = std::array<Index, max_rank>;

// The number of elements, or nothing if it exceeds 63 bits. An empty shape has one element.
std::optional<Index> element_count(const Shape& shape);

// "5×5", "3×224×224".
std::string to_text(const Shape& shape);

// Converts between row-major element n of a box with the given extents and its position.
Cell cell_at(Index n, const Cell& extents, int rank);
Index index_of(const Cell& cell, const Cell& extents, int rank);

}  // namespace convloom::arith
