#include "core/state/networks/builtin.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "convloom_builtin_networks.hpp"
#include "core/state/base/error.hpp"
#include "core/state/networks/node_state.hpp"
#include "core/state/networks/onnx.hpp"

namespace convloom::state {
namespace {

constexpr std::string_view model_ending = ".onnx", drawing_ending = ".drawing.txt";

// Lines between two bars; each character is a level of ink from 0 to 1.
network::Array read_drawing(std::string_view text) {
    constexpr std::string_view levels = " .:-=+*#%@";
    network::Array drawing{{1, 1, 0, 0}, {}};
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.size() < 2) continue;
        ++drawing.sizes[2];
        for (const char c : line.substr(1, line.size() - 2))
            drawing.values.push_back(static_cast<float>(levels.find(c)) / static_cast<float>(levels.size() - 1));
        drawing.sizes[3] = static_cast<network::Index>(line.size()) - 2;
    }
    return drawing;
}

}  // namespace

std::vector<std::string> builtin_networks() {
    std::vector<std::string> names;
    for (const std::string_view file : embedded_networks::names())
        if (file.ends_with(model_ending)) names.emplace_back(file.substr(0, file.size() - model_ending.size()));
    return names;
}

std::optional<std::string_view> builtin_network(std::string_view name) {
    return embedded_networks::file(fmt::format("{}{}", name, model_ending));
}

State builtin_layer(const std::string& network, const std::string& node, const std::string& drawing) {
    const auto file = builtin_network(network);
    if (!file) throw Error(fmt::format("There is no network “{}”.", network));
    const auto ink = embedded_networks::file(fmt::format("{}{}", drawing, drawing_ending));
    if (!ink) throw Error(fmt::format("There is no drawing “{}”.", drawing));
    const network::Graph graph = onnx_graph(*file, nullptr);
    const network::Array input = read_drawing(*ink);
    const network::Inference inference = network::infer(graph, {{graph.inputs.at(0), input.sizes}});
    const auto named = std::find_if(graph.nodes.begin(), graph.nodes.end(),
                                    [&](const network::Node& one) { return one.name == node; });
    if (named == graph.nodes.end()) throw Error(fmt::format("The network “{}” has no node “{}”.", network, node));
    const int number = static_cast<int>(named - graph.nodes.begin());
    const network::NodeLayer layer = network::layer_of(graph, inference, number);
    if (!layer.layer) throw Error(fmt::format("“{}” is no layer: {}.", node, layer.fault));
    network::EvaluateOptions options;
    options.all = true;
    const network::Evaluation made = network::evaluate(graph, inference, {{graph.inputs.at(0), input}}, options);
    return state_of_layer(layer_values(graph, number, layer, made), shown_part(*layer.layer),
                          fmt::format("{} · {}", node, network));
}

}  // namespace convloom::state
