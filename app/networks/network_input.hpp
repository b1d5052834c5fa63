// A network's input: a photo or arrays from files.
#pragma once
#include <map>
#include <string>

#include "app/networks/network_file.hpp"
#include "core/network/evaluate/evaluate.hpp"

namespace convloom::networks {

struct InputWords {
    std::string sizes;                        // as NetworkQuestion::input
    std::string photo, data;                  // a picture, or an .npy; "name=file.npy" for several, by ;
    std::string normalisation, fit = "crop";  // the first is the network's usual one if empty
};

// The name of the normalisation that a network takes unless another is asked for: ink for built-in ones, else imagenet.
std::string usual_normalisation(const std::string& file);
// Throws an Error if the fit or the normalisation is not known.
void check_photo_words(const InputWords& words);
// By the number of the tensor; throws an Error if one is missing or does not fit.
std::map<int, network::Array> inputs_of(const NetworkFacts& facts, const InputWords& words);

}  // namespace convloom::networks
