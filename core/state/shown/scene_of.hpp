// From a State to what is drawn for it.
#pragma once
#include <optional>

#include "core/scene/looks/view.hpp"
#include "core/scene/pointing/pointing.hpp"
#include "core/state/model/state.hpp"
#include "core/state/shown/photo_maker.hpp"

namespace convloom::state {

scene::ViewOptions view_options_of(const State& state);
scene::Scene scene_of(const State& state);
// What that Scene is a picture of, for whoever points at it.
scene::Shown shown_of(const State& state);

// The same for States that follow one another: what is costly, a filtered photo or the layers before the one shown, is
// kept for as long as it holds.
class SceneMaker {
  public:
    // A photo's page fills the room, where one is given.
    scene::Scene scene(const State& state, const std::optional<scene::Room>& room = {});
    // Of the layer or the photo shown; what goes into it is computed once.
    const arith::Recording& recording(const State& state);

  private:
    scene::ViewOptions options(const State& state);
    scene::ChainFigure chain_figure(const State& state);
    void follow(const State& state);

    PhotoMaker photos_;
    std::optional<arith::Recording> recording_;
    std::vector<arith::Shared<arith::Tensor>> made_;  // what goes into the layers up to it
    arith::Shared<arith::Tensor> output_;             // its whole output, once value colours have asked for it
    bool output_asked_ = false;
    // What recording_ is of.
    arith::Shared<arith::Tensor> input_;
    std::vector<Stage> stages_;
    int shown_ = 0;
};

}  // namespace convloom::state
