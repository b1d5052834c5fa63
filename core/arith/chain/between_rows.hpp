// For the files that hold rows of the table of betweens: the rows of each, and what their functions share.
#pragma once
#include <fmt/format.h>

#include <string>

#include "core/arith/chain/between_kinds.hpp"
#include "core/arith/layer/counts.hpp"

namespace convloom::arith {

std::span<const BetweenKind> activation_rows();
std::span<const BetweenKind> normalization_rows();
std::span<const BetweenKind> padding_rows();
std::span<const BetweenKind> shape_rows();

// A problem whose sentence begins with the title of the between.
Problem between_problem(std::string sentence);

// Each cell of an axis comes from all cells.
BetweenGrid whole_grid(const Between& between, const Shape& shape, int axis);

// The axis of the shape that an argument names in PyTorch's way: from 0, which is the batch, or from the end. If it is
// None, `otherwise`.
struct BetweenAxis {
    int axis = 0;
    std::optional<Problem> problem;
};
BetweenAxis axis_of(const Between& between, std::string_view key, const Shape& shape, int otherwise);

// Why a between of rank 2 cannot take a shape that is not channels and 2 sizes.
std::optional<Problem> rank_problem(const Between& between, const Shape& shape);

}  // namespace convloom::arith
