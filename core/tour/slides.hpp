// The tour as slides: the Scene of a page, at its own moment or at each of its steps.
#pragma once
#include <string>
#include <vector>

#include "core/scene/slide/slide.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/tour/tour.hpp"

namespace convloom::tour {

// One page of the tour. Data shared by its pictures is computed once.
class TourSlide {
  public:
    // `number` of `count` in the whole tour, from 1. With `answers` the foot shows the answer instead of the question.
    TourSlide(const Chapter& chapter, TourPage page, int number, int count, bool answers);

    // The steps that get a frame each: all, or sixty around the page's own.
    const std::vector<scene::Moment>& moments() const { return moments_; }
    scene::Scene at(const scene::Moment& moment);
    scene::Scene scene() { return at(page_.state.moment); }

  private:
    TourPage page_;
    scene::Slide slide_;
    std::vector<scene::Moment> moments_;
    scene::Rect box_;
    state::SceneMaker scenes_;
};

}  // namespace convloom::tour
