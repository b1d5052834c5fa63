// What differs between two States, in a few words: "Kernel size k: 3 → 5". For the list of what undo takes back.
//
// It looks at the States and not at the Actions between them, so that whatever is edited has its words.
#pragma once
#include <string>

#include "core/state/model/state.hpp"

namespace convloom::state {

// Of what is named first that differs. The States are not the same.
std::string change_words(const State& before, const State& after, scene::Language language);

}  // namespace convloom::state
