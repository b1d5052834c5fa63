// Shapes and cells: how many elements a tensor has along each axis, and where in it one element stands.
//
// Axis order is PyTorch's: (channels, *spatial), the last axis fastest. All counting is in signed 64 bits;
// products are checked, so a shape of 2^40 cells an axis is refused and never wraps around.
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

// The number of elements, or nothing where it exceeds 63 bits. An empty shape has one element.
std::optional<Index> element_count(const Shape& shape);

// "5×5", "3×224×224".
std::string to_text(const Shape& shape);

// The place of row-major element n in a box of the given extents, and back.
Cell cell_at(Index n, const Cell& extents, int rank);
Index index_of(const Cell& cell, const Cell& extents, int rank);

}  // namespace convloom::arith
