#include "core/state/update/stages.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/arith/chain/between_kinds.hpp"
#include "core/arith/layer/counts.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/state/data/build.hpp"

namespace convloom::state {

using arith::Index;

namespace {

// The index in `to` of the cell with index `at` in `from`, of the same rank; -1 if there is none.
Index place_in(const arith::Shape& from, Index at, const arith::Shape& to) {
    Index place = 0, stride = 1;
    for (std::size_t n = from.size(); n-- > 0; stride *= to[n]) {
        const Index along = at % from[n];
        at /= from[n];
        if (along >= to[n]) return -1;
        place += along * stride;
    }
    return place;
}

// The tensor in a new shape: cells keep their values, new cells get those of the pattern.
arith::Shared<arith::Tensor> resized(const arith::Shared<arith::Tensor>& old, arith::Shape shape, std::uint32_t seed) {
    if (old && old->shape == shape) return old;
    const Index count = *arith::element_count(shape), columns = shape.back(),
                rows = shape.size() > 1 ? shape[shape.size() - 2] : 1;
    const bool same_rank = old && old->shape.size() == shape.size() && !old->values.empty();
    arith::Tensor tensor{std::move(shape), {}};
    tensor.values.reserve(static_cast<std::size_t>(count));
    for (Index n = 0; n < count; ++n) {
        const Index from = same_rank ? place_in(tensor.shape, n, old->shape) : -1;
        tensor.values.push_back(from >= 0 ? old->values[from]
                                          : pattern_value(seed, n / (rows * columns), n / columns % rows, n % columns));
    }
    return tensor;
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
        if (layer.in_channels == in) continue;
        if (!layer.mixes_channels()) {
            layer.out_channels = in;
        } else if (layer.groups > 1 && layer.groups == layer.in_channels) {
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

Problems take_stages(State& state, std::vector<Stage> stages) {
    arith::Chain chain = chain_of(stages);
    arith::connect(chain, arith::Fit::all_settings);
    Problems problems;
    for (const arith::ChainProblem& p : arith::check(chain)) problems.push_back(p.problem);
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
