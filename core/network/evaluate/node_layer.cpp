#include "core/network/evaluate/node_layer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/arith/layer/output_size.hpp"
#include "core/network/shapes/rule.hpp"

namespace convloom::network {
namespace {

std::optional<arith::Op> op_of(const std::string& op) {
    if (op == "Conv") return arith::Op::convolution;
    if (op == "ConvTranspose") return arith::Op::transposed_convolution;
    if (op == "MaxPool" || op == "GlobalMaxPool") return arith::Op::max_pooling;
    if (op == "AveragePool" || op == "GlobalAveragePool") return arith::Op::average_pooling;
    if (op == "LpPool") return arith::Op::lp_pooling;
    return {};
}

const Sizes* known_sizes(const Inference& inference, const std::vector<int>& tensors, std::size_t n) {
    if (n >= tensors.size() || tensors[n] < 0) return nullptr;
    const Fact& fact = inference.facts[static_cast<std::size_t>(tensors[n])];
    return fact.sizes && element_count(*fact.sizes) ? &*fact.sizes : nullptr;
}

Sizes numbers_of(const Node& node, std::string_view name, std::size_t count, Index otherwise) {
    const Attribute* one = node.attribute(name);
    return one != nullptr && one->numbers.size() == count ? one->numbers : Sizes(count, otherwise);
}

Index number_of(const Node& node, std::string_view name, Index otherwise) {
    const Attribute* one = node.attribute(name);
    return one != nullptr && one->number ? *one->number : otherwise;
}

std::string text_of(const Node& node, std::string_view name) {
    const Attribute* one = node.attribute(name);
    return one != nullptr && one->text ? *one->text : "";
}

// A total padding with the odd cell at the end, or for SAME_LOWER at the beginning.
void share(arith::Axis& axis, Index total, bool lower) {
    const Index half = total / 2;
    axis.pad_before = lower ? total - half : half;
    axis.pad_after = total - axis.pad_before;
}

// Returns whether all numbers are small enough to be computed with.
bool set_axes(arith::Layer& layer, const Node& node, const Sizes& x, const Sizes& y, const Sizes& kernel) {
    const std::size_t rank = x.size() - 2;
    const Sizes strides = numbers_of(node, "strides", rank, 1), dilations = numbers_of(node, "dilations", rank, 1),
                pads = numbers_of(node, "pads", 2 * rank, 0), extra = numbers_of(node, "output_padding", rank, 0);
    for (const Sizes& all : {strides, dilations, pads, extra, kernel, x, y})
        for (const Index one : all)
            if (one < -arith::max_field || one > arith::max_field) return false;
    const std::string auto_pad = text_of(node, "auto_pad");
    const bool same = auto_pad.starts_with("SAME"), lower = auto_pad == "SAME_LOWER",
               asked = node.attribute("output_shape") != nullptr;
    for (std::size_t a = 0; a < rank; ++a) {
        arith::Axis axis;
        axis.size = x[a + 2];
        axis.kernel = kernel[a];
        axis.stride = strides[a];
        axis.dilation = dilations[a];
        axis.pad_before = auto_pad == "VALID" ? 0 : pads[a];
        axis.pad_after = auto_pad == "VALID" ? 0 : pads[a + rank];
        const Index extent = arith::kernel_extent(axis);
        if (layer.is_transposed()) {
            axis.output_padding = extra[a];
            const Index total = axis.stride * (axis.size - 1) + extent + axis.output_padding - y[a + 2];
            if (same || asked) share(axis, std::max<Index>(total, 0), lower);
            // An output that is asked to be larger than the products reach is filled up.
            if ((same || asked) && total < 0) axis.output_padding -= total;
        } else if (same) {
            share(axis, std::max<Index>((y[a + 2] - 1) * axis.stride + extent - axis.size, 0), lower);
        }
        layer.axes.push_back(axis);
    }
    return true;
}

}  // namespace

NodeLayer layer_of(const Graph& graph, const Inference& inference, int number) {
    const Node& node = graph.nodes[static_cast<std::size_t>(number)];
    const std::optional<arith::Op> op = op_of(node.op);
    if (!op || (!node.domain.empty() && node.domain != "ai.onnx"))
        return {{}, fmt::format("{} is no layer that slides", node.op)};
    const Sizes *x = known_sizes(inference, node.inputs, 0), *y = known_sizes(inference, node.outputs, 0);
    if (x == nullptr || y == nullptr) return {{}, "its sizes are not known"};
    if (x->size() < 3 || x->size() > 5)
        return {{},
                fmt::format("its input {} has {} axes; a layer here has 1 to 3 beside batch and channels",
                            sizes_text(*x), static_cast<Index>(x->size()) - 2)};
    arith::Layer layer;
    layer.op = *op;
    layer.in_channels = (*x)[1];
    layer.out_channels = (*y)[1];
    Sizes kernel(x->begin() + 2, x->end());
    if (layer.has_weight()) {
        const Sizes* w = known_sizes(inference, node.inputs, 1);
        if (w == nullptr || w->size() != x->size()) return {{}, "the sizes of its weights are not known"};
        kernel.assign(w->begin() + 2, w->end());
        layer.groups = number_of(node, "group", 1);
        layer.bias = node.inputs.size() > 2 && node.inputs[2] >= 0;
    } else {
        if (!node.op.starts_with("Global")) kernel = numbers_of(node, "kernel_shape", x->size() - 2, 1);
        layer.ceil_mode = number_of(node, "ceil_mode", 0) != 0;
        if (layer.op == arith::Op::average_pooling)
            layer.count_include_pad = number_of(node, "count_include_pad", 0) != 0;
        if (layer.op == arith::Op::lp_pooling) layer.norm_type = number_of(node, "p", 2);
    }
    if (!set_axes(layer, node, *x, *y, kernel))
        return {{}, fmt::format("one of its numbers is beyond {}", arith::max_field)};
    if (const std::vector<arith::Problem> problems = arith::check(layer); !problems.empty()) {
        std::string sentence = problems.front().sentence;
        if (sentence.ends_with('.')) sentence.pop_back();
        return {{}, sentence};
    }
    arith::Shape shape = arith::output_shape(layer);
    if (!std::equal(shape.begin(), shape.end(), y->begin() + 1, y->end()))
        return {{}, fmt::format("its output would be {} here, not {}", arith::to_text(shape), sizes_text(*y))};
    return {layer, ""};
}

}  // namespace convloom::network
