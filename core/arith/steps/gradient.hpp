// Backward through a layer: from the gradient of its output those of its input and of its weight.
//
// The one idea: an output cell's gradient g goes back along that cell's own taps. Each tap adds g·w to its input cell
// and g·x to its weight, so a backward pass is stepped like the forward one. Both are convolutions themselves: the
// input's a transposed one of the output's gradient, the weight's one of the input with it. The loss is whatever gave
// the output's gradient; it is not part of this.
#pragma once
#include "core/arith/steps/recording.hpp"

namespace convloom::arith {

struct Gradients {
    Tensor input, weight;
};

// What the first `steps` output cells give. Expects a layer with weights and `output` of its output's shape.
Gradients gradients_after(const Recording& recording, const Tensor& output, Index steps);
inline Gradients gradients(const Recording& recording, const Tensor& output) {
    return gradients_after(recording, output, recording.step_count());
}

// A small gradient to start from where there is no loss: whole numbers from -1 to 2 by their place.
Tensor given_gradient(const Layer& layer);

// The layer that makes the input's gradient out of the output's with the same weight; of a direct layer with zero
// padding a transposed one, of a transposed one a direct one.
Layer backward_layer(const Layer& layer);

}  // namespace convloom::arith
