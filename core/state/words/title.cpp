#include "core/state/words/title.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "core/arith/layer/output_size.hpp"
#include "core/state/json/presets.hpp"

namespace convloom::state {
namespace {

using arith::Axis;
using arith::Index;
using arith::Layer;
using scene::Language;
using scene::tr;
using scene::trf;

constexpr std::size_t most_title_bytes = 200;

std::string kind_of(const Layer& layer, Language in) {
    if (layer.op == arith::Op::upsample_linear && layer.rank() == 2) return tr(in, "Bilinear upsampling");
    if (layer.op == arith::Op::upsample_linear && layer.rank() == 3) return tr(in, "Trilinear upsampling");
    if (!layer.kind().has_special_titles) return tr(in, layer.kind().full_title);
    auto any = [&](auto test) { return std::any_of(layer.axes.begin(), layer.axes.end(), test); };
    if (layer.groups > 1 && layer.groups == layer.in_channels) return tr(in, "Depthwise convolution");
    if (layer.groups > 1) return tr(in, "Grouped convolution");
    if (any([](const Axis& a) { return a.dilation > 1; })) return tr(in, "Dilated convolution");
    return tr(in, layer.kind().full_title);
}

// "9×9", or with channels "9×9×3".
std::string extent_text(const arith::Shape& shape, bool channels) {
    if (shape.size() == 1) return std::to_string(shape[0]);
    std::string text;
    for (std::size_t n = 1; n < shape.size(); ++n) text += fmt::format("{}{}", n > 1 ? "×" : "", shape[n]);
    return channels ? fmt::format("{}×{}", text, shape[0]) : text;
}

// The numbers of all axes, or one number if they agree.
std::string axes_text(const Layer& layer, Index Axis::*member) {
    std::string text = std::to_string(layer.axes[0].*member);
    const bool alike = std::all_of(layer.axes.begin(), layer.axes.end(),
                                   [&](const Axis& a) { return a.*member == layer.axes[0].*member; });
    for (std::size_t a = 1; a < layer.axes.size() && !alike; ++a) text += fmt::format("×{}", layer.axes[a].*member);
    return text;
}

std::string layer_title(const Layer& layer, Language in) {
    const arith::Shape from = arith::input_shape(layer), to = arith::output_shape(layer);
    const bool channels = from[0] > 1 || to[0] > 1;
    auto any = [&](auto test) { return std::any_of(layer.axes.begin(), layer.axes.end(), test); };
    std::string text =
        trf(in, "{}, {} to {}", kind_of(layer, in), extent_text(from, channels), extent_text(to, channels));
    if (layer.align_corners) text += tr(in, ", corners kept");
    if (any([](const Axis& a) { return a.stride != 1; }))
        text += trf(in, ", stride {}", axes_text(layer, &Axis::stride));
    const bool even = !any([](const Axis& a) { return a.pad_before != a.pad_after; });
    if (even && any([](const Axis& a) { return a.pad_before != 0; }))
        text += trf(in, ", padding {}", axes_text(layer, &Axis::pad_before));
    return text;
}

bool is_preset(const std::string& name) {
    const auto& names = preset_names();
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Keeps ASCII letters and digits; everything else becomes an underscore.
std::string as_file_name(const std::string& text) {
    std::string name;
    for (std::size_t n = 0; n < text.size(); ++n) {
        const auto c = static_cast<unsigned char>(text[n]);
        if (text.compare(n, 2, "×") == 0)
            name += 'x', ++n;
        else if (c < 0x80 && std::isalnum(c))
            name += static_cast<char>(std::tolower(c));
        else if (!name.empty() && name.back() != '_')
            name += '_';
    }
    while (!name.empty() && name.back() == '_') name.pop_back();
    return name;
}

}  // namespace

std::string derived_title(const arith::Chain& chain, Language in) {
    if (chain.size() == 1) return layer_title(chain.front().layer, in);
    const arith::Shape from = arith::input_shape(chain), to = arith::output_shape(chain);
    return trf(in, "{} layers, {} to {}", chain.size(), extent_text(from, true), extent_text(to, true));
}

std::string title_of(const State& state) {
    if (state.own_title) return state.title;
    return state.title.empty() ? derived_title(chain_of(state), state.language) : tr(state.language, state.title);
}

std::string title_without_own(const State& state) {
    if (!state.own_title) return title_of(state);
    State other = state;
    other.own_title = false;
    settle_title(other);
    return title_of(other);
}

void settle_title(State& state) {
    if (state.own_title) return;
    state.title.clear();
    if (!is_preset(state.name)) return;
    const State original = preset(state.name);
    if (chain_of(original) == chain_of(state)) state.title = original.title;
}

std::string refused_title(const std::string& title) {
    if (title.size() > most_title_bytes)
        return fmt::format("A title has at most {} bytes; this one has {}.", most_title_bytes, title.size());
    if (std::any_of(title.begin(), title.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
        return "A title is one line of text.";
    return "";
}

std::string file_stem(const State& state) {
    std::string stem;
    if (state.own_title) stem = as_file_name(state.title);
    if (stem.empty() && !state.title.empty()) stem = state.name;
    if (stem.empty()) stem = as_file_name(derived_title(chain_of(state), Language::english));
    return stem;
}

}  // namespace convloom::state
