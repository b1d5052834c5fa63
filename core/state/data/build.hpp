// A State made from layers alone: its data are the small whole numbers of a pattern, its view the one that shows most.
#pragma once
#include "core/state/model/state.hpp"

namespace convloom::state {

// Expects a chain without problems. Throws an Error where its tensors are too large to be shown.
State state_of_chain(const arith::Chain& chain, std::string title);

// Why the chain is too large to be shown, with its size, or an empty text: a State holds its tensors in memory and
// computes what comes before the layer shown.
std::string too_large(const arith::Chain& chain);

// Chain for several layers, signal for rank 1, flat for one channel, else volume.
scene::View best_view(const arith::Chain& chain);

}  // namespace convloom::state
