#include "core/network/evaluate/evaluate.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <set>

#include "core/arith/layer/output_size.hpp"
#include "core/network/evaluate/kernel.hpp"
#include "core/network/evaluate/node_layer.hpp"

namespace convloom::network {
namespace {

Kernel kernel_of(const Node& node) {
    if (!node.domain.empty() && node.domain != "ai.onnx") return nullptr;
    for (const auto family : {kernels_for_windows(), kernels_for_elements(), kernels_for_sums(), kernels_for_forms()})
        for (const NamedKernel& one : family)
            if (node.op == one.op) return one.kernel;
    return nullptr;
}

// The largest Index where the number does not fit.
Index bytes_of_floats(const Sizes& sizes) {
    constexpr Index most = std::numeric_limits<Index>::max(), each = sizeof(float);
    const Index count = element_count(sizes).value_or(most);
    return count > most / each ? most : count * each;
}

struct Evaluator {
    const Graph& graph;
    const Inference& inference;
    const EvaluateOptions& options;
    Evaluation result = {};
    std::vector<int> uses = {};  // how many nodes still need each tensor
    std::set<int> wanted = {};
    Index alive_bytes = 0;

    const Fact& fact(int tensor) const { return inference.facts[static_cast<std::size_t>(tensor)]; }
    std::shared_ptr<const Array>& array(int tensor) { return result.arrays[static_cast<std::size_t>(tensor)]; }

    void expect_room(const Sizes& sizes) const {
        const Index bytes = bytes_of_floats(sizes);
        if (bytes > options.most_bytes - alive_bytes)
            fault("Its output {} takes {} bytes, and the tensors that are still needed take {}; {} are allowed.",
                  sizes_text(sizes), bytes, alive_bytes, options.most_bytes);
    }
    void keep(int tensor, std::shared_ptr<const Array> made) {
        alive_bytes += bytes_of_floats(made->sizes);
        array(tensor) = std::move(made);
    }
    void release(int tensor) {
        if (tensor < 0 || --uses[static_cast<std::size_t>(tensor)] > 0) return;
        if (options.all || wanted.count(tensor) != 0 || !array(tensor)) return;
        alive_bytes -= bytes_of_floats(array(tensor)->sizes);
        array(tensor) = nullptr;
    }

    // A tensor that a node needs: computed before, stored in the file, or a small one that the inference knows.
    const Array* needed(int tensor) {
        if (array(tensor)) return array(tensor).get();
        const Fact& known = fact(tensor);
        const Tensor& declared = graph.tensors[static_cast<std::size_t>(tensor)];
        if (declared.values) {
            expect_room(declared.values->sizes);
            std::optional<std::vector<float>> values = floats(*declared.values);
            if (!values) fault("The values of “{}” are not at hand.", declared.name);
            keep(tensor, std::make_shared<const Array>(Array{declared.values->sizes, std::move(*values)}));
            return array(tensor).get();
        }
        if (known.values && known.sizes) {
            keep(tensor, std::make_shared<const Array>(
                             Array{*known.sizes, std::vector<float>(known.values->begin(), known.values->end())}));
            return array(tensor).get();
        }
        fault("It needs “{}”, which has no values.", declared.name);
    }

    void slide(const NodeLayer& found, const std::vector<const Array*>& in, Array& out) const {
        const arith::Layer& layer = *found.layer;
        const auto samples = static_cast<std::size_t>(out.sizes[0]);
        arith::Tensor weight, bias;
        if (layer.has_weight()) weight = layer_weight(found, in[1]->sizes, in[1]->values);
        if (layer.bias) bias = {arith::Shape(in[2]->sizes), in[2]->values};
        if (layer.bias && static_cast<Index>(bias.values.size()) != layer.out_channels)
            fault("Its bias has {} numbers for {} channels.", bias.values.size(), layer.out_channels);
        const arith::Shape shape = arith::input_shape(layer);
        const std::size_t from = samples == 0 ? 0 : in[0]->values.size() / samples,
                          to = samples == 0 ? 0 : out.values.size() / samples;
        for (std::size_t n = 0; n < samples; ++n) {
            const auto begin = in[0]->values.begin() + static_cast<std::ptrdiff_t>(n * from);
            const arith::Tensor input{shape, {begin, begin + static_cast<std::ptrdiff_t>(from)}};
            const arith::Tensor made =
                arith::fast(layer, input, weight, layer.bias ? &bias : nullptr, options.parallel);
            std::copy(made.values.begin(), made.values.end(), out.values.begin() + static_cast<std::ptrdiff_t>(n * to));
        }
    }

