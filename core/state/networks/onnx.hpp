// Reads networks in ONNX's format: a protobuf message (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
#pragma once
#include <memory>
#include <string_view>

#include "core/network/graph/graph.hpp"

namespace convloom::state {

// The network, with its nodes in an order in which they can run. Stored values refer to `bytes`, which `owner` keeps;
// values in other files keep their location. Bodies of If and Loop are not read. Throws an UnreadableFile whose
// sentence says what is wrong: not ONNX, cut short, a tensor whose bytes do not match its sizes, a cycle.
network::Graph onnx_graph(std::string_view bytes, std::shared_ptr<const void> owner);

}  // namespace convloom::state
