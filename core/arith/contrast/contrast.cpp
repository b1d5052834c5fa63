#include "core/arith/contrast/contrast.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/arith/layer/layer_numbers.hpp"
#include "core/arith/layer/layer_switches.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/layer/relationship.hpp"

namespace convloom::arith {
namespace {

bool has_padding(const Layer& layer) {
    return std::any_of(layer.axes.begin(), layer.axes.end(),
                       [](const Axis& a) { return a.pad_before + a.pad_after > 0; });
}

Layer with_rule(Layer layer, PaddingRule rule) {
    set_padding(layer, rule);
    return layer;
}

bool same_padding(const Layer& a, const Layer& b) {
    return std::equal(a.axes.begin(), a.axes.end(), b.axes.begin(), b.axes.end(), [](const Axis& x, const Axis& y) {
        return x.pad_before == y.pad_before && x.pad_after == y.pad_after && x.output_padding == y.output_padding;
    });
}

// Collects the choices; those that are invalid, equal to the layer, or offered already are left out.
struct Collector {
    const Layer& layer;
    std::vector<Contrast> found = {};

    void add(std::string name, const char* title, Layer other) {
        if (other == layer || !check(other).empty()) return;
        for (const Contrast& one : found)
            if (one.layer == other || one.name == name) return;
        found.push_back({std::move(name), title, std::move(other)});
    }
    template <class Change>
    void add_changed(const char* name, const char* title, Change change) {
        Layer other = layer;
        for (Axis& axis : other.axes) change(axis);
        add(name, title, std::move(other));
    }

