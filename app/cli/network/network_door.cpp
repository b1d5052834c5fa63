#include "app/cli/network/network_door.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "app/cli/base/cli.hpp"
#include "app/cli/base/output.hpp"
#include "app/cli/base/progress.hpp"
#include "app/cli/base/threads.hpp"
#include "core/network/evaluate/layer_part.hpp"
#include "core/network/evaluate/node_layer.hpp"
#include "core/state/base/error.hpp"
#include "core/state/networks/node_state.hpp"
#include "core/state/words/title.hpp"

namespace convloom::cli {
namespace {

using network::Array;
using network::Index;

struct DoorName {
    std::string file, node;
};

// A colon after the model's ending divides its name from the node's.
DoorName door_name(std::string_view words) {
    std::string lower(words);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    constexpr std::string_view ending = ".onnx";
    const std::size_t at = lower.find(".onnx:");
    if (at == std::string::npos) return {std::string(words), ""};
    return {std::string(words.substr(0, at + ending.size())), std::string(words.substr(at + ending.size() + 1))};
}

const std::string& name_of_tensor(const NetworkFacts& facts, int number) {
    return facts.graph.tensors[static_cast<std::size_t>(number)].name;
}

// As the user can name it: the node's own name, or that of its output.
std::string node_name(const NetworkFacts& facts, int number) {
    const network::Node& node = facts.graph.nodes[static_cast<std::size_t>(number)];
    if (!node.name.empty()) return node.name;
    return node.outputs.empty() || node.outputs[0] < 0 ? node.op : name_of_tensor(facts, node.outputs[0]);
}

std::vector<int> layers_of(const NetworkFacts& facts) {
    std::vector<int> layers;
    for (std::size_t n = 0; n < facts.graph.nodes.size(); ++n)
        if (network::layer_of(facts.graph, facts.inference, static_cast<int>(n)).layer)
            layers.push_back(static_cast<int>(n));
    return layers;
}

std::string layer_list(const NetworkFacts& facts) {
    constexpr std::size_t most = 8;
    const std::vector<int> layers = layers_of(facts);
    std::string list;
    for (std::size_t n = 0; n < std::min(most, layers.size()); ++n)
        list += fmt::format("{}“{}”", n == 0 ? "" : ", ", node_name(facts, layers[n]));
    if (layers.size() > most) list += fmt::format(" and {} more", layers.size() - most);
    return list.empty() ? "none" : list;
}

int chosen_node(const NetworkFacts& facts, const std::string& name) {
    const auto& nodes = facts.graph.nodes;
    if (name.empty()) {
        const std::vector<int> layers = layers_of(facts);
        if (layers.empty())
            throw Error(
                fmt::format("“{}” has no layer that can be shown, neither a convolution nor a pooling.", facts.file));
        if (layers.size() > 1)
            complain("The first layer of {}, “{}”; others as {}:NODE: {}.", facts.file,
                     node_name(facts, layers.front()), facts.file, layer_list(facts));
        return layers.front();
    }
    for (std::size_t n = 0; n < nodes.size(); ++n)
        if (nodes[n].name == name) return static_cast<int>(n);
    for (std::size_t n = 0; n < nodes.size(); ++n)
        for (const int output : nodes[n].outputs)
            if (output >= 0 && name_of_tensor(facts, output) == name) return static_cast<int>(n);
    throw Error(fmt::format("“{}” has no node “{}”; the layers that can be shown are {}.", facts.file, name,
                            layer_list(facts)));
}

arith::Layer layer_of_node(const NetworkFacts& facts, int node) {
    const network::NodeLayer found = network::layer_of(facts.graph, facts.inference, node);
    if (!found.layer)
        throw Error(fmt::format("“{}” cannot be shown: {}. The layers that can be shown are {}.",
                                node_name(facts, node), found.fault, layer_list(facts)));
    return *found.layer;
}

// Only what the node depends on has to be computed, and nodes are in order.
network::Evaluation evaluate_until(const NetworkFacts& facts, int node, const DoorWords& door) {
    network::EvaluateOptions options;
    const network::Node& last = facts.graph.nodes[static_cast<std::size_t>(node)];
    for (const int input : last.inputs)
        if (input >= 0) options.wanted.push_back(input);
    options.wanted.push_back(last.outputs.at(0));
    options.parallel = on_threads(0);
    Progress progress("nodes");
    options.goes_on = [&, at = 0]() mutable {
        progress.at(at, node + 1);
        return at++ <= node;
    };
    return network::evaluate(facts.graph, facts.inference, inputs_of(facts, door), options);
}

state::LayerValues layer_values(const NetworkFacts& facts, int number, const arith::Layer& layer,
                                const network::Evaluation& made) {
    const network::Node& node = facts.graph.nodes[static_cast<std::size_t>(number)];
    auto array = [&](int tensor) -> const Array& {
        const auto& found = made.arrays[static_cast<std::size_t>(tensor)];
        if (found) return *found;
        for (const std::string& fault : made.faults)  // the first one is the cause of the others
            if (!fault.empty()) throw Error(fault);
        throw Error(fmt::format("“{}” has no values.", name_of_tensor(facts, tensor)));
    };
    // The first sample; the axis of the batch is left out.
    auto sample = [](const Array& all) {
        const auto count =
            static_cast<std::ptrdiff_t>(all.values.size() / static_cast<std::size_t>(std::max<Index>(all.sizes[0], 1)));
        return arith::Tensor{{all.sizes.begin() + 1, all.sizes.end()},
                             {all.values.begin(), all.values.begin() + count}};
    };
    state::LayerValues values{layer, sample(array(node.inputs[0])), {{0}, {}}, {}, sample(array(node.outputs[0]))};
    auto tensor = [](const Array& all) { return arith::Tensor{{all.sizes.begin(), all.sizes.end()}, all.values}; };
    if (layer.has_weight()) values.weight = tensor(array(node.inputs[1]));
    if (layer.bias) values.bias = tensor(array(node.inputs[2]));
    return values;
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

std::string title_of_node(const NetworkFacts& facts, int node, const std::string& part) {
    const std::string name = node_name(facts, node) + part,
                      whole = fmt::format("{} · {}", name, std::filesystem::path(facts.file).filename().string());
    if (state::refused_title(whole).empty()) return whole;
    return state::refused_title(name).empty() ? name : part.empty() ? "…" : part;
}

}  // namespace

bool names_network_layer(std::string_view words) {
    const DoorName name = door_name(words);
    return !name.node.empty() || names_network(name.file);
}

state::State network_layer(const std::string& words, const DoorWords& door) {
    const DoorName name = door_name(words);
    NetworkFacts facts = read_network(name.file, door.sizes);
    const int node = chosen_node(facts, name.node);
    const arith::Layer layer = layer_of_node(facts, node);
    const network::OutputPart whole = network::whole_output(layer),
                              part = door.part.empty() ? state::shown_part(layer) : part_asked(layer, door.part);
    load_weights(facts);
    const network::Evaluation made = evaluate_until(facts, node, door);
    const state::LayerValues values = layer_values(facts, node, layer, made);
    const std::string said = part == whole ? std::string() : network::part_text(part);
    if (part != whole && door.part.empty())
        complain("“{}” is shown in part, {}: all of its output is more than can be held; --part chooses another.",
                 node_name(facts, node), said);
    return state::state_of_layer(values, part, title_of_node(facts, node, said));
}

Door add_door(CLI::App& command) {
    const auto door = std::make_shared<DoorWords>();
    command.add_option("--input", door->sizes, "the sizes of the network's input, where the model leaves them open")
        ->group("A network");
    command.add_option("--photo", door->photo, "the network's input as a picture")->group("A network");
    command.add_option("--data", door->data, "the network's input as an .npy file")->group("A network");
    add_photo_input_options(command, *door);
    command
        .add_option("--part", door->part,
                    "channels, rows and columns of the layer's output as in Python, such as 3,40:46,50:56")
        ->group("A network");
    return [door](const std::string& words) -> std::optional<state::State> {
        if (names_network_layer(words)) return network_layer(words, *door);
        for (const auto& [flag, given] : {std::pair("--photo", &door->photo), std::pair("--data", &door->data),
                                          std::pair("--part", &door->part), std::pair("--input", &door->sizes)})
            if (!given->empty())
                throw Error(fmt::format("{} {}: it goes with a layer of a network, model.onnx:NODE.", flag, *given));
        return {};
    };
}

arith::Layer network_layer_numbers(const std::string& words, const std::string& sizes) {
    const DoorName name = door_name(words);
    const NetworkFacts facts = read_network(name.file, sizes);
    return layer_of_node(facts, chosen_node(facts, name.node));
}

}  // namespace convloom::cli
