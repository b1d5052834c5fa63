#include "core/state/frameworks/onnx_layers.hpp"

#include <algorithm>

#include "core/arith/layer/relationship.hpp"
#include "core/state/frameworks/rows.hpp"

namespace convloom::state {
namespace {

using arith::Axis;
using arith::Index;
using arith::Layer;
using arith::Op;
using arith::PaddingRule;

constexpr OnnxLayer onnx_rows[] = {
    {"Conv", Op::convolution, "auto_pad, dilations, group, kernel_shape, pads, strides, W, B, X"},
    {"ConvTranspose", Op::transposed_convolution,
     "auto_pad, dilations, group, kernel_shape, output_padding, output_shape, pads, strides, W, B, X"},
    {"MaxPool", Op::max_pooling, "auto_pad, ceil_mode, dilations, kernel_shape, pads, storage_order, strides, X"},
    {"AveragePool", Op::average_pooling,
     "auto_pad, ceil_mode, count_include_pad, dilations, kernel_shape, pads, strides, X"},
};

std::string example_of_weight(int rank) {
    std::string example = "8x3";
    for (int a = 0; a < rank; ++a) example += "x3";
    return example;
}

// Reads W: channels, and the kernel where kernel_shape does not state it.
void read_onnx_weight(const Arguments& in, Layer& layer, const Value* elsewhere, int number) {
    const Value* weight = in.find("W");
    if (!weight) weight = elsewhere;
    const std::string example = example_of_weight(in.rank());
    if (!weight) {
        in.notes().add_open({onnx_weight_name(number), in.call().name, "W", example, in.call().span});
        return;
    }
    if (in.note_open("W", *weight, example)) return;
    arith::Shape shape = weight->shape;
    for (const Value& size : weight->elements()) shape.push_back(in.number("W", size, "takes sizes as W", 1));
    if (shape.size() != static_cast<std::size_t>(in.rank()) + 2)
        in.fail("W", fmt::format("takes the {} sizes of its weight as W, such as W={}", in.rank() + 2, example));
    for (const Index size : shape)
        if (size < 1 || size > arith::max_field) in.fail("W", fmt::format("has a weight with a size of {}", size));
    Index grouped = 0;
    if (layer.groups < 1 || __builtin_mul_overflow(shape[1], layer.groups, &grouped))
        in.fail("group", fmt::format("has a group of {}", layer.groups));
    layer.in_channels = layer.is_transposed() ? shape[0] : grouped;
    layer.out_channels = layer.is_transposed() ? grouped : shape[0];
    for (int a = 0; a < in.rank(); ++a) {
        const Index kernel = shape[static_cast<std::size_t>(a) + 2];
        if (in.find("kernel_shape") && layer.axes[a].kernel != kernel)
            in.fail("W", fmt::format("has kernel_shape {} and a weight with {} along axis {}", layer.axes[a].kernel,
                                     kernel, a + 1));
        layer.axes[a].kernel = kernel;
    }
}

// pads lists the padding before all axes, then after all axes.
void read_pads(const Arguments& in, Layer& layer) {
    const std::string* automatic = in.text("auto_pad", {"NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID"});
    if (automatic && *automatic != "NOTSET" && *automatic != "VALID") {
        if (*automatic != "SAME_UPPER" && *automatic != "SAME_LOWER")
            in.fail("auto_pad", fmt::format("has the auto_pad “{}”; it must be NOTSET, SAME_UPPER, SAME_LOWER or VALID",
                                            shown(*automatic)));
        arith::set_padding(layer, *automatic == "SAME_UPPER" ? PaddingRule::same_upper : PaddingRule::same_lower);
        return;
    }
    if (automatic && *automatic == "VALID") return;
    const Value* pads = in.find("pads");
    if (!pads || pads->is(ValueKind::none)) return;
    const auto& sides = pads->elements();
    const auto rank = static_cast<std::size_t>(in.rank());
    if (!pads->is(ValueKind::list) || sides.size() != 2 * rank)
        in.fail("pads", fmt::format("takes {} numbers as pads, before and after each axis", 2 * rank));
    for (std::size_t a = 0; a < rank; ++a) {
        layer.axes[a].pad_before = in.number("pads", sides[a], "takes whole numbers as pads", 0);
        layer.axes[a].pad_after = in.number("pads", sides[a + rank], "takes whole numbers as pads", 0);
    }
}

// The padding of a transposed convolution that gives this output.
void read_output_shape(const Arguments& in, Layer& layer) {
    const std::string* automatic = in.text("auto_pad", {"SAME_UPPER"});
    const bool upper = automatic && *automatic == "SAME_UPPER";
    const std::vector<Index> wanted = in.each("output_shape", {});
    for (int a = 0; a < layer.rank(); ++a) {
        Axis& axis = layer.axes[a];
        for (const Index number : {axis.size, axis.kernel, axis.stride, axis.dilation, wanted[a]})
            if (number < 1 || number > arith::max_field) return;
        const Index full = axis.stride * (axis.size - 1) + axis.output_padding + arith::kernel_extent(axis);
        const Index total = std::max<Index>(0, full - wanted[a]);
        axis.output_padding += std::max<Index>(0, wanted[a] - full);
        axis.pad_before = upper ? total / 2 : total - total / 2;
        axis.pad_after = total - axis.pad_before;
    }
}

bool onnx_truth(const Arguments& in, std::string_view name, bool otherwise) {
    return in.find(name) ? in.truthy(name, otherwise) : otherwise;
}

}  // namespace

const OnnxLayer* onnx_layer_named(std::string_view name) {
    for (const OnnxLayer& row : onnx_rows)
        if (row.name == name) return &row;
    return nullptr;
}

std::vector<std::string> onnx_layer_names() {
    std::vector<std::string> names;
    for (const OnnxLayer& row : onnx_rows) names.emplace_back(row.name);
    return names;
}

int onnx_rank(const Module& call, int otherwise) {
    for (const Argument& one : call.arguments) {
        const auto count = static_cast<int>(one.value.elements().size());
        if (one.name == "kernel_shape" && count > 0) return count;
        if (one.name == "W" && count > 2) return count - 2;
    }
    return otherwise;
}

Arguments onnx_arguments(const Module& call, const OnnxLayer& kind, int rank, ReadingNotes& notes) {
    Module attributes = call;
    // Inputs in parentheses are no attributes.
    std::erase_if(attributes.arguments, [](const Argument& a) { return a.name.empty(); });
    return {attributes, {words_of(kind.attributes), {"name"}, rank}, notes};
}

std::string onnx_weight_name(int number) {
    return number == 1 ? "W" : "W" + std::to_string(number);
}

Layer read_onnx_layer(const Arguments& in, const OnnxLayer& kind, const arith::Shape& coming, const Value* weight,
                      int number) {
    Layer layer;
    layer.op = kind.op;
    layer.axes.resize(static_cast<std::size_t>(in.rank()));
    const std::vector<Index> kernel = in.find("kernel_shape") || layer.is_pooling()
                                          ? in.each("kernel_shape", {}, false)
                                          : std::vector<Index>(layer.axes.size(), 1);
    const std::vector<Index> stride = in.each("strides", 1), dilation = in.each("dilations", 1);
    for (int a = 0; a < layer.rank(); ++a) {
        layer.axes[a].size =
            static_cast<std::size_t>(a) + 1 < coming.size() ? coming[static_cast<std::size_t>(a) + 1] : 1;
        layer.axes[a].kernel = kernel[a];
        layer.axes[a].stride = stride[a];
        layer.axes[a].dilation = dilation[a];
    }
    layer.in_channels = layer.out_channels = coming.empty() ? 1 : coming[0];
    if (layer.has_weight()) {
        layer.groups = in.whole("group", 1);
        read_onnx_weight(in, layer, weight, number);
        layer.bias = in.find("B") && !in.is_none("B");
    }
    if (layer.is_transposed() && !in.is_none("output_padding")) {
        const std::vector<Index> extra = in.each("output_padding", 0);
        for (int a = 0; a < layer.rank(); ++a) layer.axes[a].output_padding = extra[a];
    }
    if (layer.is_transposed() && !in.is_none("output_shape"))
        read_output_shape(in, layer);
    else
        read_pads(in, layer);
    if (layer.is_pooling()) layer.ceil_mode = onnx_truth(in, "ceil_mode", false);
    if (layer.op == Op::average_pooling) layer.count_include_pad = onnx_truth(in, "count_include_pad", false);
    return layer;
}

}  // namespace convloom::state
