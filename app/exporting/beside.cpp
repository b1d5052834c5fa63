#include "app/exporting/beside.hpp"

#include <algorithm>
#include <utility>

#include "app/files/link.hpp"
#include "core/scene/measure/bounds.hpp"
#include "core/scene/slide/slide.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/presets.hpp"

namespace convloom::exporting {

using arith::Index;

Beside beside_named(const std::string& text) {
    Beside beside{files::is_link(text) || text.ends_with(".json") ? files::load_state_or_link(text)
                                                                  : state::preset(text)};
    if (beside.state.view == scene::View::photo) throw Error("A photo is not put beside a figure of a layer.");
    return beside;
}

BesidePages::BesidePages(const state::State& first, const std::vector<Beside>& others,
                         std::vector<scene::Moment> moments, scene::BesidePage page)
    : moments_(std::move(moments)), page_(std::move(page)) {
    const auto add = [&](const state::State& state, std::optional<Index> step) {
        figures_.push_back({state, step, places_of(state).step_count()});
        Figure& figure = figures_.back();
        figure.state.theme = first.theme;
        figure.state.palette = first.palette;
        figure.state.language = first.language;
    };
    add(first, {});
    for (const Beside& other : others) add(other.state, other.step);
    // Side by side, or one below the other, whichever makes them larger.
    look_at(false);
    const double beside = beside_scale(page_, figures(0));
    look_at(true);
    if (beside_scale(page_, figures(0)) < beside) look_at(false);
}

void BesidePages::look_at(bool upright) {
    constexpr Index most_looked_at = 64;
    page_.upright = upright;
    const auto count = static_cast<double>(figures_.size());
    part_ = scene::page_for(upright ? page_.width : page_.width / count, upright ? page_.height / count : page_.height);
    const auto frames = static_cast<Index>(moments_.size()), looks = std::min(frames, most_looked_at);
    for (Figure& figure : figures_) {
        figure.box = {};
        for (Index n = 0; n < looks; ++n) {
            const Index at = looks == 1 ? 0 : n * (frames - 1) / (looks - 1);
            figure.box = scene::around(figure.box, scene::figure_box(scene(figure, static_cast<std::size_t>(at))));
        }
    }
}

scene::Scene BesidePages::scene(Figure& figure, std::size_t n) {
    const Index step = figure.step.value_or(std::min(moments_[n].step, figure.steps - 1));
    const bool first = &figure == figures_.data();
    figure.state.moment = {step, first ? moments_[n].tap : scene::Moment::whole_window};
    return figure.scenes.scene(figure.state, part_);
}

std::vector<scene::BesideFigure> BesidePages::figures(std::size_t n) {
    std::vector<scene::BesideFigure> all;
    for (Figure& figure : figures_) all.push_back(scene::beside_figure(scene(figure, n), figure.box));
    return all;
}

scene::Scene BesidePages::page(std::size_t n) {
    return compose_beside(page_, figures(n), view_options_of(figures_.front().state));
}

}  // namespace convloom::exporting
