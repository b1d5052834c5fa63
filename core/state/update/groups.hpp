// What update() does for each group of actions, a file each: it changes the State in place, or gives the reasons why
// not, and then leaves it as it was.
//
// Each file has an operator() for every action of its group, so that one that is forgotten does not compile.
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
