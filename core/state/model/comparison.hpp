// The layer that the compare view shows beside the current one, with its data, and which of the two is stepped through.
//
// Both have the same input, weight and bias. Where a kernel has another size, cells keep their values and new cells get
// the pattern of the State's seed, as after a change of the current layer.
#pragma once
#include "core/state/model/state.hpp"

namespace convloom::state {

// The chosen layer, or the usual contrast of the current one.
arith::Layer compared_layer(const State& state);
// `input` is that of the current layer.
arith::Recording compared_recording(const State& state, arith::Shared<arith::Tensor> input);

// The layer whose steps the moment counts: the current one, or in the compare view the one with more output cells.
arith::Layer stepped_layer(const State& state);

// Why a layer cannot be shown beside the current one, as a sentence; empty if it can.
std::string not_shown_beside(const State& state, const arith::Layer& layer);

// Keeps the moment at the same output cell if another layer is stepped through than in `before`.
void keep_cell(State& state, const State& before);
// Changes the view and keeps the moment at the same output cell, since two views may step through different layers.
void show_view(State& state, scene::View view);

}  // namespace convloom::state
