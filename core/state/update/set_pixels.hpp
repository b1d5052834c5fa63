// Gives a photo that was read from a document its pixels, which are in a file of their own.
#pragma once
#include "core/state/model/state.hpp"

namespace convloom::state {

// The State gets a place in them that there is.
void set_pixels(State& state, arith::Shared<image::Image> image);

}  // namespace convloom::state
