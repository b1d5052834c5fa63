// Implementation of update() for each group of actions, in one file per group. It changes the State in place, or
// returns the reasons why not and leaves the State unchanged.
//
// Each file has an operator() for every action of its group, so a missing one is a compile error.
#pragma once
#include "core/state/model/action.hpp"
#include "core/state/update/refused.hpp"

namespace convloom::state {

Problems carry_out(State& state, const LayerAction& action);
Problems carry_out(State& state, const DataAction& action);
Problems carry_out(State& state, const LookAction& action);
Problems carry_out(State& state, const MomentAction& action);
Problems carry_out(State& state, const PhotoAction& action);

}  // namespace convloom::state
