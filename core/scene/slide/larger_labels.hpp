// Labels of a figure that was made smaller, made larger again where they have room: a slide is read from the last row.
//
// Texts of one size on a plane grow together as far as none comes over another text, out of its cell or over a grid
// that it did not touch before; what then still is too small goes. Only compose_slide.cpp includes this.
#pragma once
#include <vector>

#include "core/scene/page/scene.hpp"

namespace convloom::scene {

// In page units. `place` is what the labels may not grow out of.
void enlarge_labels(std::vector<Plane>& planes, const Rect& place, double wanted, double least);

}  // namespace convloom::scene
