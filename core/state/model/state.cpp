#include "core/state/model/state.hpp"

#include "core/arith/compute/fast.hpp"
#include "core/arith/contrast/contrast.hpp"
#include "core/state/model/comparison.hpp"

namespace convloom::state {

const scene::Theme& colors_of(const State& state) {
    if (state.palette) return state.palette->theme;
    const scene::Theme* theme = scene::theme_named(state.theme);
    return theme ? *theme : scene::default_theme();
}

arith::Chain chain_of(const std::vector<Stage>& stages) {
    arith::Chain chain;
    for (const Stage& stage : stages) chain.push_back({stage.layer, stage.after, {}, {}});
    return chain;
}

arith::Chain chain_of(const State& state) {
    arith::Chain chain = chain_of(state.stages);
    chain.front().before = state.before;
    chain.front().given = state.given;
    return chain;
}

std::vector<arith::Shared<arith::Tensor>> stage_inputs(const State& state, int stage) {
    std::vector<arith::Shared<arith::Tensor>> values{state.input};
    for (int n = 0; n < stage; ++n) {
        const Stage& before = state.stages[n];
        arith::Tensor output =
            arith::fast(before.layer, *values.back(), *before.weight, before.bias.get(), {}, before.sides);
        for (const arith::Between& between : before.after) output = arith::values_after(between, std::move(output));
        values.push_back(std::move(output));
    }
    return values;
}

arith::Shared<arith::Tensor> stage_input(const State& state, int stage) {
    return stage_inputs(state, stage).back();
}

namespace {

bool shows_photo(const State& state) {
    return state.view == scene::View::photo && state.photo && state.photo->working;
}

}  // namespace

arith::Recording recording_of(const State& state) {
    if (shows_photo(state)) return photo_recording(*state.photo);
    const Stage& stage = state.stages[state.shown];
    if (state.view == scene::View::compare && arith::walks_second(stage.layer, compared_layer(state)))
        return compared_recording(state, stage_input(state, state.shown));
    return {stage.layer, stage_input(state, state.shown), stage.weight, stage.bias, stage.sides};
}

arith::Recording places_of(const State& state) {
    return {shows_photo(state) ? photo_layer(*state.photo) : stepped_layer(state), {}, {}, {}};
}

float pattern_value(std::uint32_t seed, arith::Index channel, arith::Index row, arith::Index column) {
    // A chain of 64-bit finalizers (SplitMix64), so that neighbouring cells get unrelated values.
    std::uint64_t h = seed;
    for (arith::Index part : {channel, row, column}) {
        h += static_cast<std::uint64_t>(part) * 0x9E3779B97F4A7C15u + 0x9E3779B97F4A7C15u;
        h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9u;
        h = (h ^ (h >> 27)) * 0x94D049BB133111EBu;
        h ^= h >> 31;
    }
    return static_cast<float>(h & 3u);
}

}  // namespace convloom::state
