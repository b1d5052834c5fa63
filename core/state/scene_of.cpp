#include "core/state/scene_of.hpp"

#include "core/scene/view_table.hpp"

namespace convloom::state {
scene::Scene scene_of(const State& state) { return SceneMaker().scene(state); }

scene::Scene SceneMaker::scene(const State& state) {
    const scene::ViewOptions options = view_options_of(state);
    if (const std::string why = scene::undrawable(state.layer(), state.view); !why.empty()) return compose_message(why, options);
    const scene::ViewInfo& view = scene::info_of(state.view);
    if (!view.compose) return photos_.scene(*state.photo, state.moment, options);
    const scene::ChainFigure chain{chain_of(state), state.shown};
    return view.compose({recording(state), chain}, state.moment, options);
}

const arith::Recording& SceneMaker::recording(const State& state) {
    if (state.view == scene::View::photo && state.photo) return photos_.recording(*state.photo);
    if (!recording_ || shown_ != state.shown || input_ != state.input || stages_ != state.stages) {
        recording_ = recording_of(state);
        input_ = state.input;
        stages_ = state.stages;
        shown_ = state.shown;
    }
    return *recording_;
}

}  // namespace convloom::state
