#include "core/state/shown/scene_of.hpp"

#include "core/arith/contrast/contrast.hpp"
#include "core/scene/looks/value_map.hpp"
#include "core/scene/maps/compose_maps.hpp"
#include "core/scene/maps/map_pictures.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/state/model/comparison.hpp"
#include "core/state/words/title.hpp"

namespace convloom::state {

scene::ViewOptions view_options_of(const State& state) {
    std::string title = title_of(state);
    if (state.stages.size() > 1) title += trf(state.language, ", layer {} of {}", state.shown + 1, state.stages.size());
    return {state.look, &colors_of(state), state.language, std::move(title), {}, nullptr, state.own_title, {}, {}};
}

scene::Scene scene_of(const State& state, const scene::PageSize& page) {
    return SceneMaker().scene(state, page);
}

scene::Shown shown_of(const State& state) {
    return {stepped_layer(state), state.moment, state.shown};
}

scene::Scene SceneMaker::scene(const State& state, const scene::PageSize& page,
                               const std::optional<scene::Room>& room) {
    if (const std::string why = scene::undrawable(state.layer(), state.view); !why.empty())
        return compose_message(tr_sentence(state.language, why), view_options_of(state));
    scene::ViewOptions options = this->options(state);
    const scene::ViewInfo& view = scene::info_of(state.view);
    if (!view.compose) {
        options.room = room;
        return photos_.scene(*state.photo, state.moment, options);
    }
    if (view.any_page) options.page = page;
    follow(state);
    if (state.view == scene::View::maps) options.maps = maps(options);
    return view.compose({*recording_, chain_figure(state), compared_ ? &*compared_ : nullptr}, state.moment, options);
}

// Caches the outputs of the layers before the current one; its own output is computed only if value colours need its
// range.
void SceneMaker::follow(const State& state) {
    if (recording_ && shown_ == state.shown && input_ == state.input && stages_ == state.stages)
        return follow_compared(state);
    made_ = stage_inputs(state, state.shown);
    const Stage& stage = state.stages[state.shown];
    recording_.emplace(stage.layer, made_.back(), stage.weight, stage.bias, stage.sides);
    output_ = {};
    output_asked_ = false;
    maps_.reset();
    input_ = state.input;
    stages_ = state.stages;
    shown_ = state.shown;
    compared_.reset();
    follow_compared(state);
}

void SceneMaker::follow_compared(const State& state) {
    if (state.view != scene::View::compare)
        compared_.reset();
    else if (!compared_ || compared_->layer() != compared_layer(state))
        compared_.emplace(compared_recording(state, made_.back()));
}

std::shared_ptr<const scene::MapPictures> SceneMaker::maps(const scene::ViewOptions& options) {
    if (maps_ && maps_theme_ == options.theme && maps_one_scale_ == options.one_scale) return maps_;
    if (!output_) output_ = scene::whole_output(*recording_);
    maps_ = std::make_shared<const scene::MapPictures>(
        scene::map_pictures(*recording_, output_, *options.theme, options.one_scale));
    maps_theme_ = options.theme;
    maps_one_scale_ = options.one_scale;
    return maps_;
}

const arith::Recording& SceneMaker::recording(const State& state) {
    if (state.view == scene::View::photo && state.photo) return photos_.recording(*state.photo);
    follow(state);
    return compared_ && arith::walks_second(recording_->layer(), compared_->layer()) ? *compared_ : *recording_;
}

scene::ChainFigure SceneMaker::chain_figure(const State& state) {
    follow(state);
    return {chain_of(state), state.shown, made_, state.input_cell};
}

scene::ViewOptions SceneMaker::options(const State& state) {
    // What was made is kept for a theme by its address, which another palette may have later.
    if (palette_ != state.palette) {
        palette_ = state.palette;
        maps_.reset();
        photos_ = {};
    }
    scene::ViewOptions options = view_options_of(state);
    if (!state.look.value_colors || state.view == scene::View::photo) return options;
    follow(state);
    if (!output_asked_) output_ = scene::output_for_colors(*recording_);
    output_asked_ = true;
    options.output = output_;
    return options;
}

}  // namespace convloom::state
