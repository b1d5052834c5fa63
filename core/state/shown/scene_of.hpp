// Creates the Scene for a State: the link between the state and the views.
//
// scene_of() is a pure function; a SceneMaker gives the same Scenes for a sequence of States and caches expensive
// results.
#pragma once
#include <memory>
#include <optional>

#include "core/scene/looks/view.hpp"
#include "core/scene/pointing/pointing.hpp"
#include "core/state/model/state.hpp"
#include "core/state/shown/photo_maker.hpp"

namespace convloom::state {

scene::ViewOptions view_options_of(const State& state);
scene::Scene scene_of(const State& state, const scene::PageSize& page = {});
// Describes what that Scene shows, for pointing.
scene::Shown shown_of(const State& state);

// The same for a sequence of States. Expensive results, such as a filtered photo or the outputs of earlier layers, are
// cached for as long as they are valid.
class SceneMaker {
  public:
    // On this page, if the view lays its figure out for any; a photo's page fills `room`, if given.
    scene::Scene scene(const State& state, const scene::PageSize& page = {},
                       const std::optional<scene::Room>& room = {});
    // Of the layer that is stepped through, or of the photo; its input is computed once.
    const arith::Recording& recording(const State& state);

  private:
    scene::ViewOptions options(const State& state);
    scene::ChainFigure chain_figure(const State& state);
    std::shared_ptr<const scene::MapPictures> maps(const scene::ViewOptions& options);
    void follow(const State& state);
    void follow_compared(const State& state);

    PhotoMaker photos_;
    std::optional<arith::Recording> recording_, compared_;
    std::vector<arith::Shared<arith::Tensor>> made_;  // the inputs of the layers up to the current one
    arith::Shared<arith::Tensor> output_;             // its whole output, computed when value colours need it
    bool output_asked_ = false;
    std::shared_ptr<const scene::MapPictures> maps_;  // of the maps view
    const scene::Theme* maps_theme_ = nullptr;
    bool maps_one_scale_ = false;
    arith::Shared<scene::Palette> palette_;  // of what was made
    // What recording_ was computed from.
    arith::Shared<arith::Tensor> input_;
    std::vector<Stage> stages_;
    int shown_ = 0;
};

}  // namespace convloom::state
