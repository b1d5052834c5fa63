#include <fmt/format.h>

#include <algorithm>

#include "core/arith/layer/layer_switches.hpp"
#include "core/arith/layer/relationship.hpp"
#include "core/state/words/torch_comment.hpp"
#include "core/state/words/torch_words.hpp"

namespace convloom::state {
namespace {

using arith::Axis;
using arith::Index;
using arith::Layer;

// ", stride=2" or ", stride=(2, 1)"; nothing where every axis has the default.
std::string each(const Layer& layer, Index Axis::*number, Index otherwise, std::string_view name) {
    const Index first = layer.axes[0].*number;
    const auto all = [&](Index n) {
        return std::all_of(layer.axes.begin(), layer.axes.end(), [&](const Axis& a) { return a.*number == n; });
    };
    if (all(otherwise)) return "";
    if (all(first)) return fmt::format(", {}={}", name, first);
    std::string numbers;
    for (const Axis& axis : layer.axes) numbers += fmt::format("{}{}", numbers.empty() ? "" : ", ", axis.*number);
    return fmt::format(", {}=({})", name, numbers);
}

// ", ceil_mode=True": those that PyTorch has as arguments, where they are not as by default.
std::string switches(const Layer& layer) {
    std::string code;
    for (const arith::LayerSwitch& one : arith::layer_switches())
        if (!one.comment && !arith::is_by_default(layer, one))
            code += fmt::format(", {}={}", one.key, layer.*one.on ? "True" : "False");
    return code;
}

// Uneven, and just what PyTorch's own word gives.
bool is_torch_same(const Layer& layer) {
    return layer.op == arith::Op::convolution && padding_needs_comment(layer) &&
           std::all_of(layer.axes.begin(), layer.axes.end(), [](const Axis& a) {
               return a.stride == 1 &&
                      arith::padding_for(arith::PaddingRule::same, a) == std::pair{a.pad_before, a.pad_after};
           });
}

std::string convolution_words(const Layer& layer, bool same) {
    std::string code = fmt::format("{}, {}", layer.in_channels, layer.out_channels);
    code += each(layer, &Axis::kernel, -1, "kernel_size");
    code += each(layer, &Axis::stride, 1, "stride");
    if (same)
        code += ", padding='same'";
    else if (!padding_needs_comment(layer))
        code += each(layer, &Axis::pad_before, 0, "padding");
    code += each(layer, &Axis::dilation, 1, "dilation");
    code += each(layer, &Axis::output_padding, 0, "output_padding");
    if (layer.groups != 1) code += fmt::format(", groups={}", layer.groups);
    if (!layer.bias) code += ", bias=False";
    if (layer.padding_mode != arith::PaddingMode::zeros)
        code += fmt::format(", padding_mode='{}'", arith::name_of(layer.padding_mode));
    return code + switches(layer);
}

std::string pooling_words(const Layer& layer) {
    std::string code = each(layer, &Axis::kernel, -1, "kernel_size").substr(2);
    if (std::any_of(layer.axes.begin(), layer.axes.end(), [](const Axis& a) { return a.stride != a.kernel; }))
        code += each(layer, &Axis::stride, -1, "stride");
    if (!padding_needs_comment(layer)) code += each(layer, &Axis::pad_before, 0, "padding");
    code += each(layer, &Axis::dilation, 1, "dilation");
    code += switches(layer);
    if (layer.divisor_override != 0 && layer.rank() > 1)
        code += fmt::format(", divisor_override={}", layer.divisor_override);
    return code;
}

// The words and the comment after them, which stands behind a comma where one follows.
std::pair<std::string, std::string> code_and_comment(const arith::Link& link) {
    constexpr std::string_view names[] = {"Conv", "ConvTranspose", "AvgPool", "MaxPool"};
    const Layer& layer = link.layer;
    const bool same = is_torch_same(layer);
    std::string code = fmt::format("nn.{}{}d({})", names[static_cast<int>(layer.op)], layer.rank(),
                                   layer.is_pooling() ? pooling_words(layer) : convolution_words(layer, same));
    if (link.before == arith::Activation::relu) code = "nn.ReLU(), " + code;
    if (link.after == arith::Activation::relu) code += ", nn.ReLU()";
    Layer unsaid = layer;
    if (same)
        for (Axis& axis : unsaid.axes) axis.pad_before = axis.pad_after = 0;
    return {std::move(code), torch_comment(unsaid)};
}

}  // namespace

std::string torch_code(const Layer& layer) {
    return torch_code(arith::Link{layer, arith::Activation::none});
}

std::string torch_code(const arith::Link& link) {
    const auto [code, comment] = code_and_comment(link);
    return code + comment;
}

std::string torch_code(const arith::Chain& chain) {
    const bool alone =
        chain.size() == 1 && chain[0].before == arith::Activation::none && chain[0].after == arith::Activation::none;
    if (alone) return torch_code(chain.front());
    const bool in_lines = std::any_of(chain.begin(), chain.end(),
                                      [](const arith::Link& link) { return !code_and_comment(link).second.empty(); });
    std::string text = "nn.Sequential(";
    for (std::size_t n = 0; n < chain.size(); ++n) {
        const auto [code, comment] = code_and_comment(chain[n]);
        text += in_lines ? "\n    " : n > 0 ? " " : "";
        text += code + (n + 1 < chain.size() ? "," : "") + comment;
    }
    return text + (in_lines ? "\n)" : ")");
}

}  // namespace convloom::state
