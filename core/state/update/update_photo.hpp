// update() for a photo's actions: each changes the State in place or gives the reasons why not, in which case it
// changes nothing.
#pragma once
#include <vector>

#include "core/state/model/photo_action.hpp"
#include "core/state/model/state.hpp"

namespace convloom::state {

using Problems = std::vector<arith::Problem>;

Problems take_photo(State& state, const OpenPhoto&);
Problems take_photo(State& state, const SetFilter&);
Problems take_photo(State& state, const SetFilterParameter&);
Problems take_photo(State& state, const SetFilterOptions&);
Problems take_photo(State& state, const SetFilterKernels&);
Problems take_photo(State& state, const SetFilterWeight&);
Problems take_photo(State& state, const ReworkKernel&);
Problems take_photo(State& state, const AddFilter&);
Problems take_photo(State& state, const RemoveFilter&);
Problems take_photo(State& state, const MoveFilter&);
Problems take_photo(State& state, const SwitchFilter&);
Problems take_photo(State& state, const SelectFilter&);
Problems take_photo(State& state, const SetFilterStack&);
Problems take_photo(State& state, const SetShownAs&);
Problems take_photo(State& state, const SetPhotoLook&);
Problems take_photo(State& state, const SetWipe&);
Problems take_photo(State& state, const SetPhotoChannel&);
Problems take_photo(State& state, const SetPhotoKernel&);
Problems take_photo(State& state, const SetHistograms&);
Problems take_photo(State& state, const SetPhotoPart&);
Problems take_photo(State& state, const ZoomPhoto&);

template <class Action>
concept PhotoAction = requires(State& state, const Action& action) {
    take_photo(state, action);
};

// Gives a photo of a file its pixels, and the State a place in them that there is.
void set_pixels(State& state, arith::Shared<image::Image> image);

// Puts the moment, and that of the layer or the photo which is not shown, where there is a step.
void settle_moments(State& state);

}  // namespace convloom::state
