// Scene -> SVG text that browsers, Inkscape, PowerPoint and Keynote open: real <text>, classes with the names
// of planes and items, no CSS and no ids, so that many can stand in one page.
//
// Geometry is written in page coordinates; only sheared text and pictures carry a transform. The same scene
// gives the same bytes.
#pragma once
#include <string>

#include "core/scene/page/scene.hpp"

namespace convloom::paint {

struct SvgOptions {
    int width = 1920, height = 1080;  // of the picture when shown at its own size, in px
    bool transparent = false;         // leave the background out
    double dpi = 0;                   // pixels in an inch, for a size on paper; 0 for none
    bool outlines = false;            // texts as outlines of their glyphs, for viewers without the fonts
};

std::string to_svg(const scene::Scene& scene, const SvgOptions& options = {});

}  // namespace convloom::paint
