// The desktop window: opens on a preset or a file and runs until it is closed.
#pragma once
#include <optional>
#include <string>

#include "core/state/model/state.hpp"

namespace convloom::gui {

// What the window opens on: the preset named, a State that is in no file, or a file: a photo, a state, a link or a
// network. The opening preset where all are empty.
struct Start {
    std::string preset, file;
    std::optional<state::State> state;
    // Of a network: its input, and how that is normalised and fitted; empty for the usual ones.
    std::string photo, normalisation, fit;
};

// Throws an Error for a preset or a file that is not good; gives false, having said so in one sentence on standard
// error, where there is no screen or no OpenGL that will do.
bool run_window(const Start& start);

}  // namespace convloom::gui
