#include "core/arith/layer/shape.hpp"

#include <fmt/format.h>

namespace convloom::arith {

std::optional<Index> element_count(const Shape& shape) {
    Index count = 1;
    for (Index extent : shape)
        if (extent < 0 || __builtin_mul_overflow(count, extent, &count)) return std::nullopt;
    return count;
}

std::string to_text(const Shape& shape) {
    return fmt::format("{}", fmt::join(shape, "×"));
}

Cell cell_at(Index n, const Cell& extents, int rank) {
    Cell cell{};
    for (int axis = rank - 1; axis >= 0; --axis) {
        cell[axis] = n % extents[axis];
        n /= extents[axis];
    }
    return cell;
}

Index index_of(const Cell& cell, const Cell& extents, int rank) {
    Index n = 0;
    for (int axis = 0; axis < rank; ++axis) n = n * extents[axis] + cell[axis];
    return n;
}

}  // namespace convloom::arith
