// Where two Scenes differ: what has to be painted anew, so that a picture of the one becomes one of the other.
//
// Items are compared in their order, plane by plane. The boxes are never too small; where items were put in between
// they can be larger than need be.
#pragma once
#include <vector>

#include "core/scene/page/scene.hpp"

namespace convloom::scene {

// In page units. Only of Scenes of the same page and background; of others everything differs.
std::vector<Rect> differences(const Scene& before, const Scene& after);

}  // namespace convloom::scene
