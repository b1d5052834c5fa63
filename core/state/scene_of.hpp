// From a State to what is drawn for it. The window keeps the costly part, a filtered photo, between calls.
#pragma once
#include "core/scene/view.hpp"
#include "core/state/state.hpp"

namespace convloom::state {

// Filters the photo's working picture. Expects photo.working.
scene::PhotoFigure photo_figure(const Photo& photo);

// The Scene of a state. `figure`, where given, is photo_figure(*state.photo) from before.
scene::Scene scene_of(const State& state, const scene::PhotoFigure* figure = nullptr);

}  // namespace convloom::state
