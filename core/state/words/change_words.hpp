// Describes the difference between two States in a few words, "Kernel size k: 3 → 5", for the list of edits to undo.
//
// It compares States instead of reading the Actions between them, so every kind of edit has a description.
#pragma once
#include <string>

#include "core/state/model/state.hpp"

namespace convloom::state {

// Describes the first difference found. The States must differ.
std::string change_words(const State& before, const State& after, scene::Language language);

}  // namespace convloom::state
