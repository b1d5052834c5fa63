// The desktop window: opens on a preset or a file and runs until it is closed.
#pragma once
#include <string>

#include "core/state/model/state.hpp"

namespace convloom::gui {

// Opens on the preset named, or the file (a photo, a state or a link), or the opening preset where both are empty.
// Throws an Error for a preset or a file that is not good; gives false, having said so in one sentence on
// standard error, where there is no screen or no OpenGL that will do.
bool run_window(const std::string& preset, const std::string& file);
// The same on a State that is not in a file.
bool run_window(const state::State& first);

}  // namespace convloom::gui
