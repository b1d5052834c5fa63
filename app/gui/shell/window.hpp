// The desktop window: opens on a preset or a file and runs until it is closed.
#pragma once
#include <string>

namespace convloom::gui {

// Opens the named preset, or the file (a photo or a state), or the opening preset if both are empty. Throws an Error
// for an invalid preset or file; returns false, after one sentence on standard error, if there is no screen or no
// suitable OpenGL.
bool run_window(const std::string& preset, const std::string& file);

}  // namespace convloom::gui
