// The backward pass of a layer: the gradients of its input and weight from the gradient of its output.
//
// The one idea: the gradient g of an output cell goes back along the taps of that cell. Each tap adds g·w to its input
// cell and g·x to its weight, so the backward pass has the same steps as the forward pass. Both results are
// convolutions: the input's gradient is a transposed convolution of the output's gradient, the weight's gradient a
// convolution of the input with it. The loss that produced the output's gradient is not part of this.
#pragma once
#include "core/arith/steps/recording.hpp"

namespace convloom::arith {

struct Gradients {
    Tensor input, weight;
};

// The gradients after the first `steps` output cells. Expects a layer with weights and `output` of its output's shape.
Gradients gradients_after(const Recording& recording, const Tensor& output, Index steps);
inline Gradients gradients(const Recording& recording, const Tensor& output) {
    return gradients_after(recording, output, recording.step_count());
}

// An example gradient for use without a loss: integers from -1 to 2 that depend on the position.
Tensor given_gradient(const Layer& layer);

// The layer that computes the input's gradient from the output's with the same weight: transposed for a direct layer
// with zero padding, direct for a transposed layer.
Layer backward_layer(const Layer& layer);

}  // namespace convloom::arith
