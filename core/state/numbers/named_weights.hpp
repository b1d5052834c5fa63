// Weights by name, as the files of trained networks hold them, for the layers of a State.
#pragma once
#include <string>
#include <vector>

#include "core/state/model/state.hpp"

namespace convloom::state {

struct NamedArray {
    std::string name;  // "conv1.weight"; empty for a file of one array
    arith::Tensor tensor;
};

struct NamedWeights {
    std::string from;    // names them in a refusal: "--weights model.npz"
    std::string prefix;  // only arrays of this name or below it, such as "layer1.0"; all if it is empty
    std::vector<NamedArray> arrays;
};

// Each layer with weights takes the next array of its weight's shape, in the order of the names with their numbers
// counted (conv2 before conv10), and the bias that stands beside it; a layer without one gets zeros. Weights in Keras's
// order, (kernel, in, out), are taken as well. Throws an Error that names the first layer for which there is none.
void set_named_weights(State& state, const NamedWeights& weights);

}  // namespace convloom::state
