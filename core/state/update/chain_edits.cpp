#include <fmt/format.h>

#include <algorithm>

#include "core/state/data/build.hpp"
#include "core/state/update/layer_edits.hpp"

namespace convloom::state {
namespace {

using arith::Index;
using scene::View;

Problems no_layer(const State& state, int number) {
    return {{arith::LayerField::size,
             -1,
             fmt::format("There is no layer {}; there are {}.", number + 1, state.stages.size()),
             {}}};
}

bool has_layer(const State& state, int number) {
    return number >= 0 && number < static_cast<int>(state.stages.size());
}

auto place(std::vector<Stage>& stages, int number) {
    return stages.begin() + number;
}

// Takes the layers in their new order, each with the channels that come to it, and shows one of them from its first
// step.
Problems take_order(State& state, std::vector<Stage> stages, int shown) {
    State changed = state;
    changed.shown = shown;
    (state.view == View::photo ? changed.other_moment : changed.moment) = {};
    changed.input_cell.reset();
    const arith::Layer& first = state.stages.front().layer;
    for (std::size_t a = 0; a < first.axes.size(); ++a) stages.front().layer.axes[a].size = first.axes[a].size;
    follow_channels(stages, 0, first.in_channels);
    if (Problems problems = take_stages(changed, std::move(stages)); !problems.empty()) return problems;
    // The chain view comes with the second layer and goes with it.
    const bool was_one = state.stages.size() == 1, is_one = changed.stages.size() == 1;
    if (was_one != is_one && (was_one ? state.view != View::photo : state.view == View::chain))
        changed.view = best_view(chain_of(changed));
    state = std::move(changed);
    return {};
}

Problems insert(State& state, int after, Stage stage) {
    if (state.stages.size() >= static_cast<std::size_t>(most_layers))
        return {
            {arith::LayerField::memory, -1, fmt::format("A chain built here has at most {} layers.", most_layers), {}}};
    std::vector<Stage> stages = state.stages;
    stages.insert(place(stages, after + 1), std::move(stage));
    return take_order(state, std::move(stages), after + 1);
}

}  // namespace

Problems add_layer(State& state, const AddLayer& wanted) {
    if (!has_layer(state, wanted.after)) return no_layer(state, wanted.after);
    const arith::Layer& before = state.stages[static_cast<std::size_t>(wanted.after)].layer;
    Stage stage;
    stage.layer.axes.assign(before.axes.size(), {.kernel = 3, .pad_before = 1, .pad_after = 1});
    stage.layer.in_channels = stage.layer.out_channels = before.out_channels;
    stage.weight = {};
    return insert(state, wanted.after, std::move(stage));
}

Problems duplicate_layer(State& state, const DuplicateLayer& wanted) {
    if (!has_layer(state, wanted.number)) return no_layer(state, wanted.number);
    return insert(state, wanted.number, state.stages[static_cast<std::size_t>(wanted.number)]);
}

Problems remove_layer(State& state, const RemoveLayer& wanted) {
    if (!has_layer(state, wanted.number)) return no_layer(state, wanted.number);
    if (state.stages.size() == 1)
        return {{arith::LayerField::size, -1, "The last layer cannot be removed; a chain has at least one.", {}}};
    std::vector<Stage> stages = state.stages;
    stages.erase(place(stages, wanted.number));
    const int last = static_cast<int>(stages.size()) - 1;
    return take_order(state, std::move(stages),
                      std::min(last, state.shown > wanted.number ? state.shown - 1 : state.shown));
}

Problems move_layer(State& state, const MoveLayer& wanted) {
    const auto [from, to] = wanted;
    if (!has_layer(state, from)) return no_layer(state, from);
    if (!has_layer(state, to)) return no_layer(state, to);
    if (from == to) return {};
    std::vector<Stage> stages = state.stages;
    if (from < to)
        std::rotate(place(stages, from), place(stages, from + 1), place(stages, to + 1));
    else
        std::rotate(place(stages, to), place(stages, from), place(stages, from + 1));
    // The layer that was shown stays shown.
    int shown = state.shown;
    if (shown == from)
        shown = to;
    else if (from < shown && shown <= to)
        --shown;
    else if (to <= shown && shown < from)
        ++shown;
    return take_order(state, std::move(stages), shown);
}

}  // namespace convloom::state
