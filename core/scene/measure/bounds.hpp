// How much of its page a scene covers, and cropping it to that.
//
// For figures inside a text, where an empty margin is unwanted.
#pragma once
#include "core/scene/page/scene.hpp"

namespace convloom::scene {

// The smallest box, in page units, around everything drawn, including half of each line's width; empty if nothing is
// drawn.
Rect bounds(const Scene& scene);

// The same of one item on a plane.
Rect bounds(const Affine& to_page, const Item& item);

// The smallest box around both; an empty one is ignored.
Rect around(const Rect& a, const Rect& b);

// Whether a straight line from one point to another comes into a box.
bool crosses(Point from, Point to, const Rect& box);

// The part of the page inside the box as a page of its own.
Scene cropped(Scene scene, const Rect& box);

}  // namespace convloom::scene
