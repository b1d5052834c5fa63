#include <fmt/format.h>

#include <algorithm>

#include "core/arith/chain/between_kinds.hpp"
#include "core/arith/layer/layer_numbers.hpp"
#include "core/arith/layer/layer_switches.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/state/data/build.hpp"
#include "core/state/update/groups.hpp"
#include "core/state/update/stages.hpp"

namespace convloom::state {
namespace {

using arith::Axis;
using arith::Index;
using arith::Layer;
using arith::LayerField;
using scene::View;

auto place(std::vector<Stage>& stages, int number) {
    return stages.begin() + number;
}

// Applies a new order of layers, with adapted channels, and makes one of them current at its first step.
Problems take_order(State& state, std::vector<Stage> stages, int shown) {
    State changed = state;
    changed.shown = shown;
    (state.view == View::photo ? changed.other_moment : changed.moment) = {};
    changed.input_cell.reset();
    const Layer& first = state.stages.front().layer;
    for (std::size_t a = 0; a < first.axes.size(); ++a) stages.front().layer.axes[a].size = first.axes[a].size;
    follow_channels(stages, 0, first.in_channels);
    if (Problems problems = take_stages(changed, std::move(stages)); !problems.empty()) return problems;
    // A second layer switches to the chain view; removing it switches back.
    const bool was_one = state.stages.size() == 1, is_one = changed.stages.size() == 1;
    if (was_one != is_one && (was_one ? state.view != View::photo : state.view == View::chain))
        changed.view = best_view(chain_of(changed));
    state = std::move(changed);
    return {};
}

void append(arith::Betweens& betweens, const arith::Betweens& more) {
    betweens.insert(betweens.end(), more.begin(), more.end());
}

Problems insert(State& state, int after, Stage stage) {
    if (state.stages.size() >= static_cast<std::size_t>(most_layers))
        return refused(LayerField::memory, fmt::format("A chain built here has at most {} layers.", most_layers));
    std::vector<Stage> stages = state.stages;
    const arith::Betweens tail = take_tail(stages);
    stages.insert(place(stages, after + 1), std::move(stage));
    append(stages.back().after, tail);
    return take_order(state, std::move(stages), after + 1);
}

struct LayerUpdate {
    State& state;

    // Changes the current layer; its data and the later stages are adapted, if all of them remain valid.
    template <class Change>
    Problems set_layer(Change change) const {
        std::vector<Stage> stages = state.stages;
        change(stages[state.shown].layer);
        return take_stages(state, std::move(stages));
    }
    // The same for one axis of a layer, or for all.
    template <class Change>
    Problems set_axes(int stage, int wanted, Change change) const {
        std::vector<Stage> stages = state.stages;
        const int rank = stages[stage].layer.rank();
        if (wanted < every_axis || wanted >= rank)
            return refused(LayerField::rank, fmt::format("There is no axis {}; the layer has {}.", wanted, rank));
        for (int a = 0; a < rank; ++a)
            if (wanted == every_axis || wanted == a) change(stages[stage].layer.axes[a]);
        return take_stages(state, std::move(stages));
    }
    Problems set_number(const auto& wanted, Index Axis::*number) const {
        return set_axes(state.shown, wanted.axis, [&](Axis& axis) { axis.*number = wanted.value; });
    }
    // An upsampling has either a factor or a size; the last one set applies, on every axis.
    Problems set_upsampling(const SetLayerNumber& a) const {
        std::vector<Stage> stages = state.stages;
        Layer& layer = stages[state.shown].layer;
        if (a.axis < every_axis || a.axis >= layer.rank())
            return refused(LayerField::rank,
                           fmt::format("There is no axis {}; the layer has {}.", a.axis, layer.rank()));
        const bool to_size = a.of->of_axis == &Axis::upsample_size && a.value != 0;
        for (int n = 0; n < layer.rank(); ++n) {
            Axis& axis = layer.axes[n];
            const Index was = arith::output_size(layer, n);
            if (a.axis == every_axis || a.axis == n) axis.*a.of->of_axis = a.value;
            if (to_size && axis.upsample_size == 0) axis.upsample_size = was;
            if (to_size) axis.scale_factor = 1;
            if (!to_size) axis.upsample_size = 0;
        }
        return take_stages(state, std::move(stages));
    }
    // Applies stages after adapting the layers behind the current one to its output channels.
    Problems take_with_channels(std::vector<Stage> stages) const {
        follow_channels(stages, static_cast<std::size_t>(state.shown) + 1, channels_after(stages, state.shown));
        return take_stages(state, std::move(stages));
    }

