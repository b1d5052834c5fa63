// The meaning of the cells of the matrices in compose_matrix and compose_im2col. Used by pointing.hpp only.
//
// A place in a matrix is a row and a column; the functions map it to a cell of the layer's tensors without computing
// any value. They draw nothing.
#pragma once
#include <optional>

#include "core/arith/steps/recording.hpp"
#include "core/arith/steps/ties.hpp"
#include "core/scene/layout/sliding.hpp"
#include "core/scene/page/role.hpp"

namespace convloom::scene {

// Whether a plane shows a matrix. The functions below are for such planes only.
bool is_matrix(Content content);

arith::Part part_of(Content sheet);
Place size_of(Content sheet, const arith::Layer& layer);

// The cell at a place within that size; nothing for a structural zero or an inserted zero.
std::optional<arith::CellName> cell_of(Content sheet, const arith::Layer& layer, const arith::Step& step, int row,
                                       int column);

}  // namespace convloom::scene
