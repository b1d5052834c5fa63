// One layer of a network as a State, for the commands that show layers: model.onnx:NODE, with the network's input.
#pragma once
#include <CLI/CLI.hpp>
#include <string>
#include <string_view>

#include "app/networks/network_input.hpp"
#include "core/arith/layer/layer.hpp"
#include "core/state/model/state.hpp"

namespace convloom::cli {

struct DoorWords : networks::InputWords {
    std::string
        part;  // of the output: channels, rows and columns as in Python, "3,40:46,50:56"; all that fits if empty
};

// Whether the words name a network, with or without one of its nodes.
bool names_network_layer(std::string_view words);

// The layer with its weights and with the input that it has for the network's input, at the step whose value is
// largest. A network without a node is its first layer. What was chosen for the user is said on standard error.
state::State network_layer(const std::string& words, const DoorWords& door);

// --normalize and --fit.
void add_photo_input_options(CLI::App& command, networks::InputWords& words);
// --part
void add_part_option(CLI::App& command, DoorWords& words);

// Its numbers alone, for which no input is needed.
arith::Layer network_layer_numbers(const std::string& words, const std::string& sizes);

}  // namespace convloom::cli
