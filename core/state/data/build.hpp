// Creates a State from layers only: the data is the pattern of small integers, the view the most detailed one possible.
//
// Used for layers given as PyTorch code, by the tour and by the window. too_large() is also the limit for States that
// are read from files or changed by actions.
#pragma once
#include "core/state/model/state.hpp"

namespace convloom::state {

// Expects a chain without problems. Throws an Error if its tensors are too large to be shown.
State state_of_chain(const arith::Chain& given, std::string title);

// Why the chain is too large to be shown, with its size, or an empty text. The limit exists because a State holds its
// tensors in memory and the layers before the current one are computed.
std::string too_large(const arith::Chain& chain);

// Chain for several layers, signal for rank 1, flat for one channel, otherwise volume.
scene::View best_view(const arith::Chain& chain);

}  // namespace convloom::state
