// Adds the pixels to a photo that was read from a document, which stores only the path.
//
// It is not an action, because the user does not ask for it and undo must not revert it.
#pragma once
#include "core/state/model/state.hpp"

namespace convloom::state {

// The moment is adjusted if it refers to a step that does not exist.
void set_pixels(State& state, arith::Shared<image::Image> image);

}  // namespace convloom::state
