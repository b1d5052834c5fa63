// The values of a network beside those of its layers' recordings; what is freed, stopped and refused.
#include <gtest/gtest.h>

#include <random>

#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/recording.hpp"
#include "core/network/evaluate/evaluate.hpp"
#include "core/network/evaluate/node_layer.hpp"

namespace convloom::network {
namespace {

std::vector<float> some(Index count, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<float> values;
    for (Index n = 0; n < count; ++n) values.push_back(static_cast<float>(random() % 2001) / 1000.0f - 1);
    return values;
}

Tensor tensor(std::string name, std::optional<Sizes> sizes = {}) {
    Tensor t;
    t.name = std::move(name);
    t.type = ElementType::float32;
    t.sizes = std::move(sizes);
    return t;
}

Attribute whole(std::string name, std::vector<Index> numbers) {
    Attribute a;
    a.name = std::move(name);
    if (numbers.size() == 1 && a.name == "group")
        a.number = numbers[0];
    else
        a.numbers = std::move(numbers);
    return a;
}

Attribute number(std::string name, Index value) {
    Attribute a;
    a.name = std::move(name);
    a.number = value;
    return a;
}

// One node from “x” to “y”, with weights and a bias if they have sizes.
struct OneNode {
    Graph graph;
    std::vector<float> weight, bias;

    OneNode(std::string op, const Sizes& x, const Sizes& w, Index biases, std::vector<Attribute> attributes) {
        graph.opset = 13;
        graph.tensors = {tensor("x", x), tensor("w"), tensor("b"), tensor("y")};
        Node node;
        node.op = std::move(op);
        node.name = "layer";
        node.inputs = {0};
        node.outputs = {3};
        node.attributes = std::move(attributes);
        if (!w.empty()) {
            weight = some(*element_count(w), 1);
            set(1, w, weight);
            node.inputs.push_back(1);
        }
        if (biases > 0) {
            bias = some(biases, 2);
            set(2, {biases}, bias);
            node.inputs.push_back(2);
        }
        graph.nodes = {node};
        graph.inputs = {0};
        graph.outputs = {3};
        graph.tensors[3].producer = 0;
    }
    OneNode(const OneNode&) = delete;  // since tensors point to its numbers

