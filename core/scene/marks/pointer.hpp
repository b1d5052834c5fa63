// An arrow from one place of a figure to another.
#pragma once
#include <algorithm>
#include <cmath>
#include <string>

#include "core/scene/page/scene.hpp"

namespace convloom::scene {

// Its head is never longer than most of it.
inline void add_pointer(Plane& page, const std::string& name, Point from, Point to, Color color, double width_px,
                        double dashes_px = 0) {
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    if (length < 2) return;
    const double x = (to.x - from.x) / length, y = (to.y - from.y) / length,
                 head = std::min(5 + 2 * width_px, 0.7 * length);
    const Point neck{to.x - head * x, to.y - head * y};
    page.items.push_back(Line{name, {from, neck}, false, {color, width_px, dashes_px}});
    page.items.push_back(Shape{name + " head",
                               Shape::Kind::polygon,
                               {to,
                                {neck.x - head * 0.45 * y, neck.y + head * 0.45 * x},
                                {neck.x + head * 0.45 * y, neck.y - head * 0.45 * x}},
                               {},
                               0,
                               color,
                               {}});
}

}  // namespace convloom::scene
