// A network's input on the command line: a photo or arrays, and the weights that stand in files beside the model.
#pragma once
#include <CLI/CLI.hpp>
#include <map>
#include <string>

#include "app/cli/network/network_info.hpp"
#include "core/network/evaluate/evaluate.hpp"

namespace convloom::cli {

struct InputWords {
    std::string sizes;        // as NetworkQuestion::input
    std::string photo, data;  // a picture, or an .npy; "name=file.npy" for several, by ;
    std::string normalisation = "imagenet", fit = "crop";
};

// --normalize and --fit.
void add_photo_input_options(CLI::App& command, InputWords& words);

// Reads the values that stand in files beside the model; nothing outside of the model's folder is read.
void load_weights(NetworkFacts& facts);
// By the number of the tensor; throws an Error if one is missing or does not fit.
std::map<int, network::Array> inputs_of(const NetworkFacts& facts, const InputWords& words);

}  // namespace convloom::cli
