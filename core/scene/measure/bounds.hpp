// How much of its page a scene covers, and the same scene on a page cut down to that.
//
// For figures that stand in a text, where an empty margin is in the way.
#pragma once
#include "core/scene/page/scene.hpp"

namespace convloom::scene {

// The smallest box, in page units, around all that is drawn, half of each line's width included; empty where
// nothing is.
Rect bounds(const Scene& scene);

// The same of one item on a plane.
Rect bounds(const Affine& to_page, const Item& item);

// The smallest box around both; an empty one does not count.
Rect around(const Rect& a, const Rect& b);

// Whether a straight line from one point to another comes into a box.
bool crosses(Point from, Point to, const Rect& box);

// The part of the page inside the box as a page of its own.
Scene cropped(Scene scene, const Rect& box);

}  // namespace convloom::scene
