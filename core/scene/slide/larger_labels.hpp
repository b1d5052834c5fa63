// Enlarges the labels of a figure that was scaled down, if there is room: a slide must be legible from the last row.
//
// Texts of one size on a plane grow together as long as none overlaps another text, leaves its cell or touches a grid
// that it did not touch before; texts that are still too small are removed. A text that continues another, such as the
// shape after a title, grows with it.
#pragma once
#include <vector>

#include "core/scene/page/scene.hpp"

namespace convloom::scene {

// In page units. `place` is the box that the labels must stay in. Texts smaller than `hopeless` times the wanted size
// are removed at once: in a cell they would fill it.
void enlarge_labels(std::vector<Plane>& planes, const Rect& place, double wanted, double least, double hopeless = 0.65);

// All texts larger by a factor, as far as they have room; none is removed.
void scale_labels(std::vector<Plane>& planes, const Rect& place, double factor);

}  // namespace convloom::scene
