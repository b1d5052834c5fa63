#include "core/state/networks/node_state.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/state/base/error.hpp"
#include "core/state/data/build.hpp"

namespace convloom::state {

network::OutputPart shown_part(const arith::Layer& layer) {
    network::OutputPart part = network::whole_output(layer);
    for (;;) {
        const network::FoundPart found = network::part_of(layer, part);
        if (found.part && too_large({{found.part->layer, {}, {}, {}}}).empty()) return part;
        const auto longest = std::max_element(part.size.begin(), part.size.end());
        const std::size_t axis = static_cast<std::size_t>(longest - part.size.begin()), channels = part.channels.size();
        if (channels > 1 && static_cast<arith::Index>(channels) >= *longest / 2) {
            // Of one group, since the parts of groups must be equal.
            part.channels.resize(std::min(channels / 2, static_cast<std::size_t>(layer.group_out())));
            if (part.channels.empty()) part.channels.push_back(0);
        } else if (*longest > 1) {
            part.begin[axis] += *longest / 4;
            *longest = (*longest + 1) / 2;
        } else {
            return part;  // state_of_layer() says what is too large
        }
    }
}

LayerValues layer_values(const network::Graph& graph, int number, const network::NodeLayer& found,
                         const network::Evaluation& made) {
    const arith::Layer& layer = *found.layer;
    const network::Node& node = graph.nodes[static_cast<std::size_t>(number)];
    auto array = [&](int tensor) -> const network::Array& {
        const auto& values = made.arrays[static_cast<std::size_t>(tensor)];
        if (values) return *values;
        for (const std::string& fault : made.faults)  // the first one is the cause of the others
            if (!fault.empty()) throw Error(fault);
        throw Error(fmt::format("“{}” has no values.", graph.tensors[static_cast<std::size_t>(tensor)].name));
    };
    // The first sample; the axis of the batch is left out.
    auto sample = [](const network::Array& all) {
        const auto count = static_cast<std::ptrdiff_t>(
            all.values.size() / static_cast<std::size_t>(std::max<network::Index>(all.sizes[0], 1)));
        return arith::Tensor{{all.sizes.begin() + 1, all.sizes.end()},
                             {all.values.begin(), all.values.begin() + count}};
    };
    LayerValues values{layer, sample(array(node.inputs[0])), {{0}, {}}, {}, sample(array(node.outputs[0]))};
    // A fully connected layer has its tensors in other forms, with the same numbers.
    values.input.shape = arith::input_shape(layer);
    values.output.shape = arith::output_shape(layer);
    if (layer.has_weight()) {
        const network::Array& stored = array(node.inputs[1]);
        values.weight = network::layer_weight(found, stored.sizes, stored.values);
    }
    if (layer.bias) values.bias = arith::Tensor{{layer.out_channels}, array(node.inputs[2]).values};
    return values;
}

State state_of_layer(const LayerValues& values, const network::OutputPart& part, std::string title) {
    const network::FoundPart found = network::part_of(values.layer, part);
    if (!found.part) throw Error(found.fault);
    const arith::Chain chain{{found.part->layer, {}, {}, {}}};
    if (const std::string why = too_large(chain); !why.empty()) throw Error(fmt::format("The layers {}.", why));
    State state;
    state.name = "layers";
    state.title = std::move(title);
    state.own_title = true;
    state.input = network::part_input(values.layer, *found.part, values.input);
    Stage stage;
    stage.layer = found.part->layer;
    stage.weight = network::part_weight(values.layer, *found.part, part, values.weight);
    if (values.bias) stage.bias = network::part_bias(part, *values.bias);
    state.stages = {std::move(stage)};
    state.view = best_view(chain);
    const arith::Tensor output = network::part_output(values.layer, part, values.output);
    state.moment = {std::max_element(output.values.begin(), output.values.end()) - output.values.begin(),
                    scene::Moment::whole_window};
    return state;
}

}  // namespace convloom::state
