#include "core/arith/steps/listed_taps.hpp"

#include <cmath>
#include <set>
#include <utility>

#include "core/arith/layer/unpooling.hpp"

namespace convloom::arith {
namespace {

bool is_inside(const Layer& layer, const Cell& at) {
    for (int a = 0; a < layer.rank(); ++a)
        if (at[a] < 0 || at[a] >= layer.axes[a].size) return false;
    return true;
}

// The place of a kernel cell without offsets.
Cell regular_place(const Layer& layer, const Step& step, const Cell& kernel) {
    Cell at{};
    for (int a = 0; a < layer.rank(); ++a) {
        const Axis& axis = layer.axes[a];
        at[a] = step.output[a] * axis.stride - axis.pad_before + kernel[a] * axis.dilation;
    }
    return at;
}

// The number of a kernel cell in the offsets and the mask, which have one for each offset group.
Index offset_plane(const Recording& recording, const Tap& tap) {
    const Layer& layer = recording.layer();
    const Extents& e = recording.extents();
    const Index group = tap.in_channel / (layer.in_channels / layer.offset_groups);
    return group * e.kernel_volume + index_of(tap.kernel, e.kernel, layer.rank());
}

Index output_place(const Recording& recording, const Step& step) {
    return index_of(step.output, recording.extents().out, recording.layer().rank());
}

// Sets the value of a tap of a deformable convolution. It has a source if it reads a single cell.
void set_sampled(const Recording& recording, const Step& step, Tap& tap) {
    const Sample sample = sample_of(recording, step, tap);
    tap.x = sample.value;
    tap.padding = true;
    tap.has_source = false;
    for (const Sample::Neighbour& one : sample.neighbours) {
        if (one.weight == 0 || !one.inside) continue;
        tap.padding = false;
        tap.source = one.at;
        tap.has_source = one.weight == 1;
    }
    if (recording.layer().modulated)
        tap.modulation =
            side_value(recording.sides()[1], offset_plane(recording, tap), output_place(recording, step), 1);
}

void place_tap(const Layer& layer, const Step& step, Index channel, const Cell& kernel, Tap& tap) {
    tap.in_channel = layer.first_in_channel(step.channel) + channel;
    tap.weight_channel = channel;
    tap.kernel = kernel;
    tap.at = regular_place(layer, step, kernel);
}

void set_masked(const Recording& recording, Tap& tap) {
    tap.padding = !is_inside(recording.layer(), tap.at);
    tap.has_source = !tap.padding && !is_hole(recording, tap.at);
    tap.source = tap.at;
    tap.x = tap.has_source ? recording.input_value(tap.in_channel, tap.at) : 0;
}

}  // namespace

namespace {

// The input cells whose windows have this output cell. The last one whose index it is gives the value, the others 0.
std::vector<Tap> unpooled_taps(const Recording& recording, const Step& step) {
    const Layer& layer = recording.layer();
    const Extents& e = recording.extents();
    Cell begin{}, counts{};
    Index count = 1;
    for (int a = 0; a < layer.rank(); ++a) {
        const Window window = window_of(layer, a, step.output[a]);
        begin[a] = window.begin;
        count *= counts[a] = window.count;
    }
    std::vector<Tap> taps;
    Index giver = -1;
    for (Index k = 0; k < count; ++k) {
        Tap tap;
        tap.number = k;
        tap.in_channel = step.channel;
        tap.kernel = cell_at(k, counts, layer.rank());
        for (int a = 0; a < layer.rank(); ++a) tap.at[a] = begin[a] + tap.kernel[a];
        tap.source = tap.at;
        tap.has_source = false;
        tap.x = recording.input_value(tap.in_channel, tap.at);
        if (unpooled_cell(layer, e, recording.sides()[0], tap.in_channel, tap.at) == step.output) giver = k;
        taps.push_back(tap);
    }
    for (Tap& tap : taps) {
        tap.has_source = tap.number == giver;
        tap.w = tap.has_source ? 1.0f : 0.0f;
        tap.product = tap.has_source ? tap.x : 0;
        tap.partial = giver >= 0 && tap.number >= giver ? taps[static_cast<std::size_t>(giver)].x : 0;
    }
    return taps;
}

// The one cell of the window that the output channel stands for.
Tap unfolded_tap(const Recording& recording, const Step& step) {
    const Layer& layer = recording.layer();
    const Extents& e = recording.extents();
    Tap tap;
    place_tap(layer, step, 0, cell_at(step.channel % e.kernel_volume, e.kernel, layer.rank()), tap);
    tap.padding = !is_inside(layer, tap.at);
    tap.has_source = !tap.padding;
    tap.source = tap.at;
    tap.x = tap.product = tap.partial = tap.padding ? 0 : recording.input_value(tap.in_channel, tap.at);
    tap.w = 1;
    return tap;
}

// For each kernel cell that lies on the output cell, the input cell whose window it is, in the channel of that kernel
// cell; in the order of kernel cells, as PyTorch adds them.
std::vector<Tap> folded_taps(const Recording& recording, const Step& step) {
    const Layer& layer = recording.layer();
    const Extents& e = recording.extents();
    Cell kernel{};
    for (int a = 0; a < layer.rank(); ++a) kernel[a] = layer.axes[a].kernel;
    const Index cells = layer.window_cells();
    std::vector<Tap> taps;
    float partial = 0;
    for (Index k = 0; k < cells; ++k) {
        Tap tap;
        const Cell lies = cell_at(k, kernel, layer.rank());
        bool meets = true;
        for (int a = 0; a < layer.rank(); ++a) {
            const Axis& axis = layer.axes[a];
            const Index reach = step.output[a] + axis.pad_before - lies[a] * axis.dilation;
            tap.at[a] = reach / axis.stride;
            meets &= reach >= 0 && reach % axis.stride == 0 && tap.at[a] < e.in[a];
        }
        if (!meets) continue;
        tap.number = static_cast<Index>(taps.size());
        tap.in_channel = step.channel * cells + k;
        tap.weight_channel = k;
        tap.kernel = lies;
        tap.source = tap.at;
        tap.x = tap.product = recording.input_value(tap.in_channel, tap.at);
        tap.w = 1;
        tap.partial = partial += tap.product;
        taps.push_back(tap);
    }
    return taps;
}

}  // namespace

std::vector<Tap> listed_taps(const Recording& recording, const Step& step) {
    const Layer& layer = recording.layer();
    if (layer.op == Op::max_unpooling) return unpooled_taps(recording, step);
    if (layer.kind().unfolds) return {unfolded_tap(recording, step)};
    if (layer.kind().folds) return folded_taps(recording, step);
    const Extents& e = recording.extents();
    std::vector<Tap> taps;
    taps.reserve(static_cast<std::size_t>(layer.group_in() * e.kernel_volume));
    float partial = 0;
    for (Index channel = 0; channel < layer.group_in(); ++channel)
        for (Index k = 0; k < e.kernel_volume; ++k) {
            Tap tap;
            tap.number = static_cast<Index>(taps.size());
            place_tap(layer, step, channel, cell_at(k, e.kernel, layer.rank()), tap);
            if (layer.op == Op::deformable_convolution)
                set_sampled(recording, step, tap);
            else
                set_masked(recording, tap);
            tap.w = recording.weight_value(step.channel, channel, tap.kernel);
            tap.product = layer.modulated ? tap.x * tap.modulation * tap.w : tap.x * tap.w;
            partial += tap.product;
            tap.partial = partial;
            taps.push_back(tap);
        }
    return taps;
}

Sample sample_of(const Recording& recording, const Step& step, const Tap& tap, bool with_values) {
    const Layer& layer = recording.layer();
    const Index plane = offset_plane(recording, tap), place = output_place(recording, step);
    Sample s;
    s.down = side_value(recording.sides()[0], 2 * plane, place, 0);
    s.right = side_value(recording.sides()[0], 2 * plane + 1, place, 0);
    s.row = static_cast<float>(tap.at[0]) + s.down;
    s.column = static_cast<float>(tap.at[1]) + s.right;
    // Written so that a NaN is outside.
    const bool near = s.row > -1 && s.row < static_cast<float>(layer.axes[0].size) && s.column > -1 &&
                      s.column < static_cast<float>(layer.axes[1].size);
    s.outside = !near;
    if (s.outside) return s;
    const float top = std::floor(s.row), left = std::floor(s.column);
    const float below = s.row - top, after = s.column - left;
    for (int n = 0; n < 4; ++n) {
        Sample::Neighbour& one = s.neighbours[static_cast<std::size_t>(n)];
        one.at = {static_cast<Index>(top) + n / 2, static_cast<Index>(left) + n % 2, 0};
        one.inside = is_inside(layer, one.at);
        one.weight = (n / 2 == 0 ? 1 - below : below) * (n % 2 == 0 ? 1 - after : after);
        // A neighbour without weight is not read, so that an infinite one has no effect.
        if (!one.inside || one.weight == 0 || !with_values) continue;
        one.value = recording.input_value(tap.in_channel, one.at);
        s.value += one.weight * one.value;
    }
    return s;
}

namespace {

// Visits the taps of all steps, without values.
template <class Visit>
void visit_samples(const Recording& recording, Visit&& visit) {
    const Layer& layer = recording.layer();
    const Extents& e = recording.extents();
    for (Index n = 0; n < recording.step_count(); ++n) {
        const Step step = recording.step(n);
        for (Index channel = 0; channel < layer.group_in(); ++channel)
            for (Index k = 0; k < e.kernel_volume; ++k) {
                Tap tap;
                place_tap(layer, step, channel, cell_at(k, e.kernel, layer.rank()), tap);
                visit(step, tap, sample_of(recording, step, tap, false));
            }
    }
}

}  // namespace

std::vector<CellSet> sampled_ties(const Recording& recording, const CellName& cell) {
    const Layer& layer = recording.layer();
    std::set<std::pair<Index, Cell>> inputs, outputs;  // channel and place
    std::set<Cell> weights;
    visit_samples(recording, [&](const Step& step, const Tap& tap, const Sample& sample) {
        const bool is_output = cell.part == Part::output && step.channel == cell.channel && step.output == cell.at;
        const bool is_weight = cell.part == Part::kernel && step.channel == cell.channel &&
                               tap.weight_channel == cell.second && tap.kernel == cell.at;
        if (is_output) weights.insert(tap.kernel);
        if (is_weight) outputs.insert({step.channel, step.output});
        for (const Sample::Neighbour& one : sample.neighbours) {
            if (one.weight == 0 || !one.inside) continue;
            if (is_output || is_weight) inputs.insert({tap.in_channel, one.at});
            if (cell.part == Part::input && tap.in_channel == cell.channel && one.at == cell.at)
                outputs.insert({step.channel, step.output});
        }
    });
    std::vector<CellSet> sets;
    auto add = [&](Part part, Index channel, const Cell& at) -> CellSet& {
        sets.push_back({part, channel, channel, 0, 0, {}});
        for (int a = 0; a < max_rank; ++a) sets.back().along[static_cast<std::size_t>(a)] = {at[a]};
        return sets.back();
    };
    for (const auto& [channel, at] : inputs) add(Part::input, channel, at);
    for (const Cell& at : weights) add(Part::kernel, cell.channel, at).last_second = layer.group_in() - 1;
    for (const auto& [channel, at] : outputs) add(Part::output, channel, at);
    return sets;
}

Coverage coverage_of(const Recording& recording, const Step& step) {
    const Layer& layer = recording.layer();
    const Extents& e = recording.extents();
    Coverage cells;
    for (Index k = 0; k < e.kernel_volume; ++k) {
        const Cell at = regular_place(layer, step, cell_at(k, e.kernel, layer.rank()));
        const bool inside = is_inside(layer, at);
        cells.valid += inside && !is_hole(recording, at);
        cells.window += inside || layer.count_include_pad;
    }
    return cells;
}

bool is_hole(const Recording& recording, const Cell& at) {
    const Layer& layer = recording.layer();
    return layer.op == Op::partial_convolution &&
           side_value(recording.sides()[0], 0, index_of(at, recording.extents().in, layer.rank()), 1) == 0;
}

}  // namespace convloom::arith
