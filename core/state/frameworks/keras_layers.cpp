#include "core/state/frameworks/keras_layers.hpp"

#include <algorithm>
#include <map>

#include "core/arith/layer/relationship.hpp"
#include "core/state/frameworks/rows.hpp"

namespace convloom::state {
namespace {

using arith::Axis;
using arith::Index;
using arith::Layer;
using arith::Op;
using arith::PaddingRule;

constexpr KerasLayer keras_rows[] = {
    {.name = "Conv{}D",
     .op = Op::convolution,
     .arguments = "filters, kernel_size, strides, padding, data_format, dilation_rate, groups, activation, use_bias",
     .other_name = "Convolution{}D"},
    {.name = "Conv{}DTranspose",
     .op = Op::transposed_convolution,
     .arguments =
         "filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate, activation, use_bias",
     .other_name = "Convolution{}DTranspose"},
    {.name = "DepthwiseConv{}D",
     .op = Op::convolution,
     .arguments = "kernel_size, strides, padding, depth_multiplier, data_format, dilation_rate, activation, use_bias",
     .form = KerasForm::depthwise},
    {.name = "SeparableConv{}D",
     .op = Op::convolution,
     .arguments =
         "filters, kernel_size, strides, padding, data_format, dilation_rate, depth_multiplier, activation, use_bias",
     .form = KerasForm::separable,
     .other_name = "SeparableConvolution{}D"},
    {.name = "MaxPooling{}D",
     .op = Op::max_pooling,
     .arguments = "pool_size, strides, padding, data_format",
     .other_name = "MaxPool{}D"},
    {.name = "AveragePooling{}D",
     .op = Op::average_pooling,
     .arguments = "pool_size, strides, padding, data_format",
     .other_name = "AvgPool{}D"},
};

const std::vector<std::string_view> keras_tolerated = {"name",
                                                       "input_shape",
                                                       "batch_input_shape",
                                                       "input_dim",
                                                       "trainable",
                                                       "dtype",
                                                       "kernel_initializer",
                                                       "bias_initializer",
                                                       "kernel_regularizer",
                                                       "bias_regularizer",
                                                       "activity_regularizer",
                                                       "kernel_constraint",
                                                       "bias_constraint",
                                                       "depthwise_initializer",
                                                       "pointwise_initializer",
                                                       "depthwise_regularizer",
                                                       "pointwise_regularizer",
                                                       "depthwise_constraint",
                                                       "pointwise_constraint"};

void read_keras_transposed(const Arguments& in, Layer& layer, bool same) {
    if (!in.is_none("output_padding")) {
        const std::vector<Index> extra = in.each("output_padding", 0);
        for (int a = 0; a < layer.rank(); ++a) {
            Axis& axis = layer.axes[a];
            axis.output_padding = extra[a];
            if (same) axis.pad_before = axis.pad_after = axis.kernel / 2;
        }
        return;
    }
    if (same) return arith::set_padding(layer, PaddingRule::same_upper);
    // An output of at least i·s.
    for (Axis& axis : layer.axes)
        if (axis.kernel >= 1 && axis.kernel <= arith::max_field && axis.dilation >= 1 &&
            axis.dilation <= arith::max_field)
            axis.output_padding = std::max<Index>(0, axis.stride - arith::kernel_extent(axis));
}

void read_keras_padding(const Arguments& in, Layer& layer) {
    const std::string* word = in.text("padding", {"same", "valid", "causal", "SAME", "VALID"});
    const Value* given = in.find("padding");
    if (!word && given && !in.note_open("padding", *given, "'same'"))
        in.fail("padding", "takes 'same', 'valid' or 'causal' as padding");
    std::string rule = word ? *word : "valid";
    std::transform(rule.begin(), rule.end(), rule.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const bool causal = rule == "causal" && layer.op == Op::convolution && layer.rank() == 1;
    if (rule == "causal" && !causal) in.fail("padding", "has no padding 'causal'; only Conv1D has it");
    if (rule != "same" && rule != "valid" && !causal)
        in.fail("padding", fmt::format("has the padding “{}”; it must be same{} or valid", shown(*word),
                                       layer.op == Op::convolution && layer.rank() == 1 ? ", causal" : ""));
    if (layer.is_transposed()) return read_keras_transposed(in, layer, rule == "same");
    if (rule == "same") arith::set_padding(layer, PaddingRule::same_upper);
    if (causal) {
        Axis& axis = layer.axes[0];
        const bool in_range = axis.kernel >= 1 && axis.kernel <= arith::max_field && axis.dilation >= 1 &&
                              axis.dilation <= arith::max_field;
        if (in_range) axis.pad_before = arith::kernel_extent(axis) - 1;
    }
    // TensorFlow's averages leave the padding out.
    if (layer.op == Op::average_pooling)
        layer.count_include_pad = std::all_of(layer.axes.begin(), layer.axes.end(),
                                              [](const Axis& a) { return a.pad_before == 0 && a.pad_after == 0; });
}

void multiply_channels(const Arguments& in, Layer& layer, Index times) {
    if (__builtin_mul_overflow(layer.in_channels, times, &layer.out_channels))
        in.fail("depth_multiplier", "has a depth_multiplier that is too large");
    layer.groups = layer.in_channels;
}

}  // namespace

std::optional<KerasNamed> keras_layer_named(std::string_view name) {
    static const std::map<std::string, KerasNamed, std::less<>> by_name = [] {
        std::map<std::string, KerasNamed, std::less<>> all;
        for (const KerasLayer& row : keras_rows)
            for (int rank = row.least_rank; rank <= row.most_rank; ++rank) {
                all.emplace(with_rank(row.name, rank), KerasNamed{&row, rank});
                if (!row.other_name.empty()) all.emplace(with_rank(row.other_name, rank), KerasNamed{&row, rank});
            }
        return all;
    }();
    const auto found = by_name.find(name);
    return found == by_name.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> keras_layer_names() {
    std::vector<std::string> names;
    for (const KerasLayer& row : keras_rows)
        for (int rank = row.least_rank; rank <= row.most_rank; ++rank) names.push_back(with_rank(row.name, rank));
    return names;
}

Arguments keras_arguments(const Module& call, const KerasNamed& named, ReadingNotes& notes) {
    return {call, {words_of(named.kind->arguments), keras_tolerated, named.rank}, notes};
}

std::vector<Layer> read_keras_layer(const Arguments& in, const KerasNamed& named, const arith::Shape& coming) {
    Layer layer;
    layer.op = named.kind->op;
    layer.axes.resize(static_cast<std::size_t>(named.rank));
    for (int a = 0; a < named.rank; ++a)
        layer.axes[a].size =
            static_cast<std::size_t>(a) + 1 < coming.size() ? coming[static_cast<std::size_t>(a) + 1] : 1;
    const bool pooling = layer.is_pooling();
    const std::vector<Index> kernel = pooling ? in.each("pool_size", 2) : in.each("kernel_size", {});
    const std::vector<Index> stride = pooling && in.is_none("strides") ? kernel : in.each("strides", 1);
    const std::vector<Index> dilation = pooling ? std::vector<Index>(kernel.size(), 1) : in.each("dilation_rate", 1);
    for (int a = 0; a < named.rank; ++a) {
        layer.axes[a].kernel = kernel[a];
        layer.axes[a].stride = stride[a];
        layer.axes[a].dilation = dilation[a];
    }
    layer.in_channels = layer.out_channels = coming.empty() ? 1 : coming[0];
    layer.bias = !pooling && in.truthy("use_bias", true);
    if (named.kind->form == KerasForm::plain && !pooling) {
        layer.out_channels = in.whole("filters", {});
        if (layer.op == Op::convolution) layer.groups = in.whole("groups", 1);
    }
    if (named.kind->form != KerasForm::plain) multiply_channels(in, layer, in.whole("depth_multiplier", 1));
    read_keras_padding(in, layer);
    if (named.kind->form != KerasForm::separable) return {layer};
    Layer point;
    point.axes.resize(layer.axes.size());
    point.in_channels = layer.out_channels;
    point.out_channels = in.whole("filters", {});
    point.bias = layer.bias;
    layer.bias = false;
    return {layer, point};
}

}  // namespace convloom::state
