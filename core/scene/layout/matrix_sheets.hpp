// What the cells of the matrices mean that a layer is drawn as (compose_matrix, compose_im2col): for pointing.hpp
// alone.
#pragma once
#include <optional>

#include "core/arith/steps/recording.hpp"
#include "core/arith/steps/ties.hpp"
#include "core/scene/layout/sliding.hpp"
#include "core/scene/page/role.hpp"

namespace convloom::scene {

// Whether a plane's cells are a matrix's. The functions below are for such planes alone.
bool is_matrix(Content content);

arith::Part part_of(Content sheet);
Place size_of(Content sheet, const arith::Layer& layer);

// What is at a place inside that size; nothing where no cell is: a structural zero, a zero put in.
std::optional<arith::CellName> cell_of(Content sheet, const arith::Layer& layer, const arith::Step& step, int row,
                                       int column);

}  // namespace convloom::scene
