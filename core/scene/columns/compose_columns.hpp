// The im2col view of an unfold or a fold, whose own tensor is the matrix of windows: the picture beside the matrix,
// with the window of a step and its column.
#pragma once
#include <string>

#include "core/scene/looks/moment.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

// Why the layer's matrix cannot be drawn; empty if it can.
std::string not_columns(const arith::Layer& layer);
Scene compose_columns(const arith::Recording& recording, const Moment& moment, const ViewOptions& options);

}  // namespace convloom::scene