    Problems operator()(const SetSize& a) const {
        return set_axes(0, a.axis, [&](Axis& axis) { axis.size = a.value; });
    }
    Problems operator()(const SetKernel& a) const { return set_number(a, &Axis::kernel); }
    Problems operator()(const SetStride& a) const { return set_number(a, &Axis::stride); }
    Problems operator()(const SetPadding& a) const {
        return set_axes(state.shown, a.axis, [&](Axis& axis) {
            if (a.side != Side::after) axis.pad_before = a.value;
            if (a.side != Side::before) axis.pad_after = a.value;
        });
    }
    Problems operator()(const SetPaddingRule& a) const {
        return set_layer([&](Layer& layer) { arith::set_padding(layer, a.rule); });
    }
    Problems operator()(const SetDilation& a) const { return set_number(a, &Axis::dilation); }
    Problems operator()(const SetOutputPadding& a) const { return set_number(a, &Axis::output_padding); }
    Problems operator()(const SetLayerNumber& a) const {
        const arith::LayerNumber& one = *a.of;
        if (one.of_layer && !one.belongs_to(state.layer().op))
            return refused(one.field, fmt::format(fmt::runtime(one.refusal), a.value));
        if (one.of_layer) return set_layer([&](Layer& layer) { layer.*one.of_layer = a.value; });
        if (state.layer().kind().interpolates &&
            (one.of_axis == &Axis::upsample_size || one.of_axis == &Axis::scale_factor))
            return set_upsampling(a);
        // A size is that of the chain's input.
        return set_axes(one.of_axis == &Axis::size ? 0 : state.shown, a.axis, [&](Axis& axis) {
            if (a.side != Side::after || !one.after) axis.*one.of_axis = a.value;
            if (a.side != Side::before && one.after) axis.*one.after = a.value;
        });
    }
    Problems operator()(const SetGroups& a) const {
        if (!arith::number_of(&Layer::groups).belongs_to(state.layer().op))
            return refused(LayerField::groups,
                           "Only a convolution has groups; this layer computes each channel alone.");
        return set_layer([&](Layer& layer) { layer.groups = a.value; });
    }
    Problems operator()(const SetBias& a) const {
        if (!state.layer().kind().bias) return refused(LayerField::channels, "Only a convolution has a bias.");
        return set_layer([&](Layer& layer) { layer.bias = a.on; });
    }
    Problems operator()(const SetPaddingMode& a) const {
        if (!state.layer().kind().has_padding_modes && a.mode != arith::PaddingMode::zeros)
            return refused(LayerField::padding,
                           fmt::format("This {} has no padding mode {}; PyTorch has it for convolutions only.",
                                       arith::name_of(state.layer().op), arith::name_of(a.mode)));
        return set_layer([&](Layer& layer) {
            layer.padding_mode = a.mode;
            if (a.mode != arith::PaddingMode::constant) layer.padding_value = 0;
        });
    }
    Problems operator()(const SetPaddingValue& a) const {
        return set_layer([&](Layer& layer) { layer.padding_value = a.value; });
    }
    Problems operator()(const SetLayerSwitch& a) const {
        const arith::LayerSwitch& one = arith::switch_of(a.of);
        if (!one.belongs_to(state.layer().op)) return refused(one.field, one.refusal);
        return set_layer([&](Layer& layer) { layer.*one.on = a.on; });
    }
    Problems operator()(const SetChannels& wanted) const {
        std::vector<Stage> stages = state.stages;
        Layer& layer = stages[state.shown].layer;
        if (state.shown > 0 && wanted.in != layer.in_channels)
            return refused(LayerField::channels,
                           fmt::format("in_channels is {}, but the layer before gives {} channels.", wanted.in,
                                       layer.in_channels));
        layer.in_channels = wanted.in;
        if (layer.kind().folds && wanted.in % layer.window_cells() != 0)
            return refused(LayerField::channels,
                           fmt::format("in_channels is {}, but a fold takes a multiple of the {} of its window.",
                                       wanted.in, arith::counted(layer.window_cells(), "cell")));
        layer.out_channels = layer.mixes_channels() ? wanted.out : layer.out_channels_for(wanted.in);
        return take_with_channels(std::move(stages));
    }

