// A State of layers in PyTorch's words, as the command line and links give them.
#pragma once
#include <string>
#include <string_view>

#include "core/state/model/state.hpp"

namespace convloom::state {

// What such a State is called.
constexpr std::string_view words_state_name = "layers";

// Channels and one to three sizes, as "1x5x5". Throws an Error.
arith::Shape read_input_shape(std::string_view text);

// Its title is the words where they are one short line. Throws an Error for words that are not understood, for layers
// that do not run and for those that are too large to be shown.
State state_of_words(const std::string& words, const arith::Shape& input);

}  // namespace convloom::state
