#include "core/scene/pointing/cell_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/listed_taps.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace {

using arith::Index;
using arith::Part;

constexpr Index most_written_products = 10'000;

std::string plain(float value) {
    return fmt::format("{}", value);
}
std::string in_brackets(float value) {
    return value < 0 ? fmt::format("({})", value) : plain(value);
}

bool meets(const arith::Recording& recording, const arith::Step& step, const arith::Tap& tap, const Pointed& at) {
    // A sample may read several cells.
    if (at.cell.part == Part::input && recording.layer().op == arith::Op::deformable_convolution) {
        if (tap.in_channel != at.cell.channel) return false;
        const arith::Sample sample = arith::sample_of(recording, step, tap);
        return std::any_of(sample.neighbours.begin(), sample.neighbours.end(),
                           [&](const auto& one) { return one.weight > 0 && one.at == at.cell.at; });
    }
    const arith::Layer& layer = recording.layer();
    // Padding that repeats a cell puts it into windows that do not cover the cell itself.
    if (at.cell.part == Part::input)
        return tap.in_channel == at.cell.channel &&
               (tap.at == at.cell.at || (tap.has_source && tap.source == at.cell.at));
    const Index first = layer.is_transposed() ? tap.in_channel : step.channel;
    return first == at.cell.channel && tap.weight_channel == at.cell.second && tap.kernel == at.cell.at;
}

std::optional<Index> tap_of(const arith::Recording& recording, Index number, const Pointed& at) {
    const arith::Step step = recording.step(number);
    std::optional<Index> found;
    recording.visit_taps(step, [&](const arith::Tap& tap) {
        if (!found && meets(recording, step, tap, at)) found = tap.number;
    });
    return found;
}

}  // namespace

float value_of(const arith::Recording& recording, const Pointed& at) {
    const arith::CellName& c = at.cell;
    if (c.part == Part::output) return recording.value(recording.step(recording.step_at(c.channel, c.at)));
    if (c.part == Part::kernel) return recording.weight_value(c.channel, c.second, c.at);
    if (at.put_in || (at.padding && recording.layer().is_transposed())) return 0;
    if (at.padding && recording.layer().reduction() == arith::Reduction::maximum)
        return -std::numeric_limits<float>::infinity();
    return at.padding ? recording.padded_value(c.channel, c.at) : recording.input_value(c.channel, c.at);
}

std::optional<Index> place_in_tensor(const arith::Layer& layer, const Pointed& at) {
    const bool input = at.cell.part == Part::input;
    if (at.cell.part == Part::output || at.padding || at.put_in) return std::nullopt;
    const arith::Shape shape = input ? arith::input_shape(layer) : arith::weight_shape(layer);
    Index place = at.cell.channel;
    if (!input) place = place * shape[1] + at.cell.second;
    for (int a = 0; a < layer.rank(); ++a)
        place = place * shape[shape.size() - static_cast<std::size_t>(layer.rank() - a)] + at.cell.at[a];
    return place;
}

std::optional<std::string> sum_text(const arith::Recording& recording, Index number) {
    const arith::Layer& layer = recording.layer();
    const arith::Step step = recording.step(number);
    if (recording.tap_count(step) > most_written_products) return std::nullopt;
    const bool maximum = layer.reduction() == arith::Reduction::maximum;
    std::string text;
    recording.visit_taps(step, [&](const arith::Tap& tap) {
        if ((maximum || layer.op == arith::Op::partial_convolution) && !tap.has_source) return;
        if (!text.empty()) text += maximum ? ", " : " + ";
        text += layer.reduction() == arith::Reduction::norm ? fmt::format("{}^{}", in_brackets(tap.x), layer.norm_type)
                : !layer.has_weight() && !layer.has_factors() ? (maximum ? plain(tap.x) : in_brackets(tap.x))
                : layer.modulated
                    ? fmt::format("{}*{}*{}", in_brackets(tap.x), in_brackets(tap.modulation), in_brackets(tap.w))
                    : fmt::format("{}*{}", in_brackets(tap.x), in_brackets(tap.w));
    });
    if (text.empty()) text = "0";
    if (maximum) text = fmt::format("max({})", text);
    if (layer.reduction() == arith::Reduction::mean)
        text = fmt::format("({})/{}", text, in_brackets(recording.divisor(step)));
    if (layer.reduction() == arith::Reduction::norm) {
        const Index full = arith::Extents(layer).kernel_volume, cells = recording.tap_count(step);
        text = fmt::format("({}){}", text, cells > 0 && cells != full ? fmt::format("*{}/{}", full, cells) : "");
        if (layer.norm_type > 1) text = fmt::format("({})^(1/{})", text, layer.norm_type);
    }
    if (layer.op == arith::Op::partial_convolution) {
        const arith::Coverage cells = arith::coverage_of(recording, step);
        if (cells.valid == 0) return "0 = 0";
        if (cells.valid != cells.window) text = fmt::format("({})*{}/{}", text, cells.window, cells.valid);
    }
    if (layer.bias) text += fmt::format(" + {}", in_brackets(recording.bias(step)));
    return fmt::format("{} = {}", text, recording.value(step));
}

