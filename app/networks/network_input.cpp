#include "app/networks/network_input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string_view>

#include "app/files/arrays/npy.hpp"
#include "app/files/files.hpp"
#include "core/network/input/photo_input.hpp"
#include "core/state/base/error.hpp"

namespace convloom::networks {
namespace {

using network::Array;

const network::Tensor& tensor_of(const NetworkFacts& facts, int number) {
    return facts.graph.tensors[static_cast<std::size_t>(number)];
}

int input_named(const NetworkFacts& facts, const std::string& name, const std::string& flag) {
    std::string names;
    for (const int input : facts.graph.inputs) {
        if (tensor_of(facts, input).name == name) return input;
        names += fmt::format("{}“{}”", names.empty() ? "" : ", ", tensor_of(facts, input).name);
    }
    throw Error(fmt::format("{}: the model has no input “{}”; its inputs are {}.", flag, name, names));
}

// The sizes that an input has, all of them known.
const network::Sizes& sizes_of_input(const NetworkFacts& facts, int input) {
    const auto& sizes = facts.inference.facts[static_cast<std::size_t>(input)].sizes;
    if (!sizes || !network::element_count(*sizes))
        throw Error(fmt::format("The input “{}” leaves sizes open ({}); choose them with --input.",
                                tensor_of(facts, input).name, sizes ? network::sizes_text(*sizes) : "any sizes"));
    return *sizes;
}

Array array_of(const NetworkFacts& facts, int input, const std::string& file) {
    state::Array read;
    try {
        read = files::read_npy(files::read(file));
    } catch (const Error& error) {
        throw Error(fmt::format("--data {}: {}", file, error.what()));
    }
    const network::Sizes& wanted = sizes_of_input(facts, input);
    network::Sizes sizes(read.shape.begin(), read.shape.end());
    if (sizes.size() + 1 == wanted.size()) sizes.insert(sizes.begin(), 1);
    if (sizes != wanted)
        throw Error(fmt::format("--data {}: its shape is {}; the input “{}” takes {}.", file,
                                network::sizes_text(sizes), tensor_of(facts, input).name, network::sizes_text(wanted)));
    return {std::move(sizes), std::move(read.values)};
}

network::Normalisation normalisation_of(const InputWords& words, const std::string& file) {
    try {
        return network::read_normalisation(words.normalisation.empty() ? usual_normalisation(file)
                                                                       : words.normalisation);
    } catch (const std::string& sentence) {
        throw Error(fmt::format("--normalize {}: {}", words.normalisation, sentence));
    }
}

}  // namespace

std::string usual_normalisation(const std::string& file) {
    return is_builtin(file) ? "ink" : "imagenet";
}

void check_photo_words(const InputWords& words) {
    if (words.fit != "crop" && words.fit != "stretch")
        throw Error(fmt::format("--fit {}: give crop or stretch.", words.fit));
    normalisation_of(words, "");
}

std::map<int, Array> inputs_of(const NetworkFacts& facts, const InputWords& words) {
    std::map<int, Array> inputs;
    for (std::size_t at = 0; at < words.data.size();) {
        const std::size_t end = std::min(words.data.find(';', at), words.data.size());
        std::string one = words.data.substr(at, end - at);
        at = end + 1;
        one.erase(0, one.find_first_not_of(' ') == std::string::npos ? one.size() : one.find_first_not_of(' '));
        if (one.empty()) continue;
        const std::size_t equals = one.find('=');
        if (equals == std::string::npos && facts.graph.inputs.size() != 1)
            throw Error(fmt::format("--data {}: the model has {} inputs; say which, as name={}.", one,
                                    facts.graph.inputs.size(), one));
        const int input = equals == std::string::npos ? facts.graph.inputs.front()
                                                      : input_named(facts, one.substr(0, equals), "--data");
        inputs[input] = array_of(facts, input, equals == std::string::npos ? one : one.substr(equals + 1));
    }
    if (!words.photo.empty()) {
        check_photo_words(words);
        const int input = *std::find_if(facts.graph.inputs.begin(), facts.graph.inputs.end() - 1,
                                        [&](int one) { return inputs.count(one) == 0; });
        if (inputs.count(input) != 0) throw Error("--photo: --data already gives the model's input.");
        const image::Image photo = files::load_image(words.photo);
        const network::Normalisation normalisation = normalisation_of(words, facts.file);
        try {
            inputs[input] = network::photo_input(photo, sizes_of_input(facts, input), normalisation,
                                                 words.fit == "crop" ? network::Fit::crop : network::Fit::stretch);
        } catch (const std::string& sentence) {
            throw Error(fmt::format("--photo {}: {}", words.photo, sentence));
        }
    }
    for (const int input : facts.graph.inputs)
        if (inputs.count(input) == 0)
            throw Error(fmt::format(
                "The input “{}” ({}) is missing: give a picture with --photo or an array with --data.",
                tensor_of(facts, input).name,
                tensor_of(facts, input).sizes ? network::sizes_text(*tensor_of(facts, input).sizes) : "any sizes"));
    return inputs;
}

}  // namespace convloom::networks