    void run(int number) {
        const Node& node = graph.nodes[static_cast<std::size_t>(number)];
        if (node.outputs.empty() || node.outputs[0] < 0) fault("It has no output.");
        // What the inference knows needs no work.
        if (std::all_of(node.outputs.begin(), node.outputs.end(),
                        [&](int output) { return output < 0 || (fact(output).values && fact(output).sizes); })) {
            for (const int output : node.outputs)
                if (output >= 0) needed(output);
            return;
        }
        const Kernel kernel = kernel_of(node);
        if (kernel == nullptr && !slides(node)) fault("{} is not computed here.", node.op);
        const NodeLayer found = layer_of(graph, inference, number);
        if (slides(node) && !found.layer) fault("It is not computed: {}.", found.fault);
        std::vector<const Fact*> facts;
        std::vector<const Array*> in;
        for (const int input : node.inputs) {
            facts.push_back(input < 0 ? nullptr : &fact(input));
            in.push_back(input < 0 ? nullptr : needed(input));
        }
        std::vector<Array> out(node.outputs.size());
        std::vector<Fact> out_facts(node.outputs.size());
        for (std::size_t n = 0; n < out.size(); ++n) {
            if (node.outputs[n] < 0) continue;
            out_facts[n] = fact(node.outputs[n]);
            if (!out_facts[n].sizes || !element_count(*out_facts[n].sizes))
                fault("The sizes of its output are not known.");
            expect_room(*out_facts[n].sizes);
            out[n].sizes = *out_facts[n].sizes;
            out[n].values.resize(static_cast<std::size_t>(*element_count(out[n].sizes)));
        }
        if (found.layer) {
            slide(found, in, out.at(0));
        } else {
            const Call call(node, graph.opset, facts, out_facts);
            kernel({call, in, out, options});
        }
        for (std::size_t n = 0; n < out.size(); ++n)
            // Of a layer that slides, the places of the maxima are not computed.
            if (node.outputs[n] >= 0 && (n == 0 || !slides(node)))
                keep(node.outputs[n], std::make_shared<const Array>(std::move(out[n])));
    }
};

}  // namespace

bool computes(const Node& node) {
    return slides(node) || kernel_of(node) != nullptr;
}

std::optional<std::vector<float>> floats(const Values& values) {
    const std::optional<Index> count = element_count(values.sizes);
    if (!count) return {};
    if (values.type == ElementType::float32) {
        if (values.bytes.size() != static_cast<std::size_t>(*count) * sizeof(float)) return {};
        std::vector<float> all(static_cast<std::size_t>(*count));
        if (!all.empty()) std::memcpy(all.data(), values.bytes.data(), values.bytes.size());
        return all;
    }
    const std::optional<std::vector<double>> exact = numbers(values, *count);
    if (!exact) return {};
    return std::vector<float>(exact->begin(), exact->end());
}

Evaluation evaluate(const Graph& graph, const Inference& inference, const std::map<int, Array>& inputs,
                    const EvaluateOptions& options) {
    Evaluator e{graph, inference, options};
    e.result.arrays.resize(graph.tensors.size());
    e.result.faults.resize(graph.nodes.size());
    e.uses.resize(graph.tensors.size(), 0);
    e.wanted = {options.wanted.begin(), options.wanted.end()};
    e.wanted.insert(graph.outputs.begin(), graph.outputs.end());
    for (const Node& node : graph.nodes)
        for (const int input : node.inputs)
            if (input >= 0) ++e.uses[static_cast<std::size_t>(input)];
    for (const auto& [tensor, array] : inputs) e.keep(tensor, std::make_shared<const Array>(array));
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
        if (options.goes_on && !options.goes_on()) {
            e.result.stopped = true;
            break;
        }
        try {
            e.run(static_cast<int>(n));
        } catch (const RuleFault& found) {
            e.result.faults[n] = fmt::format("{}: {}", called(graph, graph.nodes[n]), found.sentence);
        }
        for (const int input : graph.nodes[n].inputs) e.release(input);
        // A tensor that nobody reads.
        for (const int output : graph.nodes[n].outputs)
            if (output >= 0 && e.uses[static_cast<std::size_t>(output)] == 0)
                ++e.uses[static_cast<std::size_t>(output)], e.release(output);
    }
    return std::move(e.result);
}

Sizes steps_of(const Sizes& sizes) {
    Sizes steps(sizes.size(), 1);
    for (std::size_t a = sizes.size(); a-- > 1;) steps[a - 1] = steps[a] * sizes[a];
    return steps;
}

Sizes broadcast_steps(const Sizes& from, const Sizes& to) {
    const Sizes own = steps_of(from);
    Sizes steps(to.size(), 0);
    for (std::size_t n = 0; n < from.size() && n < to.size(); ++n)
        if (from[from.size() - 1 - n] != 1) steps[to.size() - 1 - n] = own[from.size() - 1 - n];
    return steps;
}

}  // namespace convloom::network
