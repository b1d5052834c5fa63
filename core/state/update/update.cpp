#include "core/state/update/update.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "core/arith/compute/fast.hpp"
#include "core/arith/layer/layer_switches.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/state/update/layer_edits.hpp"
#include "core/state/update/update_photo.hpp"
#include "core/state/words/title.hpp"

namespace convloom::state {

using arith::Index;
using arith::LayerField;
using scene::Moment;
using scene::View;

arith::Chain chain_of(const std::vector<Stage>& stages) {
    arith::Chain chain;
    for (const Stage& stage : stages) chain.push_back({stage.layer, stage.after});
    return chain;
}

std::vector<arith::Shared<arith::Tensor>> stage_inputs(const State& state, int stage) {
    std::vector<arith::Shared<arith::Tensor>> values{state.input};
    for (int n = 0; n < stage; ++n) {
        const Stage& before = state.stages[n];
        arith::Tensor output = arith::fast(before.layer, *values.back(), *before.weight, before.bias.get());
        if (before.after == arith::Activation::relu)
            for (float& value : output.values) value = std::max(value, 0.0f);
        values.push_back(std::move(output));
    }
    return values;
}

arith::Shared<arith::Tensor> stage_input(const State& state, int stage) {
    return stage_inputs(state, stage).back();
}

namespace {

bool shows_photo(const State& state) {
    return state.view == View::photo && state.photo && state.photo->working;
}

}  // namespace

arith::Recording recording_of(const State& state) {
    if (shows_photo(state)) return photo_recording(*state.photo);
    const Stage& stage = state.stages[state.shown];
    return {stage.layer, stage_input(state, state.shown), stage.weight, stage.bias};
}

arith::Recording places_of(const State& state) {
    return {shows_photo(state) ? photo_layer(*state.photo) : state.layer(), {}, {}, {}};
}

scene::ViewOptions view_options_of(const State& state) {
    const scene::Theme* theme = scene::theme_named(state.theme);
    std::string title = title_of(state);
    if (state.stages.size() > 1) title += trf(state.language, ", layer {} of {}", state.shown + 1, state.stages.size());
    return {state.look, theme ? theme : &scene::default_theme(), state.language, std::move(title), {}, state.own_title};
}

float pattern_value(std::uint32_t seed, Index channel, Index row, Index column) {
    // A chain of 64-bit finalisers (SplitMix64), so that neighbours have nothing in common.
    std::uint64_t h = seed;
    for (Index part : {channel, row, column}) {
        h += static_cast<std::uint64_t>(part) * 0x9E3779B97F4A7C15u + 0x9E3779B97F4A7C15u;
        h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9u;
        h = (h ^ (h >> 27)) * 0x94D049BB133111EBu;
        h ^= h >> 31;
    }
    return static_cast<float>(h & 3u);
}

namespace {

struct Updater {
    const State& old;
    Outcome out{old, {}};
    State& next() { return out.state; }

    void refuse(LayerField field, std::string sentence) {
        out.problems.push_back({field, -1, std::move(sentence), {}});
    }

    void take(Problems problems) { out.problems = std::move(problems); }

    // Changes one axis of the layer shown, or all; the data and the stages after it follow, if all of them run.
    template <class Change>
    void set_axes(int stage, int wanted, Change change) {
        std::vector<Stage> stages = old.stages;
        const int rank = stages[stage].layer.rank();
        if (wanted < every_axis || wanted >= rank)
            return refuse(LayerField::rank, fmt::format("There is no axis {}; the layer has {}.", wanted, rank));
        for (int a = 0; a < rank; ++a)
            if (wanted == every_axis || wanted == a) change(stages[stage].layer.axes[a]);
        take(take_stages(next(), std::move(stages)));
    }
    template <class Change>
    void set_axes(int wanted, Change change) {
        set_axes(old.shown, wanted, change);
    }
    template <class Change>
    void set_layer(Change change) {
        std::vector<Stage> stages = old.stages;
        change(stages[old.shown].layer);
        take(take_stages(next(), std::move(stages)));
    }

    Index tap_count(Index step) {
        const arith::Recording recording = places_of(old);
        return recording.tap_count(recording.step(step));
    }
    Index last_step() { return places_of(next()).step_count() - 1; }

    // Another layer of the chain; the volume view draws every one.
    void look_at(int stage, Moment moment) {
        next().shown = stage;
        next().moment = moment;
        next().input_cell.reset();
        if (!scene::undrawable(next().layer(), next().view).empty()) next().view = View::volume;
    }

