#include "core/state/frameworks/torch_comment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/arith/layer/layer_numbers.hpp"
#include "core/arith/layer/layer_switches.hpp"
#include "core/arith/layer/relationship.hpp"
#include "core/state/base/number_words.hpp"
#include "core/state/code/tokens.hpp"

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

// The mode, where the code gives none; the number of a constant is a part of its own.
void read_padding_mode(std::string_view name, Layer& layer) {
    if (layer.kind().has_padding_modes && layer.padding_mode == arith::PaddingMode::zeros)
        layer.padding_mode = arith::padding_mode_named(name).value_or(layer.padding_mode);
}

// "2x2" for the axes.
std::optional<std::vector<Index>> take_axes(std::string_view text, int rank) {
    std::vector<Index> all;
    for (int a = 0; a < rank; ++a) {
        if (a > 0 && !take(text, "x")) return std::nullopt;
        const auto one = take_whole(text);
        if (!one) return std::nullopt;
        all.push_back(*one);
    }
    return text.empty() ? std::optional(all) : std::nullopt;
}

// "dilation=2x2", "ceil_mode=True", "padding_mode=reflect": what a framework has no argument for.
void read_unsaid(std::string_view part, Layer& layer) {
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) return;
    const std::string_view key = part.substr(0, equals), value = part.substr(equals + 1);
    for (const arith::LayerSwitch& one : arith::layer_switches())
        if (one.key == key && one.belongs_to(layer.op) && (value == "True" || value == "False"))
            layer.*one.on = value == "True";
    for (const arith::LayerNumber& one : arith::layer_numbers()) {
        if (one.key != key || one.after || one.of_axis == &Axis::size || !one.belongs_to(layer.op)) continue;
        const auto values = take_axes(value, one.of_axis ? layer.rank() : 1);
        if (!values) continue;
        if (one.of_layer) layer.*one.of_layer = values->front();
        if (one.of_axis)
            for (int a = 0; a < layer.rank(); ++a) layer.axes[a].*one.of_axis = (*values)[a];
    }
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
        if (one.of_axis && !one.torch && one.of_axis != &Axis::size && one.belongs_to(layer.op) &&
            part.starts_with(fmt::format("{}=", one.key)))
            read_unsaid(part, layer);
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

namespace {

// "5x7", a number for each axis.
std::string axes_text(const Layer& layer, Index Axis::*number) {
    std::string text;
    for (const Axis& axis : layer.axes) text += fmt::format("{}{}", text.empty() ? "" : "x", axis.*number);
    return text;
}

// A number of an axis that PyTorch's class has no argument for.
bool is_only_in_comment(const arith::LayerNumber& one) {
    return one.of_axis && !one.torch && one.of_axis != &Axis::size;
}

}  // namespace

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
        if (is_only_in_comment(one) && !arith::is_by_default(layer, one) && !layer.kind().folds)
            comment += fmt::format("  # {}={}", one.key, axes_text(layer, one.of_axis));
        else if (one.of_layer && !one.torch && !arith::is_by_default(layer, one))
            comment += fmt::format("  # {}={}", one.key, layer.*one.of_layer);
        else if (one.of_layer && layer.rank() < one.least_torch_rank && !arith::is_by_default(layer, one))
            comment += fmt::format("  # {}={}, which {} has not", one.torch, layer.*one.of_layer,
                                   arith::torch_name(layer.kind(), layer.rank()));
    return comment;
}

std::string unsaid_comment(const Layer& wanted, const Layer& said, std::string_view name) {
    std::string comment;
    const auto add = [&](std::string_view key, const std::string& value) {
        comment += fmt::format("  # {}={}, which {} has not", key, value, name);
    };
    for (const arith::LayerNumber& one : arith::layer_numbers()) {
        if (one.of_layer && wanted.*one.of_layer != said.*one.of_layer)
            add(one.key, std::to_string(wanted.*one.of_layer));
        if (!one.of_axis || one.of_axis == &Axis::size) continue;
        std::string values, sides;
        bool differs = false;
        for (int a = 0; a < wanted.rank(); ++a) {
            const Axis &x = wanted.axes[a], &y = said.axes[a];
            differs |= x.*one.of_axis != y.*one.of_axis || (one.after && x.*one.after != y.*one.after);
            values += fmt::format("{}{}", a > 0 ? "x" : "", x.*one.of_axis);
            if (one.after) sides += fmt::format(" {}+{}", x.*one.of_axis, x.*one.after);
        }
        if (!differs) continue;
        if (one.after)
            comment += fmt::format("  # {}{}", one.key, sides);
        else
            add(one.key, values);
    }
    if (wanted.padding_mode != said.padding_mode) add("padding_mode", std::string(arith::name_of(wanted.padding_mode)));
    if (wanted.padding_value != said.padding_value) add("padding_value", fmt::format("{}", wanted.padding_value));
    for (const arith::LayerSwitch& one : arith::layer_switches())
        if (wanted.*one.on != said.*one.on) {
            if (one.comment)
                comment += fmt::format("  # {}", one.comment);
            else
                add(one.key, wanted.*one.on ? "True" : "False");
        }
    return comment;
}

void read_torch_comment(std::string_view comment, Layer& layer) {
    while (!comment.empty()) {
        std::string_view part = comment.substr(0, comment.find('#'));
        comment.remove_prefix(std::min(part.size() + 1, comment.size()));
        const bool unsaid =
            part.find(", which ") != std::string_view::npos && part.find(" has not") != std::string_view::npos;
        part = part.substr(0, part.find(','));
        while (part.starts_with(' ')) part.remove_prefix(1);
        while (part.ends_with(' ') || part.ends_with('\r')) part.remove_suffix(1);
        if (unsaid) read_unsaid(part, layer);
        read_part(part, layer);
    }
}

}  // namespace convloom::state
