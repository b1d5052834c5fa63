#include "core/state/words/change_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "core/arith/layer/layer_numbers.hpp"
#include "core/arith/layer/layer_switches.hpp"
#include "core/scene/looks/theme.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/scene/words/language.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::state {
namespace {

using arith::Axis;
using arith::Index;
using arith::Layer;
using scene::Language;

std::string from_to(const std::string& what, const std::string& before, const std::string& after) {
    return fmt::format("{}: {} → {}", what, before, after);
}

std::string from_to(const std::string& what, Index before, Index after) {
    return from_to(what, std::to_string(before), std::to_string(after));
}

// One number for all axes if they agree.
std::string along(const Layer& layer, const arith::LayerNumber& number) {
    const auto text_of = [&](const Axis& axis) {
        const Index before = axis.*number.of_axis, after = number.after ? axis.*number.after : before;
        return before == after ? std::to_string(before) : fmt::format("{}+{}", before, after);
    };
    const std::string first = text_of(layer.axes.front());
    std::string text;
    bool same = true;
    for (const Axis& axis : layer.axes) {
        same &= text_of(axis) == first;
        text += (text.empty() ? "" : "×") + text_of(axis);
    }
    return same ? first : text;
}

std::string on_off(bool on, Language in) {
    return on ? tr(in, "on") : tr(in, "off");
}

std::string layer_words(const Layer& a, const Layer& b, Language in) {
    if (a.rank() != b.rank()) return tr(in, "Another layer");
    if (a.op != b.op) return from_to(tr(in, "Kind"), tr(in, a.kind().title), tr(in, b.kind().title));
    // The size of a later layer follows from other numbers, and padding may follow from a rule, so these are named
    // last.
    const auto last = [](const arith::LayerNumber& one) { return one.after ? 2 : one.of_axis == &Axis::size ? 1 : 0; };
    for (const int turn : {0, 1, 2})
        for (const arith::LayerNumber& one : arith::layer_numbers())
            if (one.of_axis && one.title && last(one) == turn && along(a, one) != along(b, one))
                return from_to(tr(in, one.title), along(a, one), along(b, one));
    for (const arith::LayerNumber& one : arith::layer_numbers())
        if (one.of_layer && one.title && a.*one.of_layer != b.*one.of_layer)
            return from_to(tr(in, one.title), a.*one.of_layer, b.*one.of_layer);
    if (a.in_channels != b.in_channels) return from_to(tr(in, "Channels in"), a.in_channels, b.in_channels);
    if (a.out_channels != b.out_channels) return from_to(tr(in, "Channels out"), a.out_channels, b.out_channels);
    if (a.bias != b.bias) return from_to(tr(in, "Bias"), on_off(a.bias, in), on_off(b.bias, in));
    for (const arith::LayerSwitch& one : arith::layer_switches())
        if (one.change && a.*one.on != b.*one.on)
            return from_to(tr(in, one.change), on_off(a.*one.on, in), on_off(b.*one.on, in));
    if (a.padding_mode != b.padding_mode)
        return from_to(tr(in, "Padding mode"), tr(in, arith::name_of(a.padding_mode)),
                       tr(in, arith::name_of(b.padding_mode)));
    if (a.padding_value != b.padding_value)
        return from_to(tr(in, "Padding value"), scene::number_text(a.padding_value),
                       scene::number_text(b.padding_value));
    return tr(in, "How the pooling rounds and counts");
}

std::string photo_words(const Photo& a, const Photo& b, Language in) {
    if (a.path != b.path) return trf(in, "Opened {}", b.path.substr(b.path.find_last_of('/') + 1));
    if (a.stack != b.stack) {
        const std::string before = photo_filters(a.stack, in), after = photo_filters(b.stack, in);
        return before == after ? trf(in, "Numbers of {}", after) : from_to(tr(in, "Filters"), before, after);
    }
    return tr(in, "How the photo is shown");
}

// Describes what was added to the betweens after a layer or removed from them; an empty text if their kinds are the
// same.
std::string between_words(const std::vector<Stage>& a, const std::vector<Stage>& b, Language in) {
    const auto alike = [](const arith::Between& one, const arith::Between& other) {
        return one.kind == other.kind && one.name == other.name;
    };
    for (std::size_t n = 0; n < a.size(); ++n) {
        const arith::Betweens &x = a[n].after, &y = b[n].after;
        const auto [at, other] = std::mismatch(x.begin(), x.end(), y.begin(), y.end(), alike);
        if (at == x.end() && other == y.end()) continue;
        if (y.size() > x.size()) return trf(in, "Added {} after layer {}", arith::title_of(*other), n + 1);
        if (x.size() > y.size()) return trf(in, "Removed {} after layer {}", arith::title_of(*at), n + 1);
        return from_to(trf(in, "After layer {}", n + 1), arith::title_of(*at), arith::title_of(*other));
    }
    return "";
}

std::string view_title(scene::View view, Language in) {
    const scene::ViewInfo& info = scene::info_of(view);
    return tr(in, info.short_title);
}

// Whether two layers differ only in channels and size, which adapt when a layer moves.
bool is_same_layer(const Stage& a, const Stage& b) {
    const auto same_but_size = [](const Axis& one, Axis other) {
        other.size = one.size;
        return one == other;
    };
    const Layer &x = a.layer, &y = b.layer;
    return x.op == y.op && x.bias == y.bias && x.flip == y.flip && x.padding_mode == y.padding_mode &&
           x.padding_value == y.padding_value && (x.groups > 1) == (y.groups > 1) &&
           (x.out_channels == y.out_channels || !x.mixes_channels() || x.groups > 1) &&
           std::equal(x.axes.begin(), x.axes.end(), y.axes.begin(), y.axes.end(), same_but_size) &&
           (a.weight->shape != b.weight->shape || a.weight == b.weight);
}

bool are_same_layers(std::span<const Stage> a, std::span<const Stage> b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), is_same_layer);
}

