// update(): the only function that creates a new State from an old one.
//
// It is pure: no clock, no files, no randomness. It passes the action to its group (groups.hpp) and then adjusts what
// depends on any change, such as the moment and the title. A refused action leaves the State unchanged.
#pragma once
#include <vector>

#include "core/state/model/action.hpp"
#include "core/state/update/refused.hpp"

namespace convloom::state {

// The new State; if the action was refused, the old State and the reasons.
struct Outcome {
    State state;
    Problems problems;
};

Outcome update(const State& state, const Action& action);

}  // namespace convloom::state
