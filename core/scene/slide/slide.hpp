// A page of the tour as a slide: title and sentences at the left, the live picture at the right, the question at the
// foot.
//
// The picture is a Scene of any view, without its own head, scaled as a whole into its place. It composes no layer
// itself.
#pragma once
#include <string>

#include "core/scene/looks/view.hpp"

namespace convloom::scene {

struct Slide {
    std::string chapter, place;  // above: which chapter this is of, and "3 / 40"
    std::string title, text, try_this;
    std::string foot;                // the question, or its answer
    bool answers = false;            // which of the two
    std::string parameters, moment;  // of the picture
};

// The part of the figure's page that goes onto the slide: what is drawn beside its head.
Rect figure_box(const Scene& figure);

// `box` is that of all figures that follow one another, so that none of them moves.
Scene compose_slide(const Slide& slide, Scene figure, const Rect& box, const ViewOptions& options);

}  // namespace convloom::scene
