// The networks that come with the program, and drawings that they read.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/state/model/state.hpp"

namespace convloom::state {

// By name: "digits".
std::vector<std::string> builtin_networks();
// The ONNX file of one of them.
std::optional<std::string_view> builtin_network(std::string_view name);

// A layer of such a network, named by its node, with the input that it has there for a drawing: "three". Throws an
// Error that names what does not exist.
State builtin_layer(const std::string& network, const std::string& node, const std::string& drawing);

}  // namespace convloom::state
