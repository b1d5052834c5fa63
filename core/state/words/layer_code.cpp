#include "core/state/words/layer_code.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/arith/chain/between_kinds.hpp"
#include "core/arith/layer/layer_numbers.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/layer/relationship.hpp"
#include "core/state/frameworks/torch_comment.hpp"
#include "core/state/words/reading.hpp"
#include "core/state/words/torch_words.hpp"

namespace convloom::state {
namespace {

using arith::Axis;
using arith::Framework;
using arith::Index;
using arith::Layer;
using arith::Op;
using arith::PaddingRule;

constexpr FrameworkWords words_of_frameworks[] = {{Framework::pytorch, "pytorch", "PyTorch"},
                                                  {Framework::keras, "keras", "Keras"},
                                                  {Framework::onnx, "onnx", "ONNX"}};

struct Code {
    std::string code, comment;
};

// "3" if all axes have it, or "(3, 5)".
std::string axes_words(const Layer& layer, Index Axis::*number) {
    std::string all;
    bool equal = true;
    for (const Axis& axis : layer.axes) {
        equal &= axis.*number == layer.axes[0].*number;
        all += fmt::format("{}{}", all.empty() ? "" : ", ", axis.*number);
    }
    return equal ? std::to_string(layer.axes[0].*number) : fmt::format("({})", all);
}

bool all_are(const Layer& layer, Index Axis::*number, Index value) {
    return std::all_of(layer.axes.begin(), layer.axes.end(), [&](const Axis& axis) { return axis.*number == value; });
}

bool has_padding_of(const Layer& layer, PaddingRule rule) {
    Layer other = layer;
    for (Axis& axis : other.axes) axis.pad_before = axis.pad_after = axis.output_padding = 0;
    arith::set_padding(other, rule);
    return other.axes == layer.axes;
}

// What the code says, read again; the layer itself if that is not possible.
Layer said_by(const std::string& code, const Layer& layer) {
    try {
        const Reading read = read_layers(code, arith::input_shape(layer));
        if (read.chain.size() == 1 && read.chain[0].layer.rank() == layer.rank()) return read.chain[0].layer;
    } catch (const Error&) {
    }
    return layer;
}

std::string keras_padding_words(const Layer& layer) {
    const bool padded = std::any_of(layer.axes.begin(), layer.axes.end(),
                                    [](const Axis& a) { return a.pad_before != 0 || a.pad_after != 0; });
    const bool dilated_pooling = layer.is_pooling() && !all_are(layer, &Axis::dilation, 1);  // which Keras has not
    if (padded && !dilated_pooling && has_padding_of(layer, PaddingRule::same_upper)) return ", padding='same'";
    const Axis& axis = layer.axes[0];
    if (layer.rank() == 1 && layer.op == Op::convolution && axis.pad_after == 0 && padded &&
        axis.pad_before == arith::kernel_extent(axis) - 1)
        return ", padding='causal'";
    return "";
}

Code keras_code(const Layer& layer) {
    const std::string rank = std::to_string(layer.rank());
    std::string name, arguments;
    const bool depthwise = layer.op == Op::convolution && layer.groups == layer.in_channels && layer.groups > 1;
    switch (layer.op) {
        case Op::convolution:
            name = depthwise ? "DepthwiseConv" + rank + "D" : "Conv" + rank + "D";
            break;
        case Op::transposed_convolution:
            name = "Conv" + rank + "DTranspose";
            break;
        case Op::max_pooling:
            name = "MaxPooling" + rank + "D";
            break;
        case Op::average_pooling:
            name = "AveragePooling" + rank + "D";
            break;
        case Op::adaptive_average_pooling:
        case Op::adaptive_max_pooling:
        case Op::lp_pooling:
        case Op::upsample_nearest:
        case Op::upsample_linear:
        case Op::deformable_convolution:
        case Op::partial_convolution:
        case Op::max_unpooling:
        case Op::unfold:
        case Op::fold:
            return {"", "  # " + torch_code(layer)};
    }
    if (layer.is_pooling()) {
        arguments = axes_words(layer, &Axis::kernel);
        const bool equal =
            std::all_of(layer.axes.begin(), layer.axes.end(), [](const Axis& a) { return a.stride == a.kernel; });
        if (!equal) arguments += ", strides=" + axes_words(layer, &Axis::stride);
    } else {
        arguments = depthwise ? axes_words(layer, &Axis::kernel)
                              : fmt::format("{}, {}", layer.out_channels, axes_words(layer, &Axis::kernel));
        if (!all_are(layer, &Axis::stride, 1)) arguments += ", strides=" + axes_words(layer, &Axis::stride);
    }
    const std::string padding = keras_padding_words(layer);
    arguments += padding;
    if (!layer.is_pooling() && !all_are(layer, &Axis::dilation, 1))
        arguments += ", dilation_rate=" + axes_words(layer, &Axis::dilation);
    if (layer.is_transposed() && padding.empty() && !all_are(layer, &Axis::output_padding, 0))
        arguments += ", output_padding=" + axes_words(layer, &Axis::output_padding);
    if (depthwise && layer.out_channels != layer.in_channels)
        arguments += fmt::format(", depth_multiplier={}", layer.out_channels / layer.in_channels);
    if (layer.op == Op::convolution && !depthwise && layer.groups != 1)
        arguments += fmt::format(", groups={}", layer.groups);
    if (layer.kind().bias && !layer.bias) arguments += ", use_bias=False";
    const std::string code = fmt::format("layers.{}({})", name, arguments);
    return {code, unsaid_comment(layer, said_by(code, layer), name)};
}

std::string onnx_list(const Layer& layer, Index Axis::*number) {
    std::string all;
    for (const Axis& axis : layer.axes) all += fmt::format("{}{}", all.empty() ? "" : ",", axis.*number);
    return all;
}

Code onnx_code(const Layer& layer) {
    const bool known = layer.op == Op::convolution || layer.is_transposed() || layer.op == Op::max_pooling ||
                       layer.op == Op::average_pooling;
    if (!known) return {"", "  # " + torch_code(layer)};
    const std::string name = layer.op == Op::convolution              ? "Conv"
                             : layer.op == Op::transposed_convolution ? "ConvTranspose"
                             : layer.op == Op::max_pooling            ? "MaxPool"
                                                                      : "AveragePool";
    std::string code = fmt::format("{} kernel_shape=[{}]", name, onnx_list(layer, &Axis::kernel));
    if (!all_are(layer, &Axis::pad_before, 0) || !all_are(layer, &Axis::pad_after, 0))
        code += fmt::format(" pads=[{},{}]", onnx_list(layer, &Axis::pad_before), onnx_list(layer, &Axis::pad_after));
    if (!all_are(layer, &Axis::stride, 1)) code += fmt::format(" strides=[{}]", onnx_list(layer, &Axis::stride));
    if (!all_are(layer, &Axis::dilation, 1)) code += fmt::format(" dilations=[{}]", onnx_list(layer, &Axis::dilation));
    if (layer.is_transposed() && !all_are(layer, &Axis::output_padding, 0))
        code += fmt::format(" output_padding=[{}]", onnx_list(layer, &Axis::output_padding));
    if (layer.has_weight() && layer.groups != 1) code += fmt::format(" group={}", layer.groups);
    if (layer.ceil_mode) code += " ceil_mode=1";
    if (layer.op == Op::average_pooling && layer.count_include_pad) code += " count_include_pad=1";
    if (layer.has_weight()) code += fmt::format(" W={}", fmt::join(arith::weight_shape(layer), "x"));
    if (layer.bias) code += fmt::format(" B={}", layer.out_channels);
    return {code, unsaid_comment(layer, said_by(code, layer), name)};
}

std::string_view first_of(std::string_view names) {
    return names.substr(0, names.find(','));
}

// A between under its name in the framework, or as a comment.
Code between_words_of(const arith::Between& between, Framework framework) {
    const arith::BetweenKind& kind = *between.kind;
    const bool keras = framework == Framework::keras;
    std::string name(first_of(keras ? kind.keras : kind.onnx));
    if (kind.group == arith::BetweenGroup::unknown) name = between.name;
    if (name.empty() || (kind.group == arith::BetweenGroup::padding && !keras))
        return {"", "  # " + arith::title_of(between)};
    if (const std::size_t at = name.find("{}"); at != std::string::npos)
        name.replace(at, 2, std::to_string(between.rank));
    std::string arguments;
    const arith::Between plain = arith::between_of(kind, framework, between.rank);
    for (std::size_t n = 0; n < between.values.size(); ++n) {
        const arith::BetweenSetting& setting = kind.settings[n];
        const std::string_view argument = first_of(keras ? setting.keras : setting.onnx);
        const arith::BetweenValue& value = between.values[n];
        const bool padding = std::string_view(setting.key) == "padding" && keras;
        if ((argument.empty() && !padding) || value == plain.values[n] || value.is_none()) continue;
        std::string said = value.text.empty() ? "" : "'" + value.text + "'";
        if (padding && value.numbers.size() > 1) {  // PyTorch's order begins with the last axis
            for (std::size_t side = value.numbers.size(); side >= 2; side -= 2)
                said += fmt::format("{}({}, {})", said.empty() ? "" : ", ", value.numbers[side - 2],
                                    value.numbers[side - 1]);
            said = value.numbers.size() == 2 ? said : "(" + said + ")";
        } else if (value.text.empty()) {
            const bool flag = setting.takes == arith::BetweenSetting::Takes::flag && keras;
            for (const double number : value.numbers)
                said += (said.empty() ? "" : ", ") +
                        (flag ? std::string(number != 0 ? "True" : "False") : fmt::format("{}", number));
            if (value.numbers.size() > 1) said = (keras ? "(" : "[") + said + (keras ? ")" : "]");
        }
        const std::string separator = keras ? (arguments.empty() ? "" : ", ") : " ";
        arguments += separator + (padding ? said : fmt::format("{}={}", argument, said));
    }
    return {keras ? fmt::format("layers.{}({})", name, arguments) : name + arguments, ""};
}

Code code_of_layer(const Layer& layer, Framework framework) {
    return framework == Framework::keras ? keras_code(layer) : onnx_code(layer);
}

// The lines of a link: what stands before, the layer, what stands after. A comment ends its line.
std::vector<Code> lines_of(const arith::Link& link, Framework framework) {
    std::vector<Code> lines;
    for (const arith::Between& one : link.before) lines.push_back(between_words_of(one, framework));
    lines.push_back(code_of_layer(link.layer, framework));
    for (const arith::Between& one : link.after) lines.push_back(between_words_of(one, framework));
    return lines;
}

std::string in_lines(const std::vector<Code>& lines, Framework framework) {
    const bool keras = framework == Framework::keras;
    if (lines.size() == 1) return lines[0].code + lines[0].comment;
    std::string text = keras ? "keras.Sequential([\n" : "";
    for (const Code& line : lines) {
        const std::string code = line.code + (keras && !line.code.empty() ? "," : "");
        const std::string_view comment =
            std::string_view(line.comment)
                .substr(line.code.empty() ? std::min<std::size_t>(2, line.comment.size()) : 0);
        text += fmt::format("{}{}{}\n", keras ? "    " : "", code, comment);
    }
    if (keras) return text + "])";
    text.pop_back();
    return text;
}

}  // namespace

std::span<const FrameworkWords> framework_words() {
    return words_of_frameworks;
}

std::optional<Framework> framework_named(std::string_view name) {
    for (const FrameworkWords& one : words_of_frameworks)
        if (one.name == name) return one.framework;
    return std::nullopt;
}

std::string code_of(const Layer& layer, Framework framework) {
    return code_of(arith::Link{layer, {}, {}, {}}, framework);
}

std::string code_of(const arith::Link& link, Framework framework) {
    if (framework == Framework::pytorch) return torch_code(link);
    return in_lines(lines_of(link, framework), framework);
}

std::string code_of(const arith::Chain& chain, Framework framework) {
    if (framework == Framework::pytorch) return torch_code(chain);
    std::vector<Code> lines;
    for (const arith::Link& link : chain)
        for (Code& line : lines_of(link, framework)) lines.push_back(std::move(line));
    return in_lines(lines, framework);
}

}  // namespace convloom::state