  private:
    void set(std::size_t number, const Sizes& sizes, const std::vector<float>& values) {
        graph.tensors[number].sizes = sizes;
        graph.tensors[number].values =
            Values{ElementType::float32,
                   sizes,
                   {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)},
                   nullptr,
                   "",
                   0,
                   -1};
    }
};

TEST(Evaluate, ANodesValuesAreThoseOfItsRecordingBitForBit) {
    const Sizes x{2, 4, 9, 7};
    const OneNode nodes[] = {
        {"Conv", x, {6, 4, 3, 3}, 6, {whole("pads", {1, 0, 2, 1}), whole("strides", {2, 1})}},
        {"Conv", x, {8, 1, 3, 2}, 0, {whole("group", {4}), whole("dilations", {2, 1})}},
        {"ConvTranspose", x, {4, 3, 4, 3}, 3, {whole("strides", {2, 3}), whole("pads", {1, 1, 0, 1})}},
        {"MaxPool", x, {}, 0, {whole("kernel_shape", {3, 2}), whole("strides", {2, 2}), whole("pads", {1, 0, 1, 0})}},
        {"AveragePool", x, {}, 0, {whole("kernel_shape", {2, 3}), whole("pads", {1, 1, 0, 1})}},
        {"GlobalAveragePool", x, {}, 0, {}},
        {"Gemm", {2, 252}, {5, 252}, 5, {number("transB", 1)}},
        {"Gemm", {2, 252}, {252, 3}, 0, {}},
        {"MatMul", {2, 252}, {252, 7}, 0, {}}};
    for (const OneNode& node : nodes) {
        const std::string& op = node.graph.nodes[0].op;
        const Inference inference = infer(node.graph);
        ASSERT_EQ(inference.faults[0], "") << op;
        const std::vector<float> input = some(2 * 4 * 9 * 7, 3);
        const Evaluation made = evaluate(node.graph, inference, {{0, {*node.graph.tensors[0].sizes, input}}}, {});
        ASSERT_EQ(made.faults[0], "") << op;
        const NodeLayer found = layer_of(node.graph, inference, 0);
        ASSERT_TRUE(found.layer) << op << ": " << found.fault;
        const auto weights = found.layer->has_weight() ? layer_weight(found, *node.graph.tensors[1].sizes, node.weight)
                                                       : arith::Tensor{};
        for (std::size_t sample = 0; sample < 2; ++sample) {
            const auto begin = input.begin() + static_cast<std::ptrdiff_t>(sample * input.size() / 2);
            const arith::Recording recording(
                *found.layer,
                arith::Tensor{arith::input_shape(*found.layer),
                              {begin, begin + static_cast<std::ptrdiff_t>(input.size() / 2)}},
                weights,
                found.layer->bias
                    ? arith::Shared<arith::Tensor>(arith::Tensor{{static_cast<Index>(node.bias.size())}, node.bias})
                    : arith::Shared<arith::Tensor>());
            const auto steps = static_cast<std::size_t>(recording.step_count());
            ASSERT_EQ(made.arrays[3]->values.size(), 2 * steps) << op;
            for (std::size_t n = 0; n < steps; ++n)
                ASSERT_EQ(made.arrays[3]->values[sample * steps + n],
                          recording.value(recording.step(static_cast<Index>(n))))
                    << op << " step " << n;
        }
    }
}

// What was flattened has its rows and columns again, unless its axes were moved before.
TEST(Evaluate, AFullyConnectedLayerIsAConvolutionOverWhatWasFlattened) {
    for (const bool moved : {false, true}) {
        OneNode dense("Gemm", {2, 24}, {5, 24}, 5, {number("transB", 1)});
        Graph& graph = dense.graph;
        graph.tensors.push_back(tensor("picture", moved ? Sizes{2, 3, 4, 2} : Sizes{2, 2, 3, 4}));
        graph.tensors.push_back(tensor("turned"));
        Node transpose, flatten;
        transpose.op = "Transpose";
        transpose.attributes = {whole("perm", {0, 3, 1, 2})};
        transpose.inputs = {4};
        transpose.outputs = {5};
        flatten.op = "Flatten";
        flatten.inputs = {moved ? 5 : 4};
        flatten.outputs = {0};
        graph.nodes.insert(graph.nodes.begin(), flatten);
        if (moved) graph.nodes.insert(graph.nodes.begin(), transpose);
        graph.inputs = {4};
        graph.tensors[0].sizes.reset();
        for (std::size_t n = 0; n < graph.nodes.size(); ++n)
            graph.tensors[static_cast<std::size_t>(graph.nodes[n].outputs[0])].producer = static_cast<int>(n);
        const NodeLayer found = layer_of(graph, infer(graph), static_cast<int>(graph.nodes.size()) - 1);
        ASSERT_TRUE(found.layer) << found.fault;
        EXPECT_EQ(arith::input_shape(*found.layer), moved ? (arith::Shape{24, 1, 1}) : (arith::Shape{2, 3, 4}));
        EXPECT_EQ(arith::output_shape(*found.layer), (arith::Shape{5, 1, 1}));
    }
    OneNode scaled("Gemm", {2, 24}, {5, 24}, 0, {number("transB", 1)});
    Attribute alpha;
    alpha.name = "alpha";
    alpha.real = 0.5f;
    scaled.graph.nodes[0].attributes.push_back(alpha);
    EXPECT_EQ(layer_of(scaled.graph, infer(scaled.graph), 0).layer, std::nullopt);
    EXPECT_EQ(evaluate(scaled.graph, infer(scaled.graph), {{0, {{2, 24}, some(48, 3)}}}, {}).faults[0], "")
        << "it is computed all the same";
}

TEST(Evaluate, RefusesWhatDoesNotFitAndStops) {
    const OneNode node("Conv", {1, 4, 9, 7}, {6, 4, 3, 3}, 0, {});
    const Inference inference = infer(node.graph);
    const std::map<int, Array> inputs{{0, {{1, 4, 9, 7}, some(4 * 9 * 7, 3)}}};
    EvaluateOptions options;
    options.most_bytes = 4 * (4 * 9 * 7 + 6 * 4 * 9);  // the input and the weights, but not the output
    const Evaluation made = evaluate(node.graph, inference, inputs, options);
    EXPECT_NE(made.faults[0].find("are allowed"), std::string::npos) << made.faults[0];
    EXPECT_EQ(made.arrays[3], nullptr);
    options = {};
    options.goes_on = [] { return false; };
    EXPECT_TRUE(evaluate(node.graph, inference, inputs, options).stopped);
}

// As files that are no models say.
TEST(Evaluate, RefusesNodesThatDoNotFitTogether) {
    const Sizes x{1, 4, 9, 7};
    const std::map<int, Array> inputs{{0, {x, some(4 * 9 * 7, 3)}}};
    for (const std::vector<int>& outputs : {std::vector<int>{}, std::vector<int>{-1}}) {
        OneNode node("Relu", x, {}, 0, {});
        node.graph.nodes[0].outputs = outputs;
        const Evaluation made = evaluate(node.graph, infer(node.graph), inputs, {});
        EXPECT_NE(made.faults[0].find("It has no output."), std::string::npos) << made.faults[0];
    }
    const OneNode few("Conv", x, {6, 4, 3, 3}, 2, {});
    EXPECT_NE(evaluate(few.graph, infer(few.graph), inputs, {}).faults[0].find("2 numbers for 6 channels"),
              std::string::npos);
    const OneNode far("ConvTranspose", x, {4, 3, 4, 3}, 0,
                      {whole("strides", {Index{1} << 60, 2}), whole("output_shape", {20, 20})});
    EXPECT_NE(evaluate(far.graph, infer(far.graph), inputs, {}).faults[0], "");
    for (const std::vector<Index>& parts : {std::vector<Index>{-(Index{1} << 56)}, {5}}) {
        const OneNode split("Split", {4}, {}, 0, {whole("split", parts)});
        EXPECT_NE(infer(split.graph).faults[0], "");
    }
}

TEST(Evaluate, NeedsNoMoreRoomForResizingThanForInputAndOutput) {
    const Sizes x{1, 4, 9, 7};
    const std::map<int, Array> inputs{{0, {x, some(4 * 9 * 7, 3)}}};
    Attribute scales;
    scales.name = "scales";
    // One axis after the other, there would be 10^11 rows of 7 between.
    scales.reals = {1, 1, 1e11f, 1e-9f};
    const OneNode nothing("Upsample", x, {}, 0, {scales});
    const Evaluation empty = evaluate(nothing.graph, infer(nothing.graph), inputs, {});
    ASSERT_NE(empty.arrays[3], nullptr) << empty.faults[0];
    EXPECT_TRUE(empty.arrays[3]->values.empty());
    EvaluateOptions options;
    options.most_bytes = 4 * (4 * 9 * 7 + 4 * 63 * 1);
    scales.reals = {1, 1, 7, 1.0f / 7};
    const OneNode turned("Upsample", x, {}, 0, {scales});
    EXPECT_NE(evaluate(turned.graph, infer(turned.graph), inputs, options).arrays[3], nullptr);
    // The number of bytes does not fit.
    scales.reals = {1, 1, 1e8f, 1e8f};
    const OneNode huge("Upsample", x, {}, 0, {scales});
    EXPECT_NE(evaluate(huge.graph, infer(huge.graph), inputs, {}).faults[0].find("are allowed"), std::string::npos);
}

TEST(Evaluate, FreesWhatNobodyNeeds) {
    OneNode node("Relu", {1, 4, 9, 7}, {}, 0, {});
    Node second = node.graph.nodes[0];
    second.inputs = {3};
    second.outputs = {2};
    node.graph.nodes.push_back(second);
    node.graph.outputs = {2};
    const Inference inference = infer(node.graph);
    const std::map<int, Array> inputs{{0, {{1, 4, 9, 7}, some(4 * 9 * 7, 3)}}};
    EvaluateOptions options;
    EXPECT_EQ(evaluate(node.graph, inference, inputs, options).arrays[3], nullptr);
    options.wanted = {3};
    EXPECT_NE(evaluate(node.graph, inference, inputs, options).arrays[3], nullptr);
}

}  // namespace
}  // namespace convloom::network
