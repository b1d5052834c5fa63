#include "core/state/model/comparison.hpp"

#include <algorithm>

#include "core/arith/contrast/contrast.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/state/model/resized.hpp"

namespace convloom::state {

arith::Layer compared_layer(const State& state) {
    return state.compared ? *state.compared : arith::usual_contrast(state.layer());
}

arith::Recording compared_recording(const State& state, arith::Shared<arith::Tensor> input) {
    const Stage& stage = state.stages[static_cast<std::size_t>(state.shown)];
    arith::Layer layer = compared_layer(state);
    const auto seed = state.seed + 1 + static_cast<std::uint32_t>(state.shown);
    arith::Shared<arith::Tensor> weight = arith::Tensor{{0}, {}}, bias;
    if (layer.has_weight())
        weight = resized(layer.is_transposed() == stage.layer.is_transposed() ? stage.weight : weight,
                         arith::weight_shape(layer), seed);
    if (layer.bias) bias = resized(stage.bias, {layer.out_channels}, seed + 1000);
    // Tensors beside the input are shared where they fit; an empty one has no effect.
    arith::SideTensors sides;
    const std::vector<arith::SideTensor> wanted = arith::side_tensors(layer);
    for (std::size_t n = 0; n < wanted.size(); ++n)
        if (stage.sides[n] && stage.sides[n]->shape == wanted[n].shape &&
            arith::side_problem(layer, *stage.sides[n]).empty())
            sides[n] = stage.sides[n];
    return {std::move(layer), std::move(input), std::move(weight), std::move(bias), std::move(sides)};
}

arith::Layer stepped_layer(const State& state) {
    if (state.view != scene::View::compare) return state.layer();
    return arith::walked(state.layer(), compared_layer(state));
}

std::string not_shown_beside(const State& state, const arith::Layer& layer) {
    if (const auto problems = arith::check(layer); !problems.empty()) return problems.front().sentence;
    if (std::string why = arith::not_comparable(state.layer(), layer); !why.empty()) return why;
    return scene::undrawable(layer, scene::View::compare);
}

void keep_cell(State& state, const State& before) {
    const arith::Layer from = stepped_layer(before), to = stepped_layer(state);
    if (from == to || (state.view != scene::View::compare && before.view != scene::View::compare)) return;
    scene::Moment& moment = state.view == scene::View::photo ? state.other_moment : state.moment;
    const arith::Recording old_steps(from, {}, {}, {}), steps(to, {}, {}, {});
    const arith::Step at = old_steps.step(std::clamp<arith::Index>(moment.step, 0, old_steps.step_count() - 1));
    arith::Cell cell = at.output;
    if (from.rank() == to.rank())
        for (int a = 0; a < to.rank(); ++a)
            cell[static_cast<std::size_t>(a)] =
                std::min(cell[static_cast<std::size_t>(a)], arith::output_size(to, a) - 1);
    moment = from.rank() == to.rank()
                 ? scene::Moment{steps.step_at(std::min(at.channel, to.out_channels - 1), cell), moment.tap}
                 : scene::Moment{};
    moment.tap =
        std::clamp<arith::Index>(moment.tap, scene::Moment::whole_window, steps.tap_count(steps.step(moment.step)) - 1);
}

void show_view(State& state, scene::View view) {
    const State before = state;
    state.view = view;
    keep_cell(state, before);
}

}  // namespace convloom::state
