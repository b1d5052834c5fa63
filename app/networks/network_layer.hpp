// A network's nodes that are layers: their names, and their values as a layer that can be stepped through.
#pragma once
#include <string>
#include <vector>

#include "app/networks/network_file.hpp"
#include "core/network/evaluate/evaluate.hpp"
#include "core/network/evaluate/node_layer.hpp"
#include "core/state/networks/node_state.hpp"

namespace convloom::networks {

// As the user can name it: the node's own name, or that of its output.
std::string node_name(const NetworkFacts& facts, int node);
// The nodes that can be shown as layers: what slides, and fully connected layers.
std::vector<int> layers_of(const NetworkFacts& facts);
// “conv1”, “pool1” and 5 more.
std::string layer_list(const NetworkFacts& facts);

// By the name of the node or of its output; throws an Error that names the layers if there is none.
int node_named(const NetworkFacts& facts, const std::string& name);
// Throws an Error if it is not a layer.
network::NodeLayer layer_of_node(const NetworkFacts& facts, int node);

// "conv1[3, 4:7, 7:11] · model.onnx", as far as a title can be as long; `part` is the text in brackets, or empty.
std::string layer_title(const NetworkFacts& facts, int node, const std::string& part);

}  // namespace convloom::networks
