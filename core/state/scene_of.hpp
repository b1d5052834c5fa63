// From a State to what is drawn for it.
#pragma once
#include <optional>

#include "core/scene/view.hpp"
#include "core/state/state.hpp"

namespace convloom::state {

// Filters the photo's working picture. Expects photo.working.
scene::PhotoFigure photo_figure(const Photo& photo, scene::Language language = scene::Language::english);

scene::Scene scene_of(const State& state);

// The same for States that follow one another: what is costly, a filtered photo or the layers before the one shown, is
// kept for as long as it holds.
class SceneMaker {
  public:
    scene::Scene scene(const State& state);
    // Of the layer shown; what goes into it is computed once.
    const arith::Recording& recording(const State& state);

  private:
    scene::ViewOptions options(const State& state);
    scene::ChainFigure chain_figure(const State& state);
    void follow(const State& state);
    const scene::PhotoFigure& figure(const Photo& photo, scene::Language language);

    std::optional<scene::PhotoFigure> figure_;
    std::optional<Photo> figured_;   // what figure_ shows
    scene::Language figured_in_ = scene::Language::english;
    std::optional<arith::Recording> recording_;
    std::vector<arith::Shared<arith::Tensor>> made_;   // what goes into the layers up to it
    arith::Shared<arith::Tensor> output_;              // its whole output, once value colours have asked for it
    bool output_asked_ = false;
    // What recording_ is of.
    arith::Shared<arith::Tensor> input_;
    std::vector<Stage> stages_;
    int shown_ = 0;
};

}  // namespace convloom::state
