// Several steps' windows in one picture: the outlines of other steps' windows and of their output cells, with the
// number of the step at both.
//
// What is outlined is taken from the Scenes of those steps, so it is there in every view that marks a window, where
// that view marks it.
#pragma once
#include <vector>

#include "core/arith/layer/shape.hpp"
#include "core/scene/looks/theme.hpp"
#include "core/scene/page/scene.hpp"

namespace convloom::scene {

// More outlines than this hide what is below them.
constexpr int most_ghosts = 64;

struct Ghost {
    arith::Index step = 0;
    struct Outline {
        PlaneRole plane;
        Affine to_page;
        std::vector<Point> points;  // closed
    };
    std::vector<Outline> outlines;
};

// Of the Scene of that step; without outlines if the view marks neither windows nor output cells.
Ghost ghost_of(const Scene& scene, arith::Index step);

// The Scene of a step with the ghosts of all others over its planes.
Scene with_ghosts(Scene scene, const std::vector<Ghost>& ghosts, arith::Index step, const Theme& theme);

}  // namespace convloom::scene
