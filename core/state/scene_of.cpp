#include "core/state/scene_of.hpp"

#include "core/image/run.hpp"
#include "core/image/run.hpp"
#include "core/scene/value_map.hpp"
#include "core/scene/view_table.hpp"
#include "core/scene/view_table.hpp"

namespace convloom::state {
namespace {

arith::Shared<scene::Pixels> pixels(const image::Image& image, image::ShownAs shown_as) {
    return scene::Pixels{image.width, image.height, image::to_rgba(image, shown_as)};
}

std::string shown_as_text(image::ShownAs shown_as, scene::Language in) {
    switch (shown_as) {
        case image::ShownAs::clamped: return tr(in, "Shown as it is: below 0 black, above 1 white.");
        case image::ShownAs::absolute: return tr(in, "Shown without its sign: strong answers of either sign are light.");
        case image::ShownAs::scaled: return tr(in, "Shown stretched: the least value black, the greatest white.");
        case image::ShownAs::signed_: return tr(in, "Shown with its sign: 0 is mid-grey, negative darker, positive lighter.");
    }
    return "";
}

std::string base_name(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

}  // namespace

scene::PhotoFigure photo_figure(const Photo& photo, scene::Language language) {
    const image::Image& before = *photo.working;
    const image::Image after = image::filtered(before, photo.kernel);
    const image::NamedFilter* filter = image::filter_named(photo.filter);
    scene::PhotoFigure figure;
    figure.file_name = base_name(photo.path);
    figure.before = pixels(before, image::ShownAs::clamped);
    figure.after = pixels(after, photo.shown_as);
    figure.width = photo.image->width;
    figure.height = photo.image->height;
    figure.filter_name = filter ? tr(language, filter->title) : tr(language, "Your own");
    figure.filter_says = tr(language, filter ? filter->says : image::own_kernel_says);
    figure.shown_as = shown_as_text(photo.shown_as, language);
    figure.kernel_side = photo.kernel.side;
    figure.kernel = photo.kernel.weights;
    return figure;
}

scene::Scene scene_of(const State& state) { return SceneMaker().scene(state); }

scene::Scene SceneMaker::scene(const State& state) {
    if (const std::string why = scene::undrawable(state.layer(), state.view); !why.empty()) return compose_message(tr_sentence(state.language, why), view_options_of(state));
    const scene::ViewOptions options = this->options(state);
    const scene::ViewInfo& view = scene::info_of(state.view);
    if (!view.compose) return compose_photo(figure(*state.photo, state.language), options);
    return view.compose({recording(state), chain_figure(state)}, state.moment, options);
}

const scene::PhotoFigure& SceneMaker::figure(const Photo& photo, scene::Language language) {
    if (!figure_ || figured_ != photo || figured_in_ != language) {
        figure_ = photo_figure(photo, language);
        figured_in_ = language;
        figured_ = photo;
    }
    return *figure_;
}

// The layers before the one shown are computed once, and its whole output once where colours need its range.
void SceneMaker::follow(const State& state) {
    if (recording_ && shown_ == state.shown && input_ == state.input && stages_ == state.stages) return;
    made_ = stage_inputs(state, state.shown);
    const Stage& stage = state.stages[state.shown];
    recording_.emplace(stage.layer, made_.back(), stage.weight, stage.bias);
    output_ = {};
    output_asked_ = false;
    input_ = state.input;
    stages_ = state.stages;
    shown_ = state.shown;
}

const arith::Recording& SceneMaker::recording(const State& state) {
    follow(state);
    return *recording_;
}

scene::ChainFigure SceneMaker::chain_figure(const State& state) {
    follow(state);
    return {chain_of(state), state.shown, made_};
}

scene::ViewOptions SceneMaker::options(const State& state) {
    scene::ViewOptions options = view_options_of(state);
    if (!state.value_colors || state.view == scene::View::photo) return options;
    follow(state);
    if (!output_asked_) output_ = scene::output_for_colors(*recording_);
    output_asked_ = true;
    options.output = output_;
    return options;
}

}  // namespace convloom::state
