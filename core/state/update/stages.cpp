#include "core/state/update/stages.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/arith/base/saturating.hpp"
#include "core/arith/chain/between_kinds.hpp"
#include "core/arith/layer/counts.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/state/data/build.hpp"
#include "core/state/data/side_patterns.hpp"
#include "core/state/model/resized.hpp"

namespace convloom::state {

using arith::Index;

namespace {

// The tensors beside the input in their new shapes. They keep their values, unless what their planes mean has changed.
arith::SideTensors resized_sides(const arith::SideTensors& old, const arith::Layer& layer, std::uint32_t seed) {
    arith::SideTensors sides;
    const std::vector<arith::SideTensor> wanted = arith::side_tensors(layer);
    for (std::size_t n = 0; n < wanted.size(); ++n) {
        const arith::Shape& shape = wanted[n].shape;
        if (old[n] && old[n]->shape == shape && arith::side_problem(layer, *old[n]).empty()) {
            sides[n] = old[n];
            continue;
        }
        arith::Tensor tensor = made_up_side(layer, n, seed);
        // Indices name other cells in another size.
        if (old[n] && old[n]->shape[0] == shape[0] && layer.op != arith::Op::max_unpooling)
            for (std::size_t at = 0; at < tensor.values.size(); ++at)
                if (const Index from = place_in(shape, static_cast<Index>(at), old[n]->shape); from >= 0)
                    tensor.values[at] = old[n]->values[static_cast<std::size_t>(from)];
        sides[n] = std::move(tensor);
    }
    return sides;
}

}  // namespace

Index channels_after(const std::vector<Stage>& stages, int layer) {
    const Stage& stage = stages[static_cast<std::size_t>(layer)];
    // Only the channels matter here; the sizes may not be known yet, so they are ones that most factors divide.
    constexpr Index divisible = 720720;
    arith::Shape shape(stage.layer.axes.size() + 1, divisible);
    shape[0] = stage.layer.out_channels;
    for (arith::Between between : stage.after) {
        arith::follow_shape(between, shape);
        if (!between.kind->shape) continue;
        if (arith::BetweenShape after = between.kind->shape(between, shape); !after.problem) shape = after.shape;
    }
    // One such as Flatten gives no channels; check() says why no layer can follow.
    return shape.size() == stage.layer.axes.size() + 1 ? shape[0] : stage.layer.out_channels;
}

void follow_channels(std::vector<Stage>& stages, std::size_t first, Index in) {
    for (std::size_t n = first; n < stages.size(); in = channels_after(stages, static_cast<int>(n)), ++n) {
        arith::Layer& layer = stages[n].layer;
        if (!layer.mixes_channels()) layer.out_channels = layer.out_channels_for(in);
        if (layer.in_channels == in) continue;
        if (layer.groups > 1 && layer.groups == layer.in_channels) {
            layer.out_channels = layer.out_channels / layer.in_channels * in;
            layer.groups = in;
        }
        layer.in_channels = in;
    }
}

arith::Betweens take_tail(std::vector<Stage>& stages) {
    Stage& last = stages.back();
    arith::Shape shape = arith::output_shape(last.layer);
    std::size_t first = 0;
    for (; first < last.after.size(); ++first) {
        shape = arith::shape_after(last.after[first], shape).shape;
        if (last.after[first].kind->shape_only || static_cast<int>(shape.size()) != last.layer.rank() + 1) break;
    }
    const auto begin = last.after.begin() + static_cast<std::ptrdiff_t>(first);
    arith::Betweens tail(begin, last.after.end());
    last.after.erase(begin, last.after.end());
    return tail;
}

namespace {

// After a change of the input: what was applied to it before adapts to its shape, or is gone if it changed the shape.
void settle_before(State& state, const arith::Layer& first) {
    const arith::Shape shape = arith::input_shape(first);
    if (state.given.empty()) {
        for (arith::Between& between : state.before) arith::follow_shape(between, shape);
        const arith::BetweenShapes shapes = arith::shapes_after(state.before, shape);
        if (!shapes.problem && shapes.last(shape) == shape) return;
    } else if (arith::shapes_after(state.before, state.given).last(state.given) == shape) {
        return;
    }
    state.before.clear();
    state.given.clear();
}

}  // namespace

namespace {

// The channels of layers where they follow from the window, and of those behind them.
void follow_windows(std::vector<Stage>& stages) {
    if (std::none_of(stages.begin(), stages.end(), [](const Stage& stage) { return stage.layer.changes_channels(); }))
        return;
    arith::Layer& first = stages.front().layer;
    if (first.kind().folds)
        first.in_channels = arith::saturating_product(std::max<Index>(first.out_channels, 1), first.window_cells());
    follow_channels(stages, 0, first.in_channels);
}

}  // namespace

Problems take_stages(State& state, std::vector<Stage> stages) {
    follow_windows(stages);
    arith::Chain chain = chain_of(stages);
    arith::connect(chain, arith::Fit::all_settings);
    Problems problems;
    const std::vector<arith::ChainProblem> faults = arith::check(chain);
    for (const arith::ChainProblem& p : faults) problems.push_back(p.problem);
    if (!faults.empty()) problems.tried = chain[static_cast<std::size_t>(faults.front().link)].layer;
    if (problems.empty())
        if (const std::string why = too_large(chain); !why.empty())
            return refused(arith::LayerField::memory, fmt::format("The layers {}.", why));
    if (!problems.empty()) return problems;
    for (std::size_t n = 0; n < stages.size(); ++n) {
        Stage& stage = stages[n];
        stage.layer = chain[n].layer;
        stage.after = chain[n].after;
        const auto seed = state.seed + 1 + static_cast<std::uint32_t>(n);
        stage.weight = stage.layer.has_weight() ? resized(stage.weight, arith::weight_shape(stage.layer), seed)
                                                : arith::Shared<arith::Tensor>(arith::Tensor{{0}, {}});
        stage.bias = stage.layer.bias ? resized(stage.bias, {stage.layer.out_channels}, seed + 1000)
                                      : arith::Shared<arith::Tensor>{};
        stage.sides = resized_sides(stage.sides, stage.layer, seed);
    }
    state.input = resized(state.input, arith::input_shape(stages.front().layer), state.seed);
    state.stages = std::move(stages);
    settle_before(state, state.stages.front().layer);
    state.moment = {std::min(state.moment.step, places_of(state).step_count() - 1), scene::Moment::whole_window};
    if (!scene::undrawable(state.layer(), state.view).empty()) state.view = best_view(chain_of(state));
    return {};
}

bool has_layer(const State& state, int number) {
    return number >= 0 && number < static_cast<int>(state.stages.size());
}

Problems no_layer(const State& state, int number) {
    return refused(arith::LayerField::size,
                   arith::counting({{static_cast<Index>(state.stages.size()), "layer"}},
                                   "There is no layer {}; the chain has {} layers.", number + 1, state.stages.size()));
}

void show_layer(State& state, int number, scene::Moment moment) {
    state.shown = number;
    state.moment = moment;
    state.input_cell.reset();
    if (!scene::undrawable(state.layer(), state.view).empty()) state.view = scene::View::volume;
}

}  // namespace convloom::state
