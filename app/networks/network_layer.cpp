#include "app/networks/network_layer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "core/network/evaluate/node_layer.hpp"
#include "core/state/base/error.hpp"
#include "core/state/words/title.hpp"

namespace convloom::networks {
namespace {

using network::Index;

const std::string& name_of_tensor(const NetworkFacts& facts, int number) {
    return facts.graph.tensors[static_cast<std::size_t>(number)].name;
}

}  // namespace

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

network::NodeLayer layer_of_node(const NetworkFacts& facts, int node) {
    network::NodeLayer found = network::layer_of(facts.graph, facts.inference, node);
    if (!found.layer)
        throw Error(fmt::format("“{}” cannot be shown: {}. The layers that can be shown are {}.",
                                node_name(facts, node), found.fault, layer_list(facts)));
    return found;
}

int node_named(const NetworkFacts& facts, const std::string& name) {
    const auto& nodes = facts.graph.nodes;
    for (std::size_t n = 0; n < nodes.size(); ++n)
        if (nodes[n].name == name) return static_cast<int>(n);
    for (std::size_t n = 0; n < nodes.size(); ++n)
        for (const int output : nodes[n].outputs)
            if (output >= 0 && name_of_tensor(facts, output) == name) return static_cast<int>(n);
    throw Error(fmt::format("“{}” has no node “{}”; the layers that can be shown are {}.", facts.file, name,
                            layer_list(facts)));
}

std::string layer_title(const NetworkFacts& facts, int node, const std::string& part) {
    const std::string name = node_name(facts, node) + part,
                      whole = fmt::format("{} · {}", name, std::filesystem::path(facts.file).filename().string());
    if (state::refused_title(whole).empty()) return whole;
    return state::refused_title(name).empty() ? name : part.empty() ? "…" : part;
}

}  // namespace convloom::networks
