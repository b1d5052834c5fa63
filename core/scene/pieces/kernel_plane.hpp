// The kernel of a layer as a flat grid of its weights, as views show it beside the input.
#pragma once
#include "core/arith/steps/recording.hpp"
#include "core/scene/layout/sliding.hpp"
#include "core/scene/looks/value_map.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

// The kernel as it lies on the input, a flat grid of weights, top left corner at `at`; the cell of this moment's
// tap stands out. Nothing but the empty plane for a pooling, which has no weights.
Plane kernel_plane(const arith::Recording& recording, const Sliding& sliding, const Moment& moment, Point at,
                   double cell_px, const Theme& theme, const std::optional<ValueMap>& map);

}  // namespace convloom::scene
