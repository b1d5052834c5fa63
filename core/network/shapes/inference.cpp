#include "core/network/shapes/inference.hpp"

#include <algorithm>
#include <cmath>

#include "core/network/shapes/rule.hpp"

namespace convloom::network {
namespace {

constexpr double most_exact = 9007199254740992.0;  // 2^53

Rule rule_of(const Node& node) {
    // Other domains have operators of the same names that mean something else.
    if (!node.domain.empty() && node.domain != "ai.onnx") return nullptr;
    for (const auto family : {rules_for_windows(), rules_for_elements(), rules_for_forms(), rules_for_values()})
        for (const NamedRule& one : family)
            if (node.op == one.op) return one.rule;
    return nullptr;
}

Fact stored(const Values& values) {
    Fact fact{values.type, values.sizes, {}, true};
    fact.values = numbers(values, most_small_values);
    return fact;
}

}  // namespace

bool knows(const Node& node) {
    return rule_of(node) != nullptr;
}

const Fact& Call::in(std::size_t n) const {
    if (!has(n)) fault("{} lacks its input {}.", node.op, n + 1);
    return *inputs_[n];
}

std::optional<Sizes> Call::whole(std::size_t n) const {
    const std::vector<double>* all = values(n);
    if (all == nullptr) return {};
    Sizes whole;
    for (const double value : *all) {
        // Slice says "to the end" by the largest number of 64 bits, which is cut here.
        if (std::isnan(value)) fault("Input {} of {} holds a value that is not a number.", n + 1, node.op);
        whole.push_back(static_cast<Index>(std::clamp(value, -most_exact, most_exact)));
    }
    return whole;
}

Index Call::number(std::string_view name, Index otherwise) const {
    const Attribute* one = node.attribute(name);
    return one != nullptr && one->number ? *one->number : otherwise;
}

float Call::real(std::string_view name, float otherwise) const {
    const Attribute* one = node.attribute(name);
    return one != nullptr && one->real ? *one->real : otherwise;
}

std::string Call::text(std::string_view name, std::string otherwise) const {
    const Attribute* one = node.attribute(name);
    return one != nullptr && one->text ? *one->text : otherwise;
}

std::optional<Sizes> Call::numbers(std::string_view name) const {
    const Attribute* one = node.attribute(name);
    if (one == nullptr) return {};
    return one->numbers;
}

std::optional<Sizes> Call::numbers_or_input(std::string_view name, std::size_t input) const {
    if (std::optional<Sizes> given = numbers(name)) return given;
    return whole(input);
}

void Call::give(Sizes sizes, std::size_t n) {
    if (n >= outputs_.size()) return;
    for (const Index size : sizes)
        if (size < unknown_size) fault("{} would have the size {}.", node.op, size);
    if (std::none_of(sizes.begin(), sizes.end(), [](Index size) { return size < 0; }) && !element_count(sizes))
        fault("{} would have {} elements, more than can be counted.", node.op, sizes_text(sizes));
    outputs_[n].sizes = std::move(sizes);
}

void Call::give_values(std::vector<double> values) {
    if (static_cast<Index>(values.size()) <= most_small_values) outputs_[0].values = std::move(values);
}

std::size_t axis_of(Index axis, std::size_t axes) {
    const auto count = static_cast<Index>(axes);
    if (axis < -count || axis >= count) fault("Axis {} is not one of the {} axes.", axis, axes);
    return static_cast<std::size_t>(axis < 0 ? axis + count : axis);
}

Sizes broadcast(const Sizes& a, const Sizes& b) {
    Sizes out(std::max(a.size(), b.size()), 1);
    for (std::size_t n = 0; n < out.size(); ++n) {
        const Index x = n < a.size() ? a[a.size() - 1 - n] : 1, y = n < b.size() ? b[b.size() - 1 - n] : 1;
        Index& size = out[out.size() - 1 - n];
        if (x == 1 || y == 1)
            size = x == 1 ? y : x;
        else if (x < 0 || y < 0)
            size = std::max(x, y);
        else if (x == y)
            size = x;
        else
            fault("The sizes {} and {} do not go together.", sizes_text(a), sizes_text(b));
    }
    return out;
}

Index times(Index a, Index b) {
    if (a == 0 || b == 0) return 0;
    if (a < 0 || b < 0) return unknown_size;
    Index out = 0;
    if (__builtin_mul_overflow(a, b, &out)) fault("{} times {} is more than can be counted.", a, b);
    return out;
}

Index plus(Index a, Index b) {
    if (a < 0 || b < 0) return unknown_size;
    Index out = 0;
    if (__builtin_add_overflow(a, b, &out)) fault("{} and {} together are more than can be counted.", a, b);
    return out;
}

Index product(const Sizes& sizes, std::size_t from, std::size_t to) {
    Index out = 1;
    for (std::size_t n = from; n < to; ++n) out = times(out, sizes[n]);
    return out;
}

Inference infer(const Graph& graph, const std::map<int, Sizes>& sizes) {
    Inference result;
    result.facts.resize(graph.tensors.size());
    result.faults.resize(graph.nodes.size());
    for (std::size_t n = 0; n < graph.tensors.size(); ++n) {
        const Tensor& tensor = graph.tensors[n];
        if (tensor.values)
            result.facts[n] = stored(*tensor.values);
        else if (tensor.producer < 0)
            result.facts[n] = Fact{tensor.type, tensor.sizes, {}, false};
    }
    for (const auto& [tensor, given] : sizes) result.facts[static_cast<std::size_t>(tensor)].sizes = given;

    for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
        const Node& node = graph.nodes[n];
        std::vector<const Fact*> inputs;
        bool constant = true;
        for (const int input : node.inputs) {
            inputs.push_back(input < 0 ? nullptr : &result.facts[static_cast<std::size_t>(input)]);
            if (input >= 0) constant = constant && inputs.back()->constant;
        }
        std::vector<Fact> outputs(node.outputs.size());
        if (!inputs.empty() && inputs[0] != nullptr && !outputs.empty()) outputs[0].type = inputs[0]->type;
        if (const Rule rule = rule_of(node); rule != nullptr && !outputs.empty()) {
            Call call(node, graph.opset, inputs, outputs);
            try {
                rule(call);
            } catch (const RuleFault& found) {
                result.faults[n] = fmt::format("{}: {}", called(graph, node), found.sentence);
                for (Fact& output : outputs) output.sizes.reset(), output.values.reset();
            }
        } else if (rule == nullptr && sizes.empty()) {
            // What the file declares is all that is known; it does not hold for other sizes of the input.
            for (std::size_t out = 0; out < outputs.size(); ++out) {
                if (node.outputs[out] < 0) continue;
                const Tensor& declared = graph.tensors[static_cast<std::size_t>(node.outputs[out])];
                outputs[out] = Fact{declared.type, declared.sizes, {}, false};
            }
        }
        for (std::size_t out = 0; out < outputs.size(); ++out) {
            if (node.outputs[out] < 0) continue;
            // Rules that compute values by position cannot tell 2x1 from 1x2; what broadcasts to more is not kept.
            if (outputs[out].values && (!outputs[out].sizes || element_count(*outputs[out].sizes) !=
                                                                   static_cast<Index>(outputs[out].values->size())))
                outputs[out].values.reset();
            // Shape depends on an input's size only, so that its values are known although the input is not constant.
            outputs[out].constant = constant || outputs[out].values.has_value();
            result.facts[static_cast<std::size_t>(node.outputs[out])] = std::move(outputs[out]);
        }
    }
    return result;
}

}  // namespace convloom::network
