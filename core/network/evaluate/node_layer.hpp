// The layer that a node of a network is: a convolution, a transposed one, a pooling, or a fully connected layer, which
// is a convolution whose window covers all of its input.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/arith/layer/layer.hpp"
#include "core/arith/layer/tensor.hpp"
#include "core/network/shapes/inference.hpp"

namespace convloom::network {

struct NodeLayer {
    std::optional<arith::Layer> layer;
    std::string fault;    // why there is none, as the end of a sentence
    bool turned = false;  // its weights stand as input by output, not as output by input
};

// The sizes of its input and output must be known. `Conv`, `ConvTranspose`, `MaxPool`, `AveragePool`, `GlobalMaxPool`,
// `GlobalAveragePool` and `LpPool` of rank 1 to 3. `Gemm` and `MatMul` of rows with stored weights are convolutions
// over what was flattened for them, or else over one cell.
NodeLayer layer_of(const Graph& graph, const Inference& inference, int node);
// Whether the operator is one that only a Layer computes.
bool slides(const Node& node);

// The weights as the layer has them, of the node's second tensor. Throws a std::string if their number differs.
arith::Tensor layer_weight(const NodeLayer& layer, const Sizes& sizes, const std::vector<float>& stored);

}  // namespace convloom::network
