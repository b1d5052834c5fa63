// The kernel of a layer as a flat grid of its weights, which views show beside the input.
//
// It shows the kernel as it lies on the input, so for a transposed layer rotated by 180°, and one channel of it.
#pragma once
#include "core/arith/steps/recording.hpp"
#include "core/scene/layout/sliding.hpp"
#include "core/scene/looks/value_map.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

// The kernel as it lies on the input, with its top left corner at `at` and the cell of the current tap emphasized. For
// a pooling, which has no weights, the plane is empty.
Plane kernel_plane(const arith::Recording& recording, const Sliding& sliding, const Moment& moment, Point at,
                   double cell_px, const Theme& theme, const std::optional<ValueMap>& map);

}  // namespace convloom::scene
