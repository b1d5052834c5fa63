// Breaks a text of several sentences into lines: between words, in Chinese between characters, never before closing or
// after opening punctuation, nor inside a formula that fits on a line of its own.
//
// A formula is text joined by operators with spaces around them: "o = (i − k) + 1". One that is too wide is broken
// after an equals sign, else after a plus or minus outside of brackets. A no-break space (U+00A0) is never a break and
// becomes a plain space.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/scene/measure/text_metrics.hpp"

namespace convloom::scene {

// A word wider than the width gets a line of its own and overflows.
std::vector<std::string> wrapped(std::string_view utf8, double width, double size, Weight weight = Weight::regular);
// With any function that measures a line, for example with the window's fonts.
std::vector<std::string> wrapped(std::string_view utf8, double width,
                                 const std::function<double(const std::string&)>& width_of);

// The smallest width at which no formula and no word is broken.
double whole_width(std::string_view utf8, double size, Weight weight = Weight::regular);

}  // namespace convloom::scene
