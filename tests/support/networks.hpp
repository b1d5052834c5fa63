// Networks for tests: operators that are added one after the other, with the sizes of their weights but no values.
#pragma once
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/network/summary/summary.hpp"
#include "core/scene/graph/box_graph.hpp"

namespace convloom::tests {

class MadeNetwork {
  public:
    explicit MadeNetwork(network::Sizes sizes, std::string name = "image") {
        graph_.opset = 13;
        graph_.inputs = {tensor(std::move(name))};
        graph_.tensors[0].sizes = std::move(sizes);
    }

    // Each returns its output.
    int op(const std::string& op, std::vector<int> inputs, std::vector<network::Attribute> attributes = {}) {
        network::Node node;
        node.op = op;
        node.name = op + std::to_string(graph_.nodes.size());
        node.inputs = std::move(inputs);
        node.attributes = std::move(attributes);
        const int output = tensor(node.name + ":0");
        graph_.tensors[static_cast<std::size_t>(output)].producer = static_cast<int>(graph_.nodes.size());
        node.outputs = {output};
        graph_.nodes.push_back(std::move(node));
        return output;
    }
    int conv(int x, network::Index in, network::Index out, network::Index kernel, network::Index stride = 1,
             network::Index groups = 1) {
        const int weight = constant({out, in / groups, kernel, kernel});
        network::Attribute group;
        group.name = "group";
        group.number = groups;
        return op("Conv", {x, weight},
                  {numbers("strides", {stride, stride}), numbers("pads", network::Sizes(4, kernel / 2)), group});
    }
    int relu(int x) { return op("Relu", {x}); }
    int pool(int x) { return op("MaxPool", {x}, {numbers("kernel_shape", {2, 2}), numbers("strides", {2, 2})}); }
    int concat(std::vector<int> inputs) {
        network::Attribute axis;
        axis.name = "axis";
        axis.number = 1;
        return op("Concat", std::move(inputs), {axis});
    }
    // Three convolutions beside a shortcut, which has one of its own where the number of channels changes.
    int bottleneck(int x, network::Index in, network::Index out) {
        int y = relu(conv(x, in, out / 4, 1));
        y = relu(conv(y, out / 4, out / 4, 3));
        y = conv(y, out / 4, out, 1);
        return relu(op("Add", {y, in == out ? x : conv(x, in, out, 1)}));
    }
    void output(int tensor) { graph_.outputs.push_back(tensor); }

    // Settles what follows from the operators; valid as long as this is not changed.
    scene::NetworkFigure figure() {
        inference_ = network::infer(graph_);
        summary_ = network::summarize(graph_, inference_);
        return {graph_, inference_, summary_};
    }
    network::Graph& graph() { return graph_; }

    static network::Attribute numbers(std::string name, network::Sizes numbers) {
        network::Attribute attribute;
        attribute.name = std::move(name);
        attribute.numbers = std::move(numbers);
        return attribute;
    }

  private:
    int tensor(std::string name) {
        network::Tensor made;
        made.name = std::move(name);
        made.type = network::ElementType::float32;
        graph_.tensors.push_back(std::move(made));
        return static_cast<int>(graph_.tensors.size()) - 1;
    }
    int constant(network::Sizes sizes) {
        const int made = tensor("w" + std::to_string(graph_.tensors.size()));
        network::Tensor& weight = graph_.tensors[static_cast<std::size_t>(made)];
        weight.sizes = sizes;
        weight.values = network::Values{network::ElementType::float32, std::move(sizes), {}, nullptr, "", 0, -1};
        return made;
    }

    network::Graph graph_;
    network::Inference inference_;
    network::Summary summary_;
};

// A convolution and a pooling, stages of bottlenecks, a mean and scores.
inline MadeNetwork residual_network(const std::vector<int>& stages) {
    MadeNetwork made({1, 3, 64, 64});
    int x = made.pool(made.relu(made.conv(0, 3, 16, 7, 2)));
    network::Index channels = 16;
    for (const int blocks : stages) {
        for (int n = 0; n < blocks; ++n) {
            x = made.bottleneck(x, channels, n == 0 ? 2 * channels : channels);
            if (n == 0) channels *= 2;
        }
    }
    x = made.op("Softmax", {made.op("Flatten", {made.op("GlobalAveragePool", {x})})});
    made.output(x);
    return made;
}

// Operators with one or two inputs among those before, some of them outputs of the network.
inline MadeNetwork random_network(unsigned seed, int count) {
    std::mt19937 random(seed);
    MadeNetwork made({1, 4, 8, 8});
    std::vector<int> tensors = {0};
    const auto any = [&] {
        // Mostly of the last ones, as in networks that people build.
        const std::size_t back =
            random() % (random() % 4 == 0 ? tensors.size() : std::min<std::size_t>(3, tensors.size()));
        return tensors[tensors.size() - 1 - back];
    };
    for (int n = 0; n < count; ++n) {
        const unsigned kind = random() % 5;
        const int x = any();
        tensors.push_back(kind < 2 ? made.conv(x, 4, 4, 3) : kind == 2 ? made.relu(x) : made.op("Add", {x, any()}));
        if (random() % 12 == 0) made.output(tensors.back());
    }
    if (made.graph().outputs.empty() || made.graph().outputs.back() != tensors.back()) made.output(tensors.back());
    return made;
}

}  // namespace convloom::tests
