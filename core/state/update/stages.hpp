// The layers of a State with their data, changed as a whole. Values stay where they were in their tensors, by channel,
// row and column; cells that are new get the pattern of the State's seed.
//
// A change that does not run leaves the State alone and gives the reasons. What follows from a change, as the
// channels of the layers after it, is changed with it. Only the files of this folder include this.
#pragma once
#include "core/state/model/state.hpp"
#include "core/state/update/refused.hpp"

namespace convloom::state {

// Takes these stages over, if they run. Where the view cannot draw them, the one that shows most takes its place.
Problems take_stages(State& state, std::vector<Stage> stages);

// Layers from `first` on take the channels that come to them and keep their kind: a depthwise one stays depthwise.
void follow_channels(std::vector<Stage>& stages, std::size_t first, arith::Index in);

// Whether the chain has such a layer, and the reason why not.
bool has_layer(const State& state, int number);
Problems no_layer(const State& state, int number);

// Another layer of the chain is stepped through; the volume view draws every one.
void show_layer(State& state, int number, scene::Moment moment);

}  // namespace convloom::state