// Describes a chain in which one layer was added, removed or moved; an empty text for any other change.
std::string chain_words(const std::vector<Stage>& a, const std::vector<Stage>& b, Language in) {
    const bool more = b.size() == a.size() + 1, fewer = a.size() == b.size() + 1;
    const std::span<const Stage> longer = more ? b : a, shorter = more ? a : b;
    if (more || fewer)
        for (std::size_t n = longer.size(); n-- > 0;)
            if (are_same_layers(longer.first(n), shorter.first(n)) &&
                are_same_layers(longer.subspan(n + 1), shorter.subspan(n)))
                return more ? trf(in, "Added layer {}", n + 1) : trf(in, "Removed layer {}", n + 1);
    if (a.size() != b.size() || are_same_layers(a, b)) return "";
    for (std::size_t from = 0; from < a.size(); ++from)
        for (std::size_t to = 0; to < a.size(); ++to) {
            std::vector<Stage> moved = a;
            moved.insert(moved.begin() + static_cast<std::ptrdiff_t>(to) + (to > from ? 1 : 0), a[from]);
            moved.erase(moved.begin() + static_cast<std::ptrdiff_t>(from) + (to > from ? 0 : 1));
            if (from != to && are_same_layers(moved, b)) return trf(in, "Moved layer {} to {}", from + 1, to + 1);
        }
    return "";
}

}  // namespace

std::string change_words(const State& a, const State& b, Language in) {
    if (!a.photo && b.photo) return photo_words(Photo{}, *b.photo, in);
    if (a.photo && b.photo && *a.photo != *b.photo) return photo_words(*a.photo, *b.photo, in);
    if (a.name == b.name)
        if (const std::string words = chain_words(a.stages, b.stages, in); !words.empty()) return words;
    if (a.name != b.name || a.stages.size() != b.stages.size()) return trf(in, "Opened {}", tr(in, b.title));
    if (const std::string words = between_words(a.stages, b.stages, in); !words.empty()) return words;
    for (std::size_t n = 0; n < a.stages.size(); ++n)
        if (a.stages[n].layer != b.stages[n].layer) return layer_words(a.stages[n].layer, b.stages[n].layer, in);
    for (std::size_t n = 0; n < a.stages.size(); ++n)
        for (std::size_t i = 0; i < a.stages[n].after.size(); ++i)
            if (a.stages[n].after[i] != b.stages[n].after[i])
                return from_to(trf(in, "After layer {}", n + 1), arith::title_of(a.stages[n].after[i]),
                               arith::title_of(b.stages[n].after[i]));
    if (a.input != b.input) return tr(in, "Numbers of the input");
    for (std::size_t n = 0; n < a.stages.size(); ++n) {
        if (a.stages[n].weight != b.stages[n].weight) return tr(in, "Numbers of the kernel");
        if (a.stages[n].bias != b.stages[n].bias) return tr(in, "Numbers of the bias");
        for (std::size_t side = 0; side < a.stages[n].sides.size(); ++side)
            if (a.stages[n].sides[side] != b.stages[n].sides[side])
                return tr(in, a.stages[n].layer.kind().side_tensors[side].change);
    }
    if (a.shown != b.shown) return from_to(tr(in, "Layer"), a.shown + 1, b.shown + 1);
    if (a.view != b.view) return from_to(tr(in, "View"), view_title(a.view, in), view_title(b.view, in));
    if (a.compared != b.compared) return tr(in, "The layer that it is compared with");
    if (a.theme != b.theme || a.palette != b.palette) return tr(in, "Theme");
    if (a.title != b.title) return from_to(tr(in, "Title"), tr(in, a.title), tr(in, b.title));
    return tr(in, "How it is shown");
}

}  // namespace convloom::state
