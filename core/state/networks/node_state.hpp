// A layer of a network as a State: with its own weights, and with the input that it has in the network.
#pragma once
#include <optional>
#include <string>

#include "core/arith/layer/tensor.hpp"
#include "core/network/evaluate/evaluate.hpp"
#include "core/network/evaluate/layer_part.hpp"
#include "core/network/evaluate/node_layer.hpp"
#include "core/state/model/state.hpp"

namespace convloom::state {

// A layer with its tensors, of one sample.
struct LayerValues {
    arith::Layer layer;
    arith::Tensor input, weight;
    std::optional<arith::Tensor> bias;
    arith::Tensor output;
};

// The tensors of a node that is a layer, of the first sample. Throws an Error, the first fault, if one of them has no
// values.
LayerValues layer_values(const network::Graph& graph, int node, const network::NodeLayer& layer,
                         const network::Evaluation& made);

// What a State can hold of the layer: all of it, or some channels of cells in its middle.
network::OutputPart shown_part(const arith::Layer& layer);

// The part of the layer at the step whose value is largest. The title is the user's own, since it names the network.
// Throws an Error if the part does not exist or is too large to be shown.
State state_of_layer(const LayerValues& values, const network::OutputPart& part, std::string title);

}  // namespace convloom::state
