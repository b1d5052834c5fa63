// update(): the one function that makes a new State out of an old one. Pure: no clock, no file, no chance.
#pragma once
#include <vector>

#include "core/state/model/action.hpp"

namespace convloom::state {

// The new state; where the action was refused, the old one and the reasons.
struct Outcome {
    State state;
    std::vector<arith::Problem> problems;
};

Outcome update(const State& state, const Action& action);

}  // namespace convloom::state
