// Where two Scenes differ: the boxes to repaint to turn a picture of one into a picture of the other.
//
// Items are compared in order, plane by plane. The boxes are never too small; if items were inserted they can be larger
// than necessary.
#pragma once
#include <vector>

#include "core/scene/page/scene.hpp"

namespace convloom::scene {

// In page units. Expects Scenes with the same page and background; otherwise everything differs.
std::vector<Rect> differences(const Scene& before, const Scene& after);

}  // namespace convloom::scene
