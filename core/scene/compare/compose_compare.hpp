// The compare view: two layers on the same input, with both windows of a step, both outputs with the cells that differ
// marked, and why they differ.
//
// The steps are those of the layer with more output cells (arith::walked); the other one's window is at the same output
// cell, if it has that cell. Its planes cannot be pointed at.
#pragma once
#include <string>

#include "core/arith/steps/recording.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

std::string not_compare(const arith::Layer& layer);
Scene compose_compare(const arith::Recording& a, const arith::Recording& b, const Moment& moment,
                      const ViewOptions& options);

}  // namespace convloom::scene
