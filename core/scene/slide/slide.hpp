// A page of the tour as a slide: title and text on the left, the live picture on the right, the question at the bottom.
//
// The picture is a Scene of any view, without its own title, scaled as a whole. This composes no layer itself.
#pragma once
#include <string>

#include "core/scene/looks/view.hpp"

namespace convloom::scene {

struct Slide {
    std::string chapter, place;  // at the top: the chapter, and "3 / 40"
    std::string title, text, try_this;
    std::string foot;                // the question, or its answer
    bool answers = false;            // whether the foot is the answer
    std::string parameters, moment;  // of the picture
};

// The part of the figure's page that goes onto the slide: everything except its title.
Rect figure_box(const Scene& figure);

// `box` is shared by all frames of a sequence, so that none of them moves.
Scene compose_slide(const Slide& slide, Scene figure, const Rect& box, const ViewOptions& options);

}  // namespace convloom::scene