    void operator()(const SetSize& a) {
        set_axes(0, a.axis, [&](arith::Axis& axis) { axis.size = a.value; });
    }
    void operator()(const SetKernel& a) {
        set_axes(a.axis, [&](arith::Axis& axis) { axis.kernel = a.value; });
    }
    void operator()(const SetStride& a) {
        set_axes(a.axis, [&](arith::Axis& axis) { axis.stride = a.value; });
    }
    void operator()(const SetPadding& a) {
        set_axes(a.axis, [&](arith::Axis& axis) {
            if (a.side != Side::after) axis.pad_before = a.value;
            if (a.side != Side::before) axis.pad_after = a.value;
        });
    }
    void operator()(const SetPaddingRule& a) {
        set_layer([&](arith::Layer& layer) { arith::set_padding(layer, a.rule); });
    }
    void operator()(const SetDilation& a) {
        set_axes(a.axis, [&](arith::Axis& axis) { axis.dilation = a.value; });
    }
    void operator()(const SetOutputPadding& a) {
        set_axes(a.axis, [&](arith::Axis& axis) { axis.output_padding = a.value; });
    }
    void operator()(const SetChannels& a) { take(set_channels(next(), a)); }
    void operator()(const SetGroups& a) {
        if (old.layer().is_pooling())
            return refuse(LayerField::groups, "A pooling layer has no groups; each channel is pooled alone.");
        set_layer([&](arith::Layer& layer) { layer.groups = a.value; });
    }
    void operator()(const SetOp& a) { take(set_op(next(), a.op)); }
    void operator()(const SetBias& a) {
        if (old.layer().is_pooling()) return refuse(LayerField::channels, "A pooling layer has no bias.");
        take(set_bias(next(), a.on));
    }
    void operator()(const SetPaddingMode& a) {
        if (old.layer().op != arith::Op::convolution && a.mode != arith::PaddingMode::zeros)
            return refuse(LayerField::padding,
                          fmt::format("A {} has no padding mode {}; PyTorch has it for convolutions only.",
                                      arith::name_of(old.layer().op), arith::name_of(a.mode)));
        set_layer([&](arith::Layer& layer) { layer.padding_mode = a.mode; });
    }
    void operator()(const SetLayerSwitch& a) {
        const arith::LayerSwitch& one = arith::switch_of(a.of);
        if (!one.belongs_to(old.layer().op)) return refuse(one.field, one.refusal);
        set_layer([&](arith::Layer& layer) { layer.*one.on = a.on; });
    }
    void operator()(const SetCells& a) { take(set_cells(next(), a)); }
    void operator()(const SetTable& a) { take(set_table(next(), a)); }
    void operator()(const FillPattern& a) { take(fill_pattern(next(), a)); }
    void operator()(const FillKernel& a) { take(fill_kernel(next(), a)); }
    void operator()(const AddLayer& a) { take(add_layer(next(), a)); }
    void operator()(const RemoveLayer& a) { take(remove_layer(next(), a)); }
    void operator()(const MoveLayer& a) { take(move_layer(next(), a)); }
    void operator()(const DuplicateLayer& a) { take(duplicate_layer(next(), a)); }
    void operator()(const SetActivation& a) { next().stages[old.shown].after = a.after; }

    void operator()(const OpenState& a) {
        next() = a.state;
        next().theme = old.theme;
        next().look.labels = old.look.labels;
        next().language = old.language;
        if (next().photo) return;
        next().photo = old.photo;
        next().other_moment = old.view == View::photo ? old.moment : old.other_moment;
    }
    void operator()(const SetView& a) {
        if (a.view == View::photo && !old.photo)
            return refuse(LayerField::size, "No photo is open yet; open one first.");
        if (const std::string why = scene::undrawable(old.layer(), a.view); !why.empty())
            return refuse(LayerField::channels, why);
        if ((a.view == View::photo) != (old.view == View::photo)) std::swap(next().moment, next().other_moment);
        if (a.view != View::receptive) next().input_cell.reset();
        next().view = a.view;
    }
    void operator()(const SetTitle& a) {
        if (const std::string why = refused_title(a.title); !why.empty()) return refuse(LayerField::size, why);
        next().title = a.title;
        next().own_title = !a.title.empty();
        if (a.title.empty()) settle_title(next());
    }
    void operator()(const SetTurn& a) {
        next().look.turn_deg = std::clamp(a.turn_deg, -scene::most_turn_deg, scene::most_turn_deg);
        next().look.tilt_deg = std::clamp(a.tilt_deg, 0.0, scene::most_tilt_deg);
    }
    void operator()(const ShowLayer& a) {
        if (a.number < 0 || a.number >= static_cast<int>(old.stages.size()))
            return refuse(LayerField::size,
                          fmt::format("There is no layer {}; there are {}.", a.number + 1, old.stages.size()));
        look_at(a.number, {});
    }
    void operator()(const SetTheme& a) {
        if (!scene::theme_named(a.name))
            return refuse(LayerField::size, fmt::format("There is no theme “{}”.", a.name));
        next().theme = a.name;
    }
    void operator()(const SetSwitch& a) { next().look.*a.of = a.on; }
    void operator()(const SetLanguage& a) { next().language = a.language; }

