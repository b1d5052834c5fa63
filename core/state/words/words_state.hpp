// Creates a State from layers in PyTorch code, as given on the command line and in links.
//
// torch_words.hpp reads the code and build.hpp makes the State; this adds the input's shape, the title and the limits.
#pragma once
#include <string>
#include <string_view>

#include "core/state/model/state.hpp"

namespace convloom::state {

// The name of such a State.
constexpr std::string_view words_state_name = "layers";

// Reads the channels and one to three sizes, as in "1x5x5". Throws an Error.
arith::Shape read_input_shape(std::string_view text);

// Whether layers typed as code can be the title of their State: one line of at most 80 bytes.
bool can_be_title(std::string_view words);

// The title is the code, if it is one short line. Throws an Error for code that is not understood, for layers that
// cannot be computed, and for layers too large to show.
State state_of_words(const std::string& words, const arith::Shape& input);

}  // namespace convloom::state
