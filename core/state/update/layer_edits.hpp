// Changes of a chain's layers, with their data: what update() does when a number of a layer is set. Values stay where
// they were in their tensors, by channel, row and column; cells that are new get the pattern of the State's seed.
//
// A change that does not run leaves the State alone and gives the reasons. What follows from a change, as the
// channels of the layers after it, is changed with it. Only update.cpp includes this.
#pragma once
#include <vector>

#include "core/state/model/action.hpp"

namespace convloom::state {

using Problems = std::vector<arith::Problem>;

// Takes these stages over, if they run. Where the view cannot draw them, the one that shows most takes its place.
Problems take_stages(State& state, std::vector<Stage> stages);

// Layers from `first` on take the channels that come to them and keep their kind: a depthwise one stays depthwise.
void follow_channels(std::vector<Stage>& stages, std::size_t first, arith::Index in);

Problems add_layer(State& state, const AddLayer& wanted);
Problems remove_layer(State& state, const RemoveLayer& wanted);
Problems move_layer(State& state, const MoveLayer& wanted);
Problems duplicate_layer(State& state, const DuplicateLayer& wanted);

Problems set_channels(State& state, const SetChannels& wanted);
Problems set_op(State& state, arith::Op op);
Problems set_bias(State& state, bool on);

Problems set_cells(State& state, const SetCells& wanted);
Problems set_table(State& state, const SetTable& wanted);
Problems fill_pattern(State& state, const FillPattern& wanted);
Problems fill_kernel(State& state, const FillKernel& wanted);

}  // namespace convloom::state
