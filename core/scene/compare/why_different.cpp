#include "core/scene/compare/why_different.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <string_view>
#include <tuple>

#include "core/arith/contrast/contrast.hpp"
#include "core/arith/layer/layer_numbers.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace {

using arith::Index;
using arith::Layer;

// One number for all axes if they agree, otherwise "5×7".
template <class Number>
std::string along_axes(const Layer& layer, Number number) {
    std::string first, all;
    bool same = true;
    for (int a = 0; a < layer.rank(); ++a) {
        const std::string text = fmt::format("{}", number(a));
        if (all.empty())
            first = all = text;
        else
            same &= text == first, all += "×" + text;
    }
    return same ? first : all;
}

std::string extents(const Layer& layer) {
    return along_axes(layer, [&](int a) { return arith::kernel_extent(layer.axes[static_cast<std::size_t>(a)]); });
}
std::string padded(const Layer& layer) {
    return along_axes(layer, [&](int a) { return arith::padded_size(layer.axes[static_cast<std::size_t>(a)]); });
}

Index kernel_cells(const Layer& layer) {
    Index cells = 1;
    for (const arith::Axis& axis : layer.axes) cells *= axis.kernel;
    return cells;
}

// The formula with ⌊ ⌋ or ⌈ ⌉, which need no translation, in place of floor() and ceil().
std::string size_formula(const Layer& layer, int axis) {
    std::string text = with_minus(arith::output_size_formula(layer, axis));
    for (const auto& [name, open, close] : {std::tuple{"floor(", "⌊", "⌋"}, std::tuple{"ceil(", "⌈", "⌉"}}) {
        const std::size_t end = text.rfind(") + 1");
        if (!text.starts_with(name) || end == text.npos) continue;
        text.replace(end, 1, close);
        text.replace(0, std::string_view(name).size(), open);
    }
    return text;
}

class Writer {
  public:
    Writer(const Layer& a, const Layer& b, Language language) : a_(a), b_(b), in_(language) {}

    std::string text() {
        for (const arith::SettingPair& pair : arith::differing_settings(a_, b_)) add(pair);
        if (text_.empty()) return tr(in_, "A and B are the same layer.");
        const arith::Shape of_a = arith::output_shape(a_), of_b = arith::output_shape(b_);
        if (of_a != of_b)
            say(trf(in_, "The output is {} in A and {} in B.", arith::to_text(of_a), arith::to_text(of_b)));
        return text_;
    }

  private:
    void say(const std::string& sentence) { add_sentence(text_, sentence, in_); }
    bool differ(Index arith::Axis::*number) const {
        for (std::size_t n = 0; n < a_.axes.size() && n < b_.axes.size(); ++n)
            if (a_.axes[n].*number != b_.axes[n].*number) return true;
        return false;
    }

    void add(const arith::SettingPair& pair) {
        if (pair.key == "op")
            return say(
                trf(in_, "A is “{}” and B is “{}”.", tr(in_, a_.kind().full_title), tr(in_, b_.kind().full_title)));
        if (pair.key == "padding") return add_padding(pair);
        if (pair.key == "dilation" || pair.key == "kernel")
            return say(trf(in_, "{}: {} in A and {} in B, so the kernel covers {} cells in A and {} in B.", title(pair),
                           pair.a, pair.b, extents(a_), extents(b_)));
        if (pair.key == "stride")
            return say(trf(in_, "{}: {} in A and {} in B, so the windows are {} and {} cells apart.", title(pair),
                           pair.a, pair.b, pair.a, pair.b));
        if (pair.key == "padding_mode")
            return say(trf(in_, "Around the input A reads “{}” and B reads “{}”.", tr(in_, pair.a), tr(in_, pair.b)));
        if (pair.key == "flip")
            return say(trf(in_,
                           "{} is a true convolution, which rotates the kernel by 180°; {} is a cross-correlation, "
                           "which does not.",
                           letter(a_.flip), letter(!a_.flip)));
        if (pair.key == "ceil_mode") return add_ceil();
        if (pair.key == "count_include_pad") {
            const Layer& all = a_.count_include_pad ? a_ : b_;
            return say(trf(in_,
                           "At the border {} divides by all {} cells of the window, padding included, and {} only by "
                           "those inside the input.",
                           letter(a_.count_include_pad), kernel_cells(all), letter(!a_.count_include_pad)));
        }
        say(trf(in_, "{}: {} in A and {} in B.", title(pair), value(pair.a), value(pair.b)));
    }
    // The name of the layer that has a property.
    static const char* letter(bool first) { return first ? "A" : "B"; }
    std::string title(const arith::SettingPair& pair) const { return pair.title ? tr(in_, pair.title) : pair.key; }
    std::string value(const std::string& text) const { return text == "on" || text == "off" ? tr(in_, text) : text; }

    void add_ceil() {
        int axis = 0;
        while (axis + 1 < a_.rank() && arith::output_size(a_, axis) == arith::output_size(b_, axis)) ++axis;
        say(trf(in_, "{} rounds its size up and {} down: {} in A and {} in B.", letter(a_.ceil_mode),
                letter(!a_.ceil_mode), size_formula(a_, axis), size_formula(b_, axis)));
    }

    void add_padding(const arith::SettingPair& pair) {
        if (a_.is_transposed() && b_.is_transposed())
            return say(trf(in_, "The padding crops {} from the output of A and {} from that of B.", pair.a, pair.b));
        if (padded(a_) != padded(b_) || differ(&arith::Axis::stride))
            return say(trf(in_,
                           "The padding is {} in A and {} in B, so the padded input has {} cells in A and {} in B.",
                           pair.a, pair.b, padded(a_), padded(b_)));
        // As many cells in all, but shared out differently.
        std::size_t axis = 0;
        while (a_.axes[axis].pad_before == b_.axes[axis].pad_before) ++axis;
        const Index earlier = b_.axes[axis].pad_before - a_.axes[axis].pad_before;
        const Index cells = std::abs(earlier);
        say(trn(in_, {{cells, "cell"}},
                "The padding is {} in A and {} in B: as many cells in all, but every window of {} begins {} cells "
                "earlier.",
                pair.a, pair.b, letter(earlier < 0), cells));
        const auto of_a = arith::kernel_origin(a_, static_cast<int>(axis)),
                   of_b = arith::kernel_origin(b_, static_cast<int>(axis));
        if (of_a && of_b && a_.axes[axis].stride == 1)
            say(trf(in_, "The kernel's origin, counted from 0, is its cell {} in A and {} in B.", *of_a, *of_b));
    }

    const Layer &a_, &b_;
    Language in_;
    std::string text_;
};

}  // namespace

std::string why_different(const Layer& a, const Layer& b, Language language) {
    return Writer(a, b, language).text();
}

std::string own_settings(const Layer& own, const Layer& other, Language language) {
    std::string text;
    for (const arith::SettingPair& pair : arith::differing_settings(own, other)) {
        std::string value =
            pair.a == "on" || pair.a == "off" || pair.key == "padding_mode" ? tr(language, pair.a) : pair.a;
        if (pair.key == "op") value = tr(language, own.kind().title);
        if (pair.key == "padding")
            if (const std::string rule = arith::same_rule_name(own); !rule.empty()) value += " (" + rule + ")";
        text += fmt::format("{}{}: {}", text.empty() ? "" : tr(language, ", "),
                            pair.title ? tr(language, pair.title) : pair.key, value);
    }
    return text;
}

}  // namespace convloom::scene
