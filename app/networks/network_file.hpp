// A network's file: its graph, the sizes of its tensors, and the weights that stand in files beside it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/network/summary/summary.hpp"

namespace convloom::networks {

// Whether a network of that name comes with the program (core/state/networks/builtin.hpp). A file of that name is not
// looked for.
bool is_builtin(std::string_view name);

// Whether the words name a model: a built-in one, a file ending in .onnx, or a checkpoint, which is refused with
// advice.
bool names_network(std::string_view words);

// A model that was read, with what is known of it.
struct NetworkFacts {
    std::string file;
    network::Graph graph;
    network::Inference inference;
    network::Summary summary;
    std::vector<std::string> remarks;  // on open sizes and unknown operators, a sentence each
};

// Reads a model and settles its open sizes: `input` as NetworkQuestion::input. Throws an Error of one sentence.
NetworkFacts read_network(const std::string& file, const std::string& input);
// Settles them anew, and what follows from them, without reading the file again.
void choose_sizes(NetworkFacts& facts, const std::string& input);

// Reads the values that stand in files beside the model; nothing outside of the model's folder is read.
void load_weights(NetworkFacts& facts);

}  // namespace convloom::networks
