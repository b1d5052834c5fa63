#include "core/network/summary/reach.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace convloom::network {
namespace {

constexpr double most_field = 1e15;

const Fact& fact(const Inference& inference, int tensor) {
    return inference.facts[static_cast<std::size_t>(tensor)];
}

Index of_axis(const Node& node, std::string_view attribute, std::size_t axis, Index otherwise) {
    const Attribute* one = node.attribute(attribute);
    return one != nullptr && axis < one->numbers.size() ? one->numbers[axis] : otherwise;
}

bool any_of(std::string_view op, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), op) != names.end();
}

// The largest of both: a join sees what any of its branches sees.
void widen(std::optional<Reach>& all, const Reach& one) {
    if (!all) {
        all = one;
    } else if (one.whole || all->whole) {
        all = Reach{{}, {}, true};
    } else if (all->field.size() == one.field.size()) {
        for (std::size_t a = 0; a < one.field.size(); ++a) {
            all->field[a] = std::max(all->field[a], one.field[a]);
            all->stride[a] = std::max(all->stride[a], one.stride[a]);
        }
    }
}

// The kernel of a layer that slides, from its weights or from its attribute; empty if it is not known.
Sizes kernel_of(const Node& node, const Inference& inference, std::size_t axes) {
    if (const Attribute* shape = node.attribute("kernel_shape"); shape != nullptr && shape->numbers.size() == axes)
        return shape->numbers;
    const std::size_t weights = node.op == "QLinearConv" ? 3 : 1;
    if (weights >= node.inputs.size() || node.inputs[weights] < 0) return {};
    const auto& sizes = fact(inference, node.inputs[weights]).sizes;
    return sizes && sizes->size() == axes + 2 ? Sizes(sizes->begin() + 2, sizes->end()) : Sizes();
}

std::optional<Reach> slid(const Node& node, const Inference& inference, Reach reach) {
    const std::size_t axes = reach.field.size();
    const Sizes kernel = kernel_of(node, inference, axes);
    if (kernel.size() != axes) return {};
    for (std::size_t a = 0; a < axes; ++a) {
        const auto stride = static_cast<double>(of_axis(node, "strides", a, 1));
        const double window =
            static_cast<double>(of_axis(node, "dilations", a, 1)) * (static_cast<double>(kernel[a]) - 1) + 1;
        if (node.op == "ConvTranspose") {
            // An output cell meets every stride-th weight of the kernel.
            reach.field[a] += (std::ceil(window / stride) - 1) * reach.stride[a];
            reach.stride[a] /= stride;
        } else {
            reach.field[a] += (window - 1) * reach.stride[a];
            reach.stride[a] *= stride;
        }
        reach.field[a] = std::min(reach.field[a], most_field);
        reach.stride[a] = std::min(reach.stride[a], most_field);
    }
    return reach;
}

std::optional<Reach> resized(const Node& node, const Inference& inference, Reach reach) {
    const auto& before = fact(inference, node.inputs[0]).sizes;
    const auto& after = fact(inference, node.outputs[0]).sizes;
    if (!before || !after || before->size() != after->size() || before->size() != reach.field.size() + 2) return {};
    const Attribute* mode = node.attribute("mode");
    const double more = mode == nullptr || !mode->text || *mode->text == "nearest" ? 0 : *mode->text == "cubic" ? 3 : 1;
    for (std::size_t a = 0; a < reach.field.size(); ++a) {
        if ((*before)[a + 2] <= 0 || (*after)[a + 2] <= 0) return {};
        reach.field[a] += more * reach.stride[a];
        reach.stride[a] *= static_cast<double>((*before)[a + 2]) / static_cast<double>((*after)[a + 2]);
    }
    return reach;
}

// Whether the operator leaves every cell of the spatial axes at its place.
bool keeps_places(const Node& node) {
    return !any_of(node.op, {"Reshape",
                             "Flatten",
                             "Transpose",
                             "Squeeze",
                             "Unsqueeze",
                             "Gather",
                             "GatherND",
                             "GatherElements",
                             "Shape",
                             "Size",
                             "Expand",
                             "Tile",
                             "DepthToSpace",
                             "SpaceToDepth",
                             "TopK",
                             "NonZero",
                             "NonMaxSuppression",
                             "RoiAlign",
                             "GridSample",
                             "LSTM",
                             "GRU",
                             "RNN",
                             "ScatterND",
                             "OneHot"}) &&
           knows(node);
}

bool sees_all(const Node& node) {
    return any_of(node.op, {"GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool", "Gemm", "InstanceNormalization"});
}

}  // namespace

std::vector<std::optional<Reach>> reaches(const Graph& graph, const Inference& inference) {
    std::vector<std::optional<Reach>> all(graph.tensors.size());
    for (const int input : graph.inputs) {
        const auto& sizes = fact(inference, input).sizes;
        if (!sizes || sizes->size() < 3 || sizes->size() > 5) continue;
        const std::vector<double> ones(sizes->size() - 2, 1);
        all[static_cast<std::size_t>(input)] = Reach{ones, ones, false};
    }
    for (const Node& node : graph.nodes) {
        if (node.outputs.empty() || node.outputs[0] < 0 || node.inputs.empty() || node.inputs[0] < 0) continue;
        std::optional<Reach> reach;
        bool lost = false;  // an input whose reach is not known
        for (const int input : node.inputs) {
            if (input < 0 || fact(inference, input).constant) continue;
            const auto& one = all[static_cast<std::size_t>(input)];
            lost = lost || !one;
            if (one) widen(reach, *one);
        }
        if (!reach || lost || !knows(node)) continue;
        if (reach->whole || sees_all(node))
            reach = Reach{{}, {}, true};
        else if (any_of(node.op,
                        {"Conv", "ConvTranspose", "QLinearConv", "ConvInteger", "MaxPool", "AveragePool", "LpPool"}))
            reach = slid(node, inference, *reach);
        else if (any_of(node.op, {"Resize", "Upsample"}))
            reach = resized(node, inference, *reach);
        else if (!keeps_places(node) || node.op.starts_with("Reduce") || node.op.starts_with("Arg") ||
                 node.op.ends_with("MatMul") || node.op == "MatMulInteger")
            reach.reset();
        if (reach)
            for (const int output : node.outputs)
                if (output >= 0) all[static_cast<std::size_t>(output)] = reach;
    }
    return all;
}

}  // namespace convloom::network
