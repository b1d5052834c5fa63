// The receptive field after each operator.
#pragma once
#include <vector>

#include "core/network/summary/summary.hpp"

namespace convloom::network {

// One per tensor; nothing where places are rearranged or nothing is known.
std::vector<std::optional<Reach>> reaches(const Graph& graph, const Inference& inference);

}  // namespace convloom::network
