// A text of several sentences broken into lines of a width: between words, in Chinese between characters, never before
// a closing sign or after an opening one.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/scene/text_metrics.hpp"

namespace convloom::scene {

// A word wider than the width has a line of its own and sticks out.
std::vector<std::string> wrapped(std::string_view utf8, double width, double size, Weight weight = Weight::regular);

}  // namespace convloom::scene
