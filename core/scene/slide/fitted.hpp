// A figure of a page of several: fitted into its place, with labels that can be read there.
#pragma once
#include <string>

#include "core/scene/page/scene.hpp"

namespace convloom::scene {

// `box` of the figure's page into `place`, without its header. Labels become as large as `wanted`, if they have room,
// and those that stay below `least` are left out, sums only as a whole.
Scene fitted_figure(Scene figure, const Rect& box, const Rect& place, double largest, double wanted, double least);

// The height of a caption in a page's margins, and its lines from a baseline on.
constexpr double caption_line = 1.45;  // of its size
double caption_height(const std::string& caption, double width_of_page);
void add_caption(Plane& page, const std::string& caption, Point at, double width, Color color);

}  // namespace convloom::scene
