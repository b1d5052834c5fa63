// A text of several sentences broken into lines of a width: between words, in Chinese between characters, never before
// a closing sign or after an opening one, nor in the middle of a formula that has room on a line of its own.
//
// A formula is what signs with spaces around them hold together: "o = (i − k) + 1". One that is too wide is broken
// after an equals sign, else after a plus or minus outside of brackets. A no-break space (U+00A0) is never broken at
// and comes out plain.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/scene/measure/text_metrics.hpp"

namespace convloom::scene {

// A word wider than the width has a line of its own and sticks out.
std::vector<std::string> wrapped(std::string_view utf8, double width, double size, Weight weight = Weight::regular);
// By whatever measures a line, as the window's fonts do.
std::vector<std::string> wrapped(std::string_view utf8, double width,
                                 const std::function<double(const std::string&)>& width_of);

// The least width in which no formula and no word is broken.
double whole_width(std::string_view utf8, double size, Weight weight = Weight::regular);

}  // namespace convloom::scene
