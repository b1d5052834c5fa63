// The shape of every tensor of a network, from the sizes of its inputs.
//
// Each operator has a rule in the table of its family (rules_for_*.cpp). Small tensors of whole numbers are computed as
// well, since exporters leave behind arithmetic on shapes: Shape, Gather, Concat and the like, whose results other
// nodes use as sizes.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/network/graph/graph.hpp"

namespace convloom::network {

// What is known of a tensor.
struct Fact {
    ElementType type = ElementType::undefined;
    std::optional<Sizes> sizes;                 // nothing if not even the number of axes is known
    std::optional<std::vector<double>> values;  // of small tensors that do not depend on the network's input
    bool constant = false;  // the same for every input: weights, and what is computed from them alone
};

struct Inference {
    std::vector<Fact> facts;          // one per tensor
    std::vector<std::string> faults;  // one per node: why it cannot be applied, as a sentence; empty if it can
};

// The most elements of a tensor whose values are computed here.
constexpr Index most_small_values = 4096;

// `sizes` replaces those that the file declares for inputs, by the number of the tensor. An operator without a rule
// has no fault; its outputs are as the file declares them, and unknown with `sizes`.
Inference infer(const Graph& graph, const std::map<int, Sizes>& sizes = {});

// Whether the operator has a rule.
bool knows(const Node& node);

}  // namespace convloom::network