    static constexpr const char* upper_title = "SAME_UPPER: the odd cell of padding after";
    static constexpr const char* lower_title = "SAME_LOWER: the odd cell of padding before";
    void add_rule(PaddingRule rule) {
        switch (rule) {
            case PaddingRule::valid:
                return add("valid", "VALID: no padding", with_rule(layer, rule));
            case PaddingRule::same:
                return;  // the same as one of the next two
            case PaddingRule::same_upper:
                return add("same_upper", upper_title, with_rule(layer, rule));
            case PaddingRule::same_lower:
                return add("same_lower", lower_title, with_rule(layer, rule));
            case PaddingRule::full:
                return add("full", "Full padding: every overlap", with_rule(layer, rule));
        }
    }
    // The other convention for an odd cell of padding, if the layer has one of the two.
    void add_opposite_same() {
        const Layer upper = with_rule(layer, PaddingRule::same_upper),
                    lower = with_rule(layer, PaddingRule::same_lower);
        if (upper == lower) return;
        if (same_padding(layer, upper)) add_rule(PaddingRule::same_lower);
        if (same_padding(layer, lower)) add_rule(PaddingRule::same_upper);
    }
    void add_switch(const LayerSwitch& one) {
        Layer other = layer;
        other.*one.on = !(other.*one.on);
        add(one.key, one.title, std::move(other));
    }
    // Whether the switch changes anything here.
    bool matters(const LayerSwitch& one) const {
        Layer other = layer;
        other.*one.on = !(other.*one.on);
        if (!check(other).empty()) return false;
        if (one.on == &Layer::ceil_mode) return output_shape(other) != output_shape(layer);
        if (one.on == &Layer::count_include_pad) return has_padding(layer);
        if (one.on == &Layer::flip)
            return std::any_of(layer.axes.begin(), layer.axes.end(), [](const Axis& a) { return a.kernel > 1; });
        return true;
    }
    void add_switches(bool that_matter) {
        // Those of few kinds of layers come last in the table and are the most particular.
        const auto all = layer_switches();
        for (auto one = all.rbegin(); one != all.rend(); ++one)
            // Wide padding changes no layer that is valid without it.
            if (one->on != &Layer::wide_padding && one->belongs_to(layer.op) && matters(*one) == that_matter)
                add_switch(*one);
    }
    void add_modes() {
        if (!layer.kind().has_padding_modes || !has_padding(layer)) return;
        for (const PaddingModeInfo& mode : padding_modes()) {
            Layer other = layer;
            other.padding_mode = mode.mode;
            add(std::string(mode.name), mode.title, std::move(other));
        }
    }
    void add_numbers() {
        if (number_of(&Axis::dilation).belongs_to(layer.op))
            add_changed("dilation_from_0", "Dilation counted from 0 (oneDNN)", [](Axis& a) {
                if (a.kernel > 1) ++a.dilation;
            });
        add_changed("stride", "Stride larger by one", [](Axis& a) { ++a.stride; });
    }
    void add_splits() {
        if (layer.is_transposed()) return;
        add_changed("causal", "Causal: all padding before", [](Axis& a) {
            a.pad_before = kernel_extent(a) - 1;
            a.pad_after = 0;
        });
        add_changed("origin_later", "Kernel's origin one cell later", [](Axis& a) {
            if (a.pad_after > 0) ++a.pad_before, --a.pad_after;
        });
        add_changed("origin_earlier", "Kernel's origin one cell earlier", [](Axis& a) {
            if (a.pad_before > 0) --a.pad_before, ++a.pad_after;
        });
    }
};

// The numbers of all axes, or one if they agree: "3", "3×5", "0+1".
std::string along(const Layer& layer, const LayerNumber& number) {
    std::string first, all;
    bool same = true;
    for (const Axis& axis : layer.axes) {
        const Index before = axis.*number.of_axis, after = number.after ? axis.*number.after : before;
        const std::string text = before == after ? std::to_string(before) : fmt::format("{}+{}", before, after);
        if (all.empty())
            first = all = text;
        else
            same &= text == first, all += "×" + text;
    }
    return same ? first : all;
}

}  // namespace

std::vector<Contrast> contrasts(const Layer& layer) {
    Collector c{layer};
    c.add_opposite_same();
    c.add_switches(true);
    c.add_modes();
    c.add_numbers();
    for (const PaddingRule rule :
         {PaddingRule::valid, PaddingRule::same_upper, PaddingRule::same_lower, PaddingRule::full})
        c.add_rule(rule);
    c.add_splits();
    c.add_switches(false);
    return std::move(c.found);
}

std::optional<Layer> contrast_named(const Layer& layer, std::string_view name) {
    for (Contrast& one : contrasts(layer))
        if (one.name == name) return std::move(one.layer);
    return std::nullopt;
}

Layer usual_contrast(const Layer& layer) {
    const std::vector<Contrast> all = contrasts(layer);
    return all.empty() ? layer : all.front().layer;
}

std::string not_comparable(const Layer& a, const Layer& b) {
    const Shape in_a = input_shape(a), in_b = input_shape(b);
    if (in_a == in_b) return "";
    return fmt::format("The layers take inputs of {} and {}; two layers are compared on the same input.", to_text(in_a),
                       to_text(in_b));
}

bool walks_second(const Layer& a, const Layer& b) {
    return *element_count(output_shape(b)) > *element_count(output_shape(a));
}

const Layer& walked(const Layer& a, const Layer& b) {
    return walks_second(a, b) ? b : a;
}

Layer followed(Layer other, const Layer& before, const Layer& after) {
    const auto follow = [](auto& own, const auto& old, const auto& now) {
        if (own == old) own = now;
    };
    if (other.rank() != before.rank() || before.rank() != after.rank()) return other;
    follow(other.op, before.op, after.op);
    for (const LayerNumber& one : layer_numbers()) {
        if (one.of_layer) {
            follow(other.*one.of_layer, before.*one.of_layer, after.*one.of_layer);
            continue;
        }
        for (std::size_t a = 0; a < other.axes.size(); ++a) {
            follow(other.axes[a].*one.of_axis, before.axes[a].*one.of_axis, after.axes[a].*one.of_axis);
            if (one.after) follow(other.axes[a].*one.after, before.axes[a].*one.after, after.axes[a].*one.after);
        }
    }
    for (std::size_t a = 0; a < other.axes.size(); ++a) other.axes[a].size = after.axes[a].size;
    for (const LayerSwitch& one : layer_switches()) follow(other.*one.on, before.*one.on, after.*one.on);
    follow(other.padding_mode, before.padding_mode, after.padding_mode);
    follow(other.bias, before.bias, after.bias);
    follow(other.out_channels, before.out_channels, after.out_channels);
    other.in_channels = after.in_channels;
    if (!other.mixes_channels()) other.out_channels = other.out_channels_for(other.in_channels);
    return other;
}

std::vector<SettingPair> differing_settings(const Layer& a, const Layer& b) {
    std::vector<SettingPair> pairs;
    const auto add = [&](std::string key, const char* title, std::string of_a, std::string of_b) {
        if (of_a != of_b) pairs.push_back({std::move(key), title, std::move(of_a), std::move(of_b)});
    };
    add("op", "Kind", std::string(a.kind().name), std::string(b.kind().name));
    for (const LayerNumber& one : layer_numbers())
        if (one.of_axis) add(one.key, one.title, along(a, one), along(b, one));
    add("in_channels", "Channels in", std::to_string(a.in_channels), std::to_string(b.in_channels));
    add("out_channels", "Channels out", std::to_string(a.out_channels), std::to_string(b.out_channels));
    for (const LayerNumber& one : layer_numbers())
        if (one.of_layer) add(one.key, one.title, std::to_string(a.*one.of_layer), std::to_string(b.*one.of_layer));
    add("padding_mode", "Padding mode", std::string(name_of(a.padding_mode)), std::string(name_of(b.padding_mode)));
    const auto on_off = [](bool on) { return std::string(on ? "on" : "off"); };
    add("bias", "Bias", on_off(a.bias), on_off(b.bias));
    for (const LayerSwitch& one : layer_switches()) add(one.key, one.title, on_off(a.*one.on), on_off(b.*one.on));
    return pairs;
}

std::optional<Index> kernel_origin(const Layer& layer, int a) {
    const Axis& axis = layer.axes[static_cast<std::size_t>(a)];
    if (layer.is_transposed() || axis.pad_before % axis.dilation != 0) return std::nullopt;
    const Index at = axis.pad_before / axis.dilation;
    return at < axis.kernel ? std::optional(at) : std::nullopt;
}

std::string same_rule_name(const Layer& layer) {
    const Layer upper = with_rule(layer, PaddingRule::same_upper), lower = with_rule(layer, PaddingRule::same_lower);
    if (same_padding(upper, lower)) return "";
    return same_padding(layer, upper) ? "SAME_UPPER" : same_padding(layer, lower) ? "SAME_LOWER" : "";
}

bool values_differ(float a, float b) {
    if (a == b || (std::isnan(a) && std::isnan(b))) return false;
    if (!std::isfinite(a) || !std::isfinite(b)) return true;
    constexpr float rounding = 1e-5f;
    return std::abs(a - b) > rounding * std::max({1.0f, std::abs(a), std::abs(b)});
}

}  // namespace convloom::arith