std::optional<Moment> moment_of(const arith::Recording& recording, const Moment& now, const Pointed& at) {
    if (at.cell.part == Part::output)
        return Moment{recording.step_at(at.cell.channel, at.cell.at), Moment::whole_window};
    if (at.put_in || (at.padding && recording.layer().is_transposed())) return std::nullopt;
    if (const auto tap = tap_of(recording, now.step, at)) return Moment{now.step, *tap};
    const bool sampled = recording.layer().op == arith::Op::deformable_convolution;
    for (const arith::CellSet& set :
         sampled ? arith::sampled_ties(recording, at.cell) : arith::ties(recording.layer(), at.cell)) {
        if (set.part != Part::output || set.count() == 0) continue;
        const Index step =
            recording.step_at(set.first_channel, {set.along[0].front(), set.along[1].front(), set.along[2].front()});
        return Moment{step, tap_of(recording, step, at).value_or(Moment::whole_window)};
    }
    return std::nullopt;
}

std::string why_padded(const arith::Layer& layer, const Pointed& at, Language in) {
    if (at.put_in)
        return tr(in, "A transposed convolution spaces its input's cells s apart and fills the gaps with s − 1 zeros.");
    if (layer.is_transposed())
        return tr(in,
                  "The input of a transposed convolution has d(k − 1) − p zeros on each side, so that every output has "
                  "a complete window.");
    std::string text;
    for (int a = 0; a < layer.rank(); ++a) {
        const arith::Axis& axis = layer.axes[a];
        if (at.cell.at[a] >= 0 && at.cell.at[a] < axis.size) continue;
        add_sentence(text,
                     trf(in,
                         "Along the {} its position is {}; the input's cells are 0 to {}, with {} of padding before "
                         "and {} after.",
                         tr(in, arith::axis_name(layer.rank(), a)), number_text(static_cast<float>(at.cell.at[a])),
                         axis.size - 1, axis.pad_before, axis.pad_after),
                     in);
    }
    if (layer.reduction() == arith::Reduction::maximum)
        add_sentence(text, tr(in, "It counts as −∞, so that it is never the maximum."), in);
    else if (layer.reduction() == arith::Reduction::mean)
        add_sentence(text,
                     layer.count_include_pad ? tr(in, "It adds 0 and counts in the average.")
                                             : tr(in, "It adds 0 and does not count in the average."),
                     in);
    else if (layer.padding_mode == arith::PaddingMode::zeros)
        add_sentence(text, tr(in, "The padding mode zeros puts a 0 there."), in);
    else if (layer.padding_mode == arith::PaddingMode::constant)
        add_sentence(text, trf(in, "The padding mode constant puts {} there.", number_text(layer.padding_value)), in);
    else
        for (const arith::CellSet& set : arith::ties(layer, at.cell))
            if (set.part == Part::input)
                add_sentence(text,
                             trf(in, "The padding mode {} repeats the input's cell {} there.",
                                 tr(in, arith::name_of(layer.padding_mode)),
                                 cell_text(layer.rank(), {set.along[0][0], set.along[1][0], set.along[2][0]})),
                             in);
    return text;
}

std::optional<Rect> bias_at(const Scene& scene, const arith::Layer& layer, Point page) {
    if (!layer.bias) return std::nullopt;
    for (const Plane& plane : scene.planes) {
        if (!plane.to_page.is_upright()) continue;
        for (const Item& item : plane.items) {
            const Text* text = std::get_if<Text>(&item);
            if (!text || text->role.mark != Mark::bias) continue;
            const Rect box = text_box(*text);
            const Point from = plane.to_page({box.x, box.y}), to = plane.to_page({box.right(), box.bottom()});
            if (page.x >= from.x && page.x <= to.x && page.y >= from.y && page.y <= to.y)
                return Rect{from.x, from.y, to.x - from.x, to.y - from.y};
        }
    }
    return std::nullopt;
}

}  // namespace convloom::scene
