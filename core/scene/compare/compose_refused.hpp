// The picture of a layer that cannot be: its input with the padding, the window over it, the cells that lack hatched,
// the numbers that contradict each other with their formula, and the nearest values that would do.
#pragma once
#include <vector>

#include "core/arith/layer/layer.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

// `problems` are those that check(layer) finds, at least one. Problems that have no picture are written only.
bool has_refused_picture(const arith::Layer& layer, const std::vector<arith::Problem>& problems);
Scene compose_refused(const arith::Layer& layer, const std::vector<arith::Problem>& problems,
                      const ViewOptions& options);

}  // namespace convloom::scene
