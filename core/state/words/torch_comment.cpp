#include "core/state/words/torch_comment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/arith/layer/layer_numbers.hpp"
#include "core/arith/layer/layer_switches.hpp"
#include "core/arith/layer/relationship.hpp"
#include "core/state/words/number_words.hpp"
#include "core/state/words/torch_parser.hpp"

namespace convloom::state {
namespace {

using arith::Axis;
using arith::Index;
using arith::Layer;

bool beyond_half(const Layer& layer) {
    return layer.is_pooling() && std::any_of(layer.axes.begin(), layer.axes.end(), [](const Axis& a) {
               return std::max(a.pad_before, a.pad_after) > a.kernel / 2;
           });
}

bool take(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) return false;
    text.remove_prefix(word.size());
    return true;
}

std::optional<Index> take_whole(std::string_view& text) {
    const bool negative = take(text, "-");
    const LeadingWhole whole = leading_whole(text);
    if (whole.digits == 0 || whole.number < 0) return std::nullopt;
    text.remove_prefix(whole.digits);
    return negative ? -whole.number : whole.number;
}

// "padding 0+1 0+1" and nothing after it.
void read_padding(std::string_view text, Layer& layer) {
    const auto padded = [](const Axis& a) { return a.pad_before != 0 || a.pad_after != 0; };
    if (std::any_of(layer.axes.begin(), layer.axes.end(), padded)) return;
    std::vector<Axis> axes = layer.axes;
    for (Axis& axis : axes) {
        if (!take(text, " ")) return;
        const auto before = take_whole(text);
        if (!before || !take(text, "+")) return;
        const auto after = take_whole(text);
        if (!after) return;
        axis.pad_before = *before;
        axis.pad_after = *after;
    }
    if (text.empty()) layer.axes = std::move(axes);
}

// "symmetric" or "constant", where the code gives no mode of PyTorch's; the number of a constant is a part of its own.
void read_padding_mode(std::string_view name, Layer& layer) {
    const auto mode = arith::padding_mode_named(name);
    if (mode && arith::info_of(*mode).torch.empty() && layer.kind().has_padding_modes &&
        layer.padding_mode == arith::PaddingMode::zeros)
        layer.padding_mode = *mode;
}

void read_part(std::string_view part, Layer& layer) {
    if (take(part, "padding_mode=")) return read_padding_mode(part, layer);
    if (take(part, "padding_value=")) {
        const auto value = float_of(part);
        if (value && layer.padding_mode == arith::PaddingMode::constant) layer.padding_value = *value;
        return;
    }
    for (const arith::LayerSwitch& one : arith::layer_switches())
        if (one.comment && part == one.comment && one.belongs_to(layer.op)) layer.*one.on = !one.by_default;
    if (take(part, "padding")) read_padding(part, layer);
    for (const arith::LayerNumber& one : arith::layer_numbers()) {
        const bool only_comment = one.of_layer && (!one.torch || one.least_torch_rank > 1);
        if (!only_comment || !take(part, fmt::format("{}=", one.torch ? one.torch : one.key))) continue;
        const auto value = take_whole(part);
        if (value && part.empty() && one.belongs_to(layer.op) && arith::is_by_default(layer, one))
            layer.*one.of_layer = *value;
    }
}

}  // namespace

bool padding_needs_comment(const Layer& layer) {
    return beyond_half(layer) ||
           std::any_of(layer.axes.begin(), layer.axes.end(), [](const Axis& a) { return a.pad_before != a.pad_after; });
}

std::string torch_comment(const Layer& layer) {
    std::string comment;
    if (padding_needs_comment(layer)) {
        comment += "  # padding";
        for (const Axis& a : layer.axes) comment += fmt::format(" {}+{}", a.pad_before, a.pad_after);
        if (beyond_half(layer)) comment += ", which is more than half of the kernel: PyTorch refuses it";
    }
    if (arith::info_of(layer.padding_mode).torch.empty())
        comment += fmt::format("  # padding_mode={}, which {} has not", arith::name_of(layer.padding_mode),
                               arith::torch_name(layer.kind(), layer.rank()));
    if (layer.padding_value != 0) comment += fmt::format("  # padding_value={}", layer.padding_value);
    for (const arith::LayerSwitch& one : arith::layer_switches())
        if (one.comment && !arith::is_by_default(layer, one)) comment += fmt::format("  # {}", one.comment);
    for (const arith::LayerNumber& one : arith::layer_numbers())
        if (one.of_layer && !one.torch && !arith::is_by_default(layer, one))
            comment += fmt::format("  # {}={}", one.key, layer.*one.of_layer);
        else if (one.of_layer && layer.rank() < one.least_torch_rank && !arith::is_by_default(layer, one))
            comment += fmt::format("  # {}={}, which {} has not", one.torch, layer.*one.of_layer,
                                   arith::torch_name(layer.kind(), layer.rank()));
    return comment;
}

void read_torch_comment(std::string_view comment, Layer& layer) {
    while (!comment.empty()) {
        std::string_view part = comment.substr(0, comment.find('#'));
        comment.remove_prefix(std::min(part.size() + 1, comment.size()));
        part = part.substr(0, part.find(','));
        while (part.starts_with(' ')) part.remove_prefix(1);
        while (part.ends_with(' ') || part.ends_with('\r')) part.remove_suffix(1);
        read_part(part, layer);
    }
}

}  // namespace convloom::state