    Problems operator()(const SetOp& wanted) const {
        const arith::Op op = wanted.op;
        std::vector<Stage> stages = state.stages;
        Layer& layer = stages[state.shown].layer;
        const Layer before = layer;
        layer.op = op;
        if (!layer.kind().has_padding_modes) layer.padding_mode = arith::PaddingMode::zeros, layer.padding_value = 0;
        for (const arith::LayerSwitch& one : arith::layer_switches())
            if (!one.belongs_to(op)) layer.*one.on = one.by_default;
        for (const arith::LayerNumber& one : arith::layer_numbers())
            if (!one.belongs_to(op)) arith::set_by_default(layer, one);
        set_windows(layer, before);
        layer.bias = layer.bias && layer.kind().bias;
        if (!layer.mixes_channels()) layer.out_channels = layer.out_channels_for(layer.in_channels);
        if (layer.is_pooling())
            for (Axis& axis : layer.axes) {
                axis.pad_before = std::min(axis.pad_before, axis.kernel / 2);
                axis.pad_after = std::min(axis.pad_after, axis.kernel / 2);
            }
        return take_with_channels(std::move(stages));
    }

    // An adaptive pooling keeps the output size that the layer had, an upsampling begins with a factor of 2, an
    // unpooling with windows of 2 that do not overlap, and a layer with a kernel that had none with one of 3.
    static void set_windows(Layer& layer, const Layer& before) {
        const bool adaptive = layer.has_sized_windows() && !layer.kind().interpolates;
        for (int a = 0; a < layer.rank(); ++a) {
            Axis& axis = layer.axes[a];
            if (adaptive && layer.op != before.op) axis.output_size = arith::output_size(before, a);
            if (layer.kind().interpolates && !before.kind().interpolates) axis.scale_factor = 2;
            if (layer.kind().gathers && layer.op != before.op) {
                axis.kernel = axis.stride = 2;
                axis.pad_before = axis.pad_after = 0;
                continue;
            }
            if (before.has_sized_windows() && !layer.has_sized_windows()) {
                axis.kernel = 3;
                if (arith::number_of(&Axis::pad_before).belongs_to(layer.op)) axis.pad_before = axis.pad_after = 1;
            }
        }
    }

    Problems operator()(const AddLayer& wanted) const {
        if (!has_layer(state, wanted.after)) return no_layer(state, wanted.after);
        const Layer& before = state.stages[static_cast<std::size_t>(wanted.after)].layer;
        std::vector<Stage> before_end = state.stages;
        take_tail(before_end);
        Stage stage;
        stage.layer.axes.assign(before.axes.size(), {.kernel = 3, .pad_before = 1, .pad_after = 1});
        stage.layer.in_channels = stage.layer.out_channels = channels_after(before_end, wanted.after);
        stage.weight = {};
        return insert(state, wanted.after, std::move(stage));
    }

    Problems operator()(const DuplicateLayer& wanted) const {
        if (!has_layer(state, wanted.number)) return no_layer(state, wanted.number);
        std::vector<Stage> copied{state.stages[static_cast<std::size_t>(wanted.number)]};
        take_tail(copied);
        return insert(state, wanted.number, std::move(copied.front()));
    }

