#include <fmt/format.h>

#include <algorithm>

#include "core/arith/layer/layer_numbers.hpp"
#include "core/arith/layer/layer_switches.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/layer/relationship.hpp"
#include "core/state/frameworks/torch_comment.hpp"
#include "core/state/words/between_code.hpp"
#include "core/state/words/torch_words.hpp"

namespace convloom::state {
namespace {

using arith::Axis;
using arith::Index;
using arith::Layer;

// ", stride=2" or ", stride=(2, 1)"; nothing if every axis has the default.
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

// ", output_size=(None, 3)": an argument that PyTorch requires and that is None by default.
std::string each_or_none(const Layer& layer, const arith::LayerNumber& one) {
    std::vector<std::string> texts;
    for (const Axis& axis : layer.axes)
        texts.push_back(axis.*one.of_axis == one.by_default ? "None" : fmt::format("{}", axis.*one.of_axis));
    if (std::count(texts.begin(), texts.end(), texts.front()) == layer.rank())
        return fmt::format(", {}={}", one.torch, texts.front());
    return fmt::format(", {}=({})", one.torch, fmt::join(texts, ", "));
}

// ", ceil_mode=True": the switches that are PyTorch arguments and differ from their defaults.
std::string switches(const Layer& layer) {
    std::string code;
    for (const arith::LayerSwitch& one : arith::layer_switches())
        if (!one.comment && !arith::is_by_default(layer, one))
            code += fmt::format(", {}={}", one.key, layer.*one.on ? "True" : "False");
    return code;
}

// Uneven padding that equals PyTorch's padding="same".
bool is_torch_same(const Layer& layer) {
    return layer.op == arith::Op::convolution && padding_needs_comment(layer) &&
           std::all_of(layer.axes.begin(), layer.axes.end(), [](const Axis& a) {
               return a.stride == 1 &&
                      arith::padding_for(arith::PaddingRule::same, a) == std::pair{a.pad_before, a.pad_after};
           });
}

// ", groups=2": the numbers that every layer of the kind has, or with `where_set` those that are written only if set.
std::string layer_number_words(const Layer& layer, bool where_set) {
    std::string code;
    for (const arith::LayerNumber& one : arith::layer_numbers())
        if (one.of_layer && one.torch && (one.written == arith::LayerNumber::Written::where_set) == where_set &&
            layer.rank() >= one.least_torch_rank &&
            (!arith::is_by_default(layer, one) || (one.torch_required && one.belongs_to(layer.op))))
            code += fmt::format(", {}={}", one.torch, layer.*one.of_layer);
    return code;
}

// ", kernel_size=3, stride=2": required arguments always, others if they differ from their defaults.
std::string axis_number_words(const Layer& layer, bool same) {
    constexpr Index always = -1;  // a default that no axis has
    const bool stride_is_kernel =
        std::all_of(layer.axes.begin(), layer.axes.end(), [](const Axis& a) { return a.stride == a.kernel; });
    std::string code;
    for (const arith::LayerNumber& one : arith::layer_numbers()) {
        if (!one.of_axis || !one.torch || !one.belongs_to(layer.op)) continue;
        const bool sized =
            std::any_of(layer.axes.begin(), layer.axes.end(), [](const Axis& a) { return a.upsample_size > 0; });
        if (one.of_axis == &Axis::scale_factor && !sized)
            code += each(layer, one.of_axis, always, one.torch);
        else if (one.torch_none)
            code += each_or_none(layer, one);
        else if (one.of_axis == &Axis::kernel)
            code += each(layer, one.of_axis, always, one.torch);
        else if (one.of_axis == &Axis::stride && layer.kind().stride_is_kernel)
            code += stride_is_kernel ? "" : each(layer, one.of_axis, always, one.torch);
        else if (one.after && same)
            code += fmt::format(", {}='same'", one.torch);
        else if (!one.after || !padding_needs_comment(layer))
            code += each(layer, one.of_axis, one.by_default, one.torch);
    }
    return code;
}

// The arguments, without parentheses.
std::string argument_words(const Layer& layer, bool same) {
    std::string code;
    if (layer.mixes_channels()) code += fmt::format(", {}, {}", layer.in_channels, layer.out_channels);
    if (layer.kind().folds) {
        Layer whole = layer;
        for (Axis& axis : whole.axes) axis.restored_size = arith::restored_size(axis);
        code += each(whole, &Axis::restored_size, 0, "output_size");
    }
    code += axis_number_words(layer, same) + layer_number_words(layer, false);
    if (const std::string_view mode = layer.kind().torch_modes[static_cast<std::size_t>(layer.rank() - 1)];
        !mode.empty())
        code += fmt::format(", mode='{}'", mode);
    if (layer.kind().bias && !layer.bias) code += ", bias=False";
    const std::string_view mode = arith::info_of(layer.padding_mode).torch;
    if (layer.padding_mode != arith::PaddingMode::zeros && !mode.empty())
        code += fmt::format(", padding_mode='{}'", mode);
    code += switches(layer) + layer_number_words(layer, true);
    return code.empty() ? code : code.substr(2);
}

// The code and the comment. If code follows, the comma goes before the comment.
std::pair<std::string, std::string> code_and_comment(const arith::Link& link) {
    const Layer& layer = link.layer;
    const bool same = is_torch_same(layer);
    std::string code = fmt::format("{}{}({})", layer.kind().torch_module, arith::torch_name(layer.kind(), layer.rank()),
                                   argument_words(layer, same));
    std::string unsaid_after;
    const auto words_of = [&](const arith::Betweens& betweens, const char* form) {
        std::string words;
        for (const arith::Between& between : betweens) {
            BetweenCode one = torch_code(between);
            words += fmt::format(fmt::runtime(form), one.code);
            unsaid_after += one.comment;
        }
        return words;
    };
    code = words_of(link.before, "{}, ") + code + words_of(link.after, ", {}");
    Layer unsaid = layer;
    if (same)
        for (Axis& axis : unsaid.axes) axis.pad_before = axis.pad_after = 0;
    return {std::move(code), torch_comment(unsaid) + unsaid_after};
}

}  // namespace

std::string torch_code(const Layer& layer) {
    return torch_code(arith::Link{layer, {}, {}, {}});
}

std::string torch_code(const arith::Link& link) {
    const auto [code, comment] = code_and_comment(link);
    return code + comment;
}

std::string torch_code(const arith::Chain& chain) {
    const bool alone = chain.size() == 1 && chain[0].before.empty() && chain[0].after.empty();
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
