// What the cells of the matrices mean that a layer is drawn as (compose_matrix, compose_im2col): for pointing.hpp
// alone.
#pragma once
#include <optional>
#include <string_view>

#include "core/arith/steps/recording.hpp"
#include "core/arith/steps/ties.hpp"
#include "core/scene/layout/sliding.hpp"

namespace convloom::scene {

enum class MatrixSheet { flat_input, flat_output, unrolled, columns, filters, products };

// By the plane's name: "flat input", "unrolled", "columns".
std::optional<MatrixSheet> matrix_sheet_named(std::string_view name);

arith::Part part_of(MatrixSheet sheet);
Place size_of(MatrixSheet sheet, const arith::Layer& layer);

// What is at a place inside that size; nothing where no cell is: a structural zero, a zero put in.
std::optional<arith::CellName> cell_of(MatrixSheet sheet, const arith::Layer& layer, const arith::Step& step, int row,
                                       int column);

}  // namespace convloom::scene
