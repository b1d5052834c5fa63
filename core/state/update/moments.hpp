// Keeps a State's place in time one that there is, whatever else was changed. Only the files of this folder include
// this.
#pragma once
#include "core/state/model/state.hpp"

namespace convloom::state {

// Whether a tensor of this shape, whose channels come first, has such a cell in each of them.
bool has_cell(const arith::Shape& shape, const arith::Cell& at);

// Puts the moment, and that of the layer or the photo which is not shown, where there is a step.
void settle_moments(State& state);

// Lets go of the input's chosen cell once a step is gone to, or an input that has become smaller lacks it.
void settle_input_cell(State& state, const scene::Moment& before);

}  // namespace convloom::state