    Problems operator()(const RemoveLayer& wanted) const {
        if (!has_layer(state, wanted.number)) return no_layer(state, wanted.number);
        if (state.stages.size() == 1)
            return refused(LayerField::size, "The last layer cannot be removed; a chain has at least one.");
        std::vector<Stage> stages = state.stages;
        const arith::Betweens tail = take_tail(stages);
        stages.erase(place(stages, wanted.number));
        append(stages.back().after, tail);
        const int last = static_cast<int>(stages.size()) - 1;
        return take_order(state, std::move(stages),
                          std::min(last, state.shown > wanted.number ? state.shown - 1 : state.shown));
    }

    Problems operator()(const MoveLayer& wanted) const {
        const auto [from, to] = wanted;
        if (!has_layer(state, from)) return no_layer(state, from);
        if (!has_layer(state, to)) return no_layer(state, to);
        if (from == to) return {};
        std::vector<Stage> stages = state.stages;
        const arith::Betweens tail = take_tail(stages);
        if (from < to)
            std::rotate(place(stages, from), place(stages, from + 1), place(stages, to + 1));
        else
            std::rotate(place(stages, to), place(stages, from), place(stages, from + 1));
        append(stages.back().after, tail);
        // The current layer stays current.
        int shown = state.shown;
        if (shown == from)
            shown = to;
        else if (from < shown && shown <= to)
            --shown;
        else if (to <= shown && shown < from)
            ++shown;
        return take_order(state, std::move(stages), shown);
    }

    // Changes what stands after a layer; the later stages are adapted, if all of them remain valid.
    template <class Change>
    Problems set_betweens(int layer, Change change) const {
        std::vector<Stage> stages = state.stages;
        change(stages[static_cast<std::size_t>(layer)].after);
        follow_channels(stages, static_cast<std::size_t>(layer) + 1, channels_after(stages, layer));
        return take_stages(state, std::move(stages));
    }
    Problems no_between(int layer, int number) const {
        if (!has_layer(state, layer)) return no_layer(state, layer);
        const arith::Betweens& after = state.stages[static_cast<std::size_t>(layer)].after;
        if (number >= 0 && number < static_cast<int>(after.size())) return {};
        return refused(LayerField::between,
                       fmt::format("There is no number {} of what stands after layer {}.", number + 1, layer + 1));
    }
    Problems no_name(const arith::Between& between) const {
        if (between.kind->group != arith::BetweenGroup::unknown || !between.name.empty()) return {};
        return refused(LayerField::between, "A layer that is not known here needs a name.");
    }
    Problems operator()(const AddBetween& wanted) const {
        if (Problems none = no_name(wanted.between); !none.empty()) return none;
        if (!has_layer(state, wanted.layer)) return no_layer(state, wanted.layer);
        if (state.stages[static_cast<std::size_t>(wanted.layer)].after.size() >= arith::most_betweens)
            return refused(LayerField::between,
                           fmt::format("At most {} can stand after a layer.", arith::most_betweens));
        return set_betweens(wanted.layer, [&](arith::Betweens& after) { after.push_back(wanted.between); });
    }
    Problems operator()(const SetBetween& wanted) const {
        if (Problems none = no_name(wanted.between); !none.empty()) return none;
        if (Problems none = no_between(wanted.layer, wanted.number); !none.empty()) return none;
        return set_betweens(wanted.layer, [&](arith::Betweens& after) { after[wanted.number] = wanted.between; });
    }
    Problems operator()(const RemoveBetween& wanted) const {
        if (Problems none = no_between(wanted.layer, wanted.number); !none.empty()) return none;
        return set_betweens(wanted.layer, [&](arith::Betweens& after) { after.erase(after.begin() + wanted.number); });
    }
};

}  // namespace

Problems carry_out(State& state, const LayerAction& action) {
    return std::visit(LayerUpdate{state}, action);
}

}  // namespace convloom::state
