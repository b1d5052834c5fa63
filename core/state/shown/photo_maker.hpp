// From a Photo to what is drawn of it, for Photos that follow one another: what is costly is kept for as long as it
// holds.
#pragma once
#include <optional>

#include "core/arith/compute/fast.hpp"
#include "core/scene/photo/photo_figure.hpp"
#include "core/state/model/photo.hpp"

namespace convloom::state {

class PhotoMaker {
  public:
    // Expects photo.working.
    scene::Scene scene(const Photo& photo, const scene::Moment& moment, const scene::ViewOptions& options);
    // Of the selected pass on one channel.
    const arith::Recording& recording(const Photo& photo);
    // The working picture through the stack, as float.
    const image::Image& result(const Photo& photo);

    scene::PhotoFigure figure(const Photo& photo, const scene::Theme& theme, scene::Language language);

  private:
    scene::PhotoFigure step_figure(const Photo& photo, scene::Language language);

    arith::Shared<image::Image> working_;  // of result_
    image::Stack stack_;
    std::optional<image::Image> result_;
    std::optional<arith::Recording> recording_, other_;  // the latter of a magnitude's other kernel
    std::optional<Photo> recorded_;                      // what recording_ is of
    std::optional<scene::PhotoFigure> figure_;
    std::optional<Photo> figured_;  // what figure_ is of, with its theme
    const scene::Theme* theme_ = nullptr;
    scene::Language language_ = scene::Language::english;
};

}  // namespace convloom::state
