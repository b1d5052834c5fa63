// A page of different figures side by side, or one below the other: layers, settings or views, each with a letter, its
// own title and parameters, and cells of one size as far as that is possible.
#pragma once
#include <string>
#include <vector>

#include "core/scene/looks/view.hpp"

namespace convloom::scene {

constexpr std::size_t most_beside = 4;

struct BesidePage {
    double width = page_width, height = page_height;
    bool upright = false;  // one below the other
    std::string caption;   // below; none if empty
    double readable = 0;   // the least size of a label, if it has room
};

struct BesideFigure {
    Scene figure;
    Rect box;  // the part of its page that is shown
    std::string title, parameters, moment;
};
// A figure with what its header says, in one line each.
BesideFigure beside_figure(Scene figure, const Rect& box);

// The side of the cells of a figure's input on its page; 0 if it shows none.
double cell_side(const Scene& figure);

Scene compose_beside(const BesidePage& page, std::vector<BesideFigure> figures, const ViewOptions& options);
// How much the page enlarges the figure that it enlarges least, to choose between both ways to place them.
double beside_scale(const BesidePage& page, const std::vector<BesideFigure>& figures);

}  // namespace convloom::scene
