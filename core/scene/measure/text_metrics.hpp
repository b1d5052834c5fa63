// The width of a text, so that views can lay out lines and tests can check for overlapping labels.
//
// The widths are those of the embedded fonts, kept here as a table so that the core needs no font library and every
// page has the same layout on every machine.
#pragma once
#include <string>
#include <string_view>

#include "core/scene/page/scene.hpp"

namespace convloom::scene {

// The advance width, in the units of size.
double text_width(std::string_view utf8, double size, Weight weight = Weight::regular);

// Height of a capital letter and of a digit above the baseline.
constexpr double cap_height(double size) {
    return 0.714 * size;
}

// The text, or as much of its beginning as fits into a width, followed by an ellipsis.
std::string shortened(std::string_view utf8, double width, double size, Weight weight = Weight::regular);

// The bounding box of a text, in its plane's units.
Rect text_box(const Text& text);

// The next character of a UTF-8 string, which is advanced past it; U+FFFD for an invalid one.
char32_t next_character(std::string_view& utf8);

// The baseline that centres figures and capitals on y.
constexpr double centred_baseline(double y, double size) {
    return y + 0.357 * size;
}

}  // namespace convloom::scene
