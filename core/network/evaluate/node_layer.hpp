// The layer that a node of a network is: a convolution, a transposed one or a pooling.
#pragma once
#include <optional>
#include <string>

#include "core/arith/layer/layer.hpp"
#include "core/network/shapes/inference.hpp"

namespace convloom::network {

struct NodeLayer {
    std::optional<arith::Layer> layer;
    std::string fault;  // why there is none, as the end of a sentence
};

// The sizes of its input and output must be known. `Conv`, `ConvTranspose`, `MaxPool`, `AveragePool`, `GlobalMaxPool`,
// `GlobalAveragePool` and `LpPool` of rank 1 to 3.
NodeLayer layer_of(const Graph& graph, const Inference& inference, int node);

}  // namespace convloom::network
