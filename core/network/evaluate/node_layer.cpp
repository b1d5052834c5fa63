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

// The sizes of one sample before it was flattened for this tensor, or of its numbers as channels of one cell.
Sizes before_flattening(const Graph& graph, const Inference& inference, int tensor, Index count) {
    Sizes alone{count, 1, 1};
    const int producer = graph.tensors[static_cast<std::size_t>(tensor)].producer;
    if (producer < 0) return alone;
    const Node& node = graph.nodes[static_cast<std::size_t>(producer)];
    if (node.op != "Flatten" && node.op != "Reshape") return alone;
    const Sizes* sizes = known_sizes(inference, node.inputs, 0);
    if (sizes == nullptr || sizes->size() < 3 || sizes->size() > 5) return alone;
    Sizes sample(sizes->begin() + 1, sizes->end());
    // Behind a Transpose the first axis is not that of the channels.
    const int source = graph.tensors[static_cast<std::size_t>(node.inputs[0])].producer;
    const bool moved = source >= 0 && graph.nodes[static_cast<std::size_t>(source)].op == "Transpose";
    return !moved && element_count(sample) == count ? sample : alone;
}

NodeLayer dense_layer(const Graph& graph, const Inference& inference, const Node& node) {
    const Sizes *x = known_sizes(inference, node.inputs, 0), *w = known_sizes(inference, node.inputs, 1),
                *y = known_sizes(inference, node.outputs, 0);
    if (x == nullptr || w == nullptr || y == nullptr) return {{}, "its sizes are not known"};
    const bool gemm = node.op == "Gemm", has_bias = gemm && node.inputs.size() > 2 && node.inputs[2] >= 0;
    if (x->size() != 2 || w->size() != 2 || y->size() != 2 ||
        !graph.tensors[static_cast<std::size_t>(node.inputs[1])].values)
        return {{}, fmt::format("this {} is no layer with weights of its own", node.op)};
    auto is_one = [&](std::string_view name) {
        const Attribute* given = node.attribute(name);
        return given == nullptr || !given->real || *given->real == 1;
    };
    if (gemm && (number_of(node, "transA", 0) != 0 || !is_one("alpha") || (has_bias && !is_one("beta"))))
        return {{}, "its matrix is scaled or transposed first"};
    if (has_bias) {
        const Sizes* bias = known_sizes(inference, node.inputs, 2);
        if (bias == nullptr || element_count(*bias) != (*y)[1]) return {{}, "its bias is no number for each output"};
    }
    NodeLayer found;
    found.turned = !gemm || number_of(node, "transB", 0) == 0;
    const Sizes sample = before_flattening(graph, inference, node.inputs[0], (*x)[1]);
    arith::Layer layer;
    layer.op = arith::Op::convolution;
    layer.in_channels = sample[0];
    layer.out_channels = (*y)[1];
    layer.bias = has_bias;
    for (std::size_t a = 1; a < sample.size(); ++a) {
        arith::Axis axis;
        axis.size = axis.kernel = sample[a];
        layer.axes.push_back(axis);
    }
    if (!arith::check(layer).empty()) return {{}, "its sizes are beyond those of a layer here"};
    found.layer = std::move(layer);
    return found;
}

}  // namespace

arith::Tensor layer_weight(const NodeLayer& found, const Sizes& sizes, const std::vector<float>& stored) {
    const arith::Shape shape = arith::weight_shape(*found.layer);
    const std::optional<Index> wanted = element_count(Sizes(shape.begin(), shape.end()));
    if (wanted != static_cast<Index>(stored.size()))
        throw fmt::format("Its weights are {}, not {}.", sizes_text(sizes), arith::to_text(shape));
    if (!found.turned) return {shape, stored};
    const auto rows = static_cast<std::size_t>(shape[0]), inner = stored.size() / rows;
    arith::Tensor weight{shape, std::vector<float>(stored.size())};
    for (std::size_t in = 0; in < inner; ++in)
        for (std::size_t out = 0; out < rows; ++out) weight.values[out * inner + in] = stored[in * rows + out];
    return weight;
}

bool slides(const Node& node) {
    return op_of(node.op).has_value();
}

NodeLayer layer_of(const Graph& graph, const Inference& inference, int number) {
    const Node& node = graph.nodes[static_cast<std::size_t>(number)];
    if ((node.op == "Gemm" || node.op == "MatMul") && (node.domain.empty() || node.domain == "ai.onnx"))
        return dense_layer(graph, inference, node);
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
