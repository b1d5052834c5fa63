// Texts and numbers as the formats write them that are text.
#pragma once
#include <string>
#include <string_view>

#include "core/scene/page/scene.hpp"

namespace convloom::paint {

// With the five characters that XML reserves as entities, and without control characters, which XML 1.0 cannot hold.
std::string xml_escaped(std::string_view text);

// At most three decimals, no trailing zeros: half a thousandth of a page unit is invisible.
std::string num(double value);
void add_num(std::string& out, double value);

// "1b1f24".
std::string hex_of(scene::Color color);

// The heading that a reader sees above the figure, with the moment, such as "Dilation of 2, step 5 of 9"; the scene's
// own sentence if it has no heading.
std::string heading_of(const scene::Scene& scene);

// Whether a text of the scene has characters that no Latin font has.
bool has_chinese(const scene::Scene& scene);

}  // namespace convloom::paint
