// The maps view: all channels of a layer's output as small pictures, beside its input and its filters, so that it is
// seen what each filter finds. The whole output is shown at every step; the step's window, map and cell are marked.
#pragma once
#include <string>

#include "core/arith/steps/recording.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

std::string not_maps(const arith::Layer& layer);
Scene compose_maps(const arith::Recording& recording, const Moment& moment, const ViewOptions& options);

}  // namespace convloom::scene
