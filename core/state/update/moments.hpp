// Keeps the moments of a State valid after any change: they must refer to existing steps, taps and cells. Called by
// update() and set_pixels(). Only files in this folder include this.
#pragma once
#include "core/state/model/state.hpp"

namespace convloom::state {

// Whether a tensor of this shape, channels first, contains the cell.
bool has_cell(const arith::Shape& shape, const arith::Cell& at);

// Makes the moment, and the one that is not shown, refer to existing steps.
void settle_moments(State& state);

// Clears the chosen input cell if a step is chosen, or if the input no longer contains it.
void settle_input_cell(State& state, const scene::Moment& before);

}  // namespace convloom::state
