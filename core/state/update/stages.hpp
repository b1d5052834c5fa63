// Changes to the layers of a State together with their data. Cells keep their values by channel, row and column; new
// cells get the pattern of the State's seed.
//
// An invalid change leaves the State as it is and returns the reasons. Consequences, such as the channels of later
// layers, are applied with the change. Only files in this folder include this.
#pragma once
#include "core/state/model/state.hpp"
#include "core/state/update/refused.hpp"

namespace convloom::state {

// Replaces the stages, if they are valid. If the view cannot draw them, the best view is chosen.
Problems take_stages(State& state, std::vector<Stage> stages);

// Sets the input channels of the layers from `first` on. Layers keep their form: a depthwise layer stays depthwise.
void follow_channels(std::vector<Stage>& stages, std::size_t first, arith::Index in);

// The channels that come out of a layer and what stands after it.
arith::Index channels_after(const std::vector<Stage>& stages, int layer);

// What stands after the last layer and can only stand there, such as Flatten and what follows it, is taken from the
// stages, so that the end of the chain keeps it when the order changes.
arith::Betweens take_tail(std::vector<Stage>& stages);

// Whether the chain has such a layer; if not, the reason.
bool has_layer(const State& state, int number);
Problems no_layer(const State& state, int number);

// Makes another layer current, and switches to the volume view if the view cannot draw it.
void show_layer(State& state, int number, scene::Moment moment);

}  // namespace convloom::state
