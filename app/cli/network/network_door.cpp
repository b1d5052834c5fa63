#include "app/cli/network/network_door.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "app/cli/base/cli.hpp"
#include "app/cli/base/output.hpp"
#include "app/cli/base/progress.hpp"
#include "app/files/threads.hpp"
#include "app/networks/network_layer.hpp"
#include "core/network/evaluate/layer_part.hpp"
#include "core/network/input/photo_input.hpp"
#include "core/state/base/error.hpp"
#include "core/state/networks/builtin.hpp"
#include "core/state/networks/node_state.hpp"

namespace convloom::cli {
namespace {

using network::Index;
using networks::NetworkFacts;

struct DoorName {
    std::string file, node;
};

// The first colon behind a network's name divides it from the node's.
DoorName door_name(std::string_view words) {
    for (std::size_t colon = words.find(':'); colon != std::string_view::npos; colon = words.find(':', colon + 1))
        if (networks::names_network(words.substr(0, colon)))
            return {std::string(words.substr(0, colon)), std::string(words.substr(colon + 1))};
    return {std::string(words), ""};
}

int chosen_node(const NetworkFacts& facts, const std::string& name) {
    if (!name.empty()) return networks::node_named(facts, name);
    const std::vector<int> layers = networks::layers_of(facts);
    if (layers.empty())
        throw Error(
            fmt::format("“{}” has no layer that can be shown, neither a convolution nor a pooling.", facts.file));
    if (layers.size() > 1)
        complain("The first layer of {}, “{}”; others as {}:NODE: {}.", facts.file,
                 networks::node_name(facts, layers.front()), facts.file, networks::layer_list(facts));
    return layers.front();
}

// Only what the node depends on has to be computed, and nodes are in order.
network::Evaluation evaluate_until(const NetworkFacts& facts, int node, const DoorWords& door) {
    network::EvaluateOptions options;
    const network::Node& last = facts.graph.nodes[static_cast<std::size_t>(node)];
    for (const int input : last.inputs)
        if (input >= 0) options.wanted.push_back(input);
    options.wanted.push_back(last.outputs.at(0));
    options.parallel = files::on_threads(0);
    Progress progress("nodes");
    options.goes_on = [&, at = 0]() mutable {
        progress.at(at, node + 1);
        return at++ <= node;
    };
    return network::evaluate(facts.graph, facts.inference, networks::inputs_of(facts, door), options);
}

// "3", "40:46", ":46", "-8:" or ":" along an axis of this size; nothing if it is none of these.
std::optional<std::pair<Index, Index>> slice_of(std::string_view text, Index size) {
    auto number = [&](std::string_view part, Index otherwise) -> std::optional<Index> {
        const bool negative = part.starts_with('-');
        const std::string_view digits = negative ? part.substr(1) : part;
        if (part.empty()) return otherwise;
        if (digits.empty() || digits.size() > 12 || digits.find_first_not_of("0123456789") != std::string_view::npos)
            return {};
        const Index value = std::stoll(std::string(digits));
        return negative ? size - value : value;
    };
    const std::size_t colon = text.find(':');
    const auto first = number(text.substr(0, colon), 0);
    if (!first || text.empty()) return {};
    if (colon == std::string_view::npos) return std::pair(*first, *first + 1);
    const auto end = number(text.substr(colon + 1), size);
    if (!end) return {};
    return std::pair(*first, *end);
}

network::OutputPart part_asked(const arith::Layer& layer, const std::string& text) {
    network::OutputPart part = network::whole_output(layer);
    const auto fail = [&](const std::string& why) { return Error(fmt::format("--part {}: {}", text, why)); };
    const auto ranges = [&](std::string_view one, Index size, const std::string& what) {
        const auto range = slice_of(one, size);
        if (!range)
            throw fail(
                "give channels, rows and columns of the output as in Python, such as 3,40:46,50:56 or "
                "[0,3],40:46.");
        if (range->first < 0 || range->second <= range->first || range->second > size)
            throw fail(fmt::format("{} {} of the output: it has 0:{}.", what, one, size));
        return *range;
    };
    std::string plain;
    std::copy_if(text.begin(), text.end(), std::back_inserter(plain), [](char c) { return c != ' '; });
    // Commas within brackets stand between channels.
    std::vector<std::string> axes{""};
    bool inside = false;
    for (const char c : plain) {
        inside = (inside || c == '[') && c != ']';
        if (c == ',' && !inside)
            axes.emplace_back();
        else
            axes.back() += c;
    }
    if (axes.size() > 1 + part.size.size())
        throw fail(fmt::format("the output has channels and {} more axes.", part.size.size()));
    std::vector<std::string> channels;
    if (axes[0].starts_with('[') && axes[0].ends_with(']')) {
        for (std::size_t at = 1; at < axes[0].size();) {
            const std::size_t end = axes[0].find_first_of(",]", at);
            channels.push_back(axes[0].substr(at, end - at));
            at = end + 1;
        }
    } else {
        channels.push_back(axes[0]);
    }
    part.channels.clear();
    for (const std::string& one : channels) {
        const auto [first, end] = ranges(one, layer.out_channels, "channels");
        for (Index channel = first; channel < end; ++channel) part.channels.push_back(channel);
    }
    for (std::size_t a = 1; a < axes.size(); ++a) {
        const std::string what(arith::axis_name(layer.rank(), static_cast<int>(a) - 1));
        const auto [first, end] = ranges(axes[a], part.size[a - 1], what);
        part.begin[a - 1] = first;
        part.size[a - 1] = end - first;
    }
    if (const network::FoundPart found = network::part_of(layer, part); !found.part) throw fail(found.fault);
    return part;
}

}  // namespace

bool names_network_layer(std::string_view words) {
    const DoorName name = door_name(words);
    return !name.node.empty() || networks::names_network(name.file);
}

state::State network_layer(const std::string& words, const DoorWords& door) {
    const DoorName name = door_name(words);
    NetworkFacts facts = networks::read_network(name.file, door.sizes);
    const int node = chosen_node(facts, name.node);
    const network::NodeLayer found = networks::layer_of_node(facts, node);
    const arith::Layer& layer = *found.layer;
    const network::OutputPart whole = network::whole_output(layer),
                              part = door.part.empty() ? state::shown_part(layer) : part_asked(layer, door.part);
    networks::load_weights(facts);
    const network::Evaluation made = evaluate_until(facts, node, door);
    const state::LayerValues values = state::layer_values(facts.graph, node, found, made);
    const std::string said = part == whole ? std::string() : network::part_text(part);
    if (part != whole && door.part.empty())
        complain("“{}” is shown in part, {}: all of its output is more than can be held; --part chooses another.",
                 networks::node_name(facts, node), said);
    return state::state_of_layer(values, part, networks::layer_title(facts, node, said));
}

std::string network_words() {
    return fmt::format("a network: model.onnx, or one that comes with the program: {}",
                       fmt::join(state::builtin_networks(), ", "));
}

void add_photo_input_options(CLI::App& command, networks::InputWords& words) {
    std::string names;
    for (const network::NamedNormalisation& one : network::normalisations()) names += fmt::format("{}, ", one.name);
    command
        .add_option("--normalize", words.normalisation,
                    names +
                        "or numbers such as \"mean=0.5 deviation=0.25 range=1 order=rgb\"; imagenet unless given, and "
                        "ink for digits")
        ->group("A network");
    command.add_option("--fit", words.fit, "crop or stretch: the picture's middle, or all of it")
        ->capture_default_str()
        ->group("A network");
}

void add_part_option(CLI::App& command, DoorWords& words) {
    command
        .add_option("--part", words.part,
                    "channels, rows and columns of the layer's output as in Python, such as 3,40:46,50:56")
        ->group("A network");
}

Door add_door(CLI::App& command) {
    const auto door = std::make_shared<DoorWords>();
    command.add_option("--input", door->sizes, "the sizes of the network's input, where the model leaves them open")
        ->group("A network");
    command.add_option("--photo", door->photo, "the network's input as a picture")->group("A network");
    command.add_option("--data", door->data, "the network's input as an .npy file")->group("A network");
    add_photo_input_options(command, *door);
    add_part_option(command, *door);
    return [door](const std::string& words) -> NetworkStart {
        if (!door_name(words).node.empty()) return {network_layer(words, *door), "", "", ""};
        const bool whole = networks::names_network(words);
        for (const auto& [flag, given] : {std::pair("--photo", &door->photo), std::pair("--data", &door->data),
                                          std::pair("--part", &door->part), std::pair("--input", &door->sizes)})
            if (!given->empty() && !(whole && given == &door->photo))
                throw Error(fmt::format("{} {}: it goes with a layer of a network, model.onnx:NODE.", flag, *given));
        if (!whole) return {};
        networks::check_photo_words(*door);
        return {{}, door->photo, door->normalisation, door->fit};
    };
}

arith::Layer network_layer_numbers(const std::string& words, const std::string& sizes) {
    const DoorName name = door_name(words);
    const NetworkFacts facts = networks::read_network(name.file, sizes);
    return *networks::layer_of_node(facts, chosen_node(facts, name.node)).layer;
}

}  // namespace convloom::cli
