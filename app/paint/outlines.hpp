// Texts as outlines of their glyphs, for files that are shown where the fonts are missing.
#pragma once
#include <cstddef>
#include <vector>

#include "core/scene/page/scene.hpp"

namespace convloom::paint {

// A command of an SVG path with its points in ems from the text's anchor, y down: M, L, Q, C, or Z without points.
struct GlyphStroke {
    char command = 'Z';
    std::size_t count = 0;
    scene::Point points[3];
};
std::vector<GlyphStroke> outlines_of(const scene::Text& text);

}  // namespace convloom::paint
