#include "core/scene/pieces/layer_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/arith/layer/output_size.hpp"
#include "core/arith/layer/padding_modes.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {

namespace {

// The number of one axis, or of each if they differ: "3" or "3×5".
template <class Number>
std::string of_axes(const arith::Layer& layer, Number number) {
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

// What says the same of a layer whose windows follow from the sizes: "input i = 5,  output o = 3,  windows of up to 3".
std::string sized_text(const arith::Layer& layer, Language language) {
    const std::string from = of_axes(layer, [&](int a) { return layer.axes[a].size; }),
                      to = of_axes(layer, [&](int a) { return arith::output_size(layer, a); }),
                      most = of_axes(layer, [&](int a) { return arith::largest_window(layer, a); });
    std::string text = trf(language, "input i = {},  output o = {},  windows of up to {}", from, to, most);
    if (layer.align_corners) text += tr(language, ",  corners kept");
    return text;
}

}  // namespace

std::string parameters_text(const arith::Layer& layer, const char* form, Language language) {
    auto each = [&](arith::Index arith::Axis::*member) {
        return of_axes(layer, [&](int a) { return layer.axes[a].*member; });
    };
    const std::string padding = of_axes(layer, [&](int a) {
        const arith::Axis& axis = layer.axes[a];
        return axis.pad_before == axis.pad_after ? fmt::format("{}", axis.pad_before)
                                                 : fmt::format("{}+{}", axis.pad_before, axis.pad_after);
    });
    if (layer.has_sized_windows()) return sized_text(layer, language);
    std::string more;
    if (layer.reduction() == arith::Reduction::norm) more = trf(language, ",  power {}", layer.norm_type);
    const bool padded = std::any_of(layer.axes.begin(), layer.axes.end(),
                                    [](const arith::Axis& axis) { return axis.pad_before + axis.pad_after > 0; });
    if (padded && layer.padding_mode != arith::PaddingMode::zeros)
        more += trf(language, ",  {} padding", tr(language, arith::name_of(layer.padding_mode)));
    if (layer.is_transposed() && form == words_form)
        more += fmt::format(",  p' = {}", of_axes(layer, [&](int a) { return sliding_axis(layer, a).padding; }));
    return trf(language, form, each(&arith::Axis::size), each(&arith::Axis::kernel), each(&arith::Axis::stride),
               padding, each(&arith::Axis::dilation),
               of_axes(layer, [&](int a) { return arith::output_size(layer, a); })) +
           more;
}

std::string moment_text(const arith::Recording& recording, const Moment& moment, Language language) {
    std::string text = trf(language, "step {} of {}", count_text(moment.step + 1), count_text(recording.step_count()));
    if (moment.tap != Moment::whole_window)
        text += trf(language, ", tap {} of {}", count_text(moment.tap + 1),
                    count_text(recording.tap_count(recording.step(moment.step))));
    return text;
}

std::string plane_words(std::initializer_list<SlidingAxis> axes, Language language) {
    bool zeros = false, padded = false, unused = false;
    std::string totals;
    for (const SlidingAxis& a : axes) {
        zeros |= a.stretched() > a.input;
        padded |= a.total > a.stretched();
        unused |= a.reached < a.total;
        totals += fmt::format("{}{}", totals.empty() ? "" : "×", a.total);
    }
    std::string words;
    auto add = [&](const std::string& word) { words += (words.empty() ? "" : tr(language, ", ")) + word; };
    if (zeros) add(tr(language, "zeros inserted"));
    if (padded) add(trf(language, "padded to {}", totals));
    if (unused) add(tr(language, "hatched: unused"));
    return words;
}

std::string kernel_title(const arith::Layer& layer) {
    return layer.has_weight() ? "Kernel" : "Window";
}

std::string kernel_shape(const arith::Layer& layer, const Sliding& plane, Language language) {
    const std::string shape = fmt::format("{}×{}", plane.high.kernel, plane.wide.kernel);
    if (!layer.has_weight())
        return shape + (layer.kind().gathers                             ? tr(language, ", by the index")
                        : layer.kind().interpolates                      ? tr(language, ", weighted")
                        : layer.reduction() == arith::Reduction::maximum ? tr(language, ", its maximum")
                        : layer.reduction() == arith::Reduction::norm    ? tr(language, ", its norm")
                                                                         : tr(language, ", its average"));
    return shape + (plane.turned ? tr(language, ", rotated by 180°") : "");
}

std::string operator_sign(const arith::Layer& layer, Language language) {
    if (layer.has_weight()) return "*";
    if (layer.changes_channels()) return layer.kind().folds ? tr(language, "fold") : tr(language, "unfold");
    if (layer.kind().gathers) return tr(language, "unpool");
    if (layer.kind().interpolates)
        return layer.op == arith::Op::upsample_nearest ? tr(language, "nearest") : tr(language, "linear");
    return layer.reduction() == arith::Reduction::maximum ? tr(language, "max")
           : layer.reduction() == arith::Reduction::norm  ? tr(language, "norm")
                                                          : tr(language, "average");
}

std::string window_text(const arith::Layer& layer, Language language) {
    std::string text;
    for (int a = 0; a < layer.rank(); ++a)
        text += fmt::format("{}{}", text.empty() ? "" : "×",
                            layer.has_sized_windows() ? arith::output_size(layer, a) : layer.axes[a].kernel);
    return layer.has_sized_windows() ? trf(language, "to {}", text) : text;
}

bool prints_padding(const arith::Layer& layer) {
    return layer.reduction() != arith::Reduction::maximum;
}

}  // namespace convloom::scene
