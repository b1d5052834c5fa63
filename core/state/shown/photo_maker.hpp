// Creates Scenes from Photos.
//
// The one idea: filtering is expensive and moving the wipe or a step is not, so results are cached for as long as the
// photo, its part and its stack stay the same. It draws nothing itself; core/scene/photo does.
#pragma once
#include <optional>

#include "core/arith/compute/fast.hpp"
#include "core/scene/photo/photo_figure.hpp"
#include "core/state/model/photo.hpp"

namespace convloom::state {

class PhotoMaker {
  public:
    // Expects photo.working to be set.
    scene::Scene scene(const Photo& photo, const scene::Moment& moment, const scene::ViewOptions& options);
    // Of the selected pass on one channel.
    const arith::Recording& recording(const Photo& photo);
    // The result of the stack on the working picture, in float.
    const image::Image& result(const Photo& photo);

    scene::PhotoFigure figure(const Photo& photo, const scene::Theme& theme, scene::Language language);

  private:
    scene::PhotoFigure step_figure(const Photo& photo, scene::Language language);

    arith::Shared<image::Image> working_;  // the picture that result_ was computed from
    image::Stack stack_;
    std::optional<image::Image> result_;
    std::optional<arith::Recording> recording_, other_;  // other_: for the second kernel of a gradient magnitude
    std::optional<Photo> recorded_;                      // what recording_ was computed from
    std::optional<scene::PhotoFigure> figure_;
    std::optional<Photo> figured_;  // what figure_ was computed from, together with its theme
    const scene::Theme* theme_ = nullptr;
    scene::Language language_ = scene::Language::english;
};

}  // namespace convloom::state
