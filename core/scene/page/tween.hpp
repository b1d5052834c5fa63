// Between two Scenes of the same view: what the window shows while it slides from one step to the next.
//
// Items that both have, by the roles of plane and item and by kind, move; everything else is the later Scene's at once.
// A Scene whose planes lie elsewhere, another layer or view, is not slid to.
#pragma once
#include "core/scene/page/scene.hpp"

namespace convloom::scene {

// t from 0, the earlier one's places, to 1, the later Scene itself.
Scene between(const Scene& earlier, const Scene& later, double t);

// Whether sliding makes sense: the same page and planes, most places kept.
bool is_near(const Scene& earlier, const Scene& later);

}  // namespace convloom::scene