    template <PhotoAction A>
    void operator()(const A& a) {
        take(take_photo(next(), a));
    }

    void operator()(const StepForward&) { go_to(old.moment.step + 1); }
    void operator()(const StepBack&) {
        go_to(old.moment.tap == Moment::whole_window ? old.moment.step - 1 : old.moment.step);
    }
    void operator()(const GoToFirst&) { go_to(0); }
    void operator()(const GoToLast&) { go_to(last_step()); }
    void operator()(const GoToStep& a) { go_to(a.step); }
    void operator()(const GoToTap& a) {
        next().moment.tap = std::clamp<Index>(a.tap, Moment::whole_window, tap_count(old.moment.step) - 1);
    }
    void operator()(const ChooseCell& a) {
        if (a.tensor == 0 && old.view != View::receptive)
            return refuse(LayerField::size, "No layer computes a cell of the input.");
        if (a.tensor < 0 || a.tensor > static_cast<int>(old.stages.size()))
            return refuse(LayerField::size,
                          fmt::format("There is no tensor {}; there are {}.", a.tensor, old.stages.size()));
        const arith::Layer& layer = old.stages[static_cast<std::size_t>(std::max(a.tensor - 1, 0))].layer;
        const arith::Shape shape = a.tensor == 0 ? arith::input_shape(layer) : arith::output_shape(layer);
        if (a.channel < 0 || a.channel >= shape[0] || !has_cell(shape, a.at))
            return refuse(LayerField::size, fmt::format("There is no such cell in {}.", arith::to_text(shape)));
        if (a.tensor == 0) {
            // Places beyond the rank mean nothing and are not kept in files.
            arith::Cell at{};
            std::copy_n(a.at.begin(), old.stages.front().layer.rank(), at.begin());
            next().input_cell = at, next().moment.tap = Moment::whole_window;
        } else
            look_at(a.tensor - 1, {arith::Recording(layer, {}, {}).step_at(a.channel, a.at), Moment::whole_window});
    }

    static bool has_cell(const arith::Shape& shape, const arith::Cell& at) {
        for (std::size_t n = 0; n + 1 < shape.size(); ++n)
            if (at[n] < 0 || at[n] >= shape[n + 1]) return false;
        return true;
    }
    // Steps lead back to the cell of a step; an input that has become smaller may lack the cell.
    void settle_input_cell() {
        State& s = next();
        if (s.input_cell &&
            (s.moment != old.moment || !has_cell(arith::input_shape(s.stages.front().layer), *s.input_cell)))
            s.input_cell.reset();
    }

    // Taps walk through a window one by one and on into the next. A step without taps, between the stamps of a
    // transposed layer, is walked over as a whole.
    void operator()(const TapForward&) {
        Moment& m = next().moment;
        if (m.tap + 1 < tap_count(m.step))
            ++m.tap;
        else if (m.step < last_step())
            m = {m.step + 1, tap_count(m.step + 1) > 0 ? 0 : Moment::whole_window};
    }
    void operator()(const TapBack&) {
        Moment& m = next().moment;
        const Index taps = tap_count(m.step);
        if (m.tap == Moment::whole_window && taps > 0)
            m.tap = taps - 1;
        else if (m.tap > 0)
            --m.tap;
        else if (m.step > 0)
            m = {m.step - 1, tap_count(m.step - 1) - 1};
    }
    void go_to(Index step) { next().moment = {std::clamp<Index>(step, 0, last_step()), Moment::whole_window}; }
};

}  // namespace

Outcome update(const State& state, const Action& action) {
    Updater updater{state};
    std::visit(updater, action);
    updater.settle_input_cell();
    settle_moments(updater.out.state);
    const bool edits = is_edit(action) && !std::holds_alternative<OpenState>(action);
    if (edits && chain_of(state) != chain_of(updater.out.state)) settle_title(updater.out.state);
    return std::move(updater.out);
}

}  // namespace convloom::state
