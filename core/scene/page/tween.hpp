// The transition between two Scenes of one view: the window sliding from one step to the next.
//
// Items that both Scenes contain, matched by plane role, item role and kind, are interpolated; everything else is taken
// from the later Scene. There is no transition between Scenes of different layers or views.
#pragma once
#include "core/scene/page/scene.hpp"

namespace convloom::scene {

// t runs from 0, the places of the earlier Scene, to 1, the later Scene itself.
Scene between(const Scene& earlier, const Scene& later, double t);

// Whether a transition makes sense: the page is the same and most planes are at the same places.
bool is_near(const Scene& earlier, const Scene& later);

}  // namespace convloom::scene
