// A page of several figures, such as the steps of a layer, in a grid: a letter above each, for captions to refer to, a
// common title, and a caption below.
//
// The figures are Scenes of any view. Their labels are enlarged to a 60th of the page's height; those that have no room
// for that are left out.
#pragma once
#include <string>
#include <vector>

#include "core/scene/looks/view.hpp"

namespace convloom::scene {

// A letter stands for a figure, so there are no more.
constexpr int most_figures = 26;

struct GridPage {
    int columns = 1, rows = 1;
    double width = page_width, height = page_height;  // of the page
    std::string title, parameters, caption;           // none of them if empty
    double readable = 0;                              // the size of labels that have room for it, if more than a 60th
};

// A page of a shape, as large as a slide's page.
GridPage grid_page_of_shape(double width, double height);

struct GridFigure {
    Scene figure;
    std::string label;  // after its letter
};

// The figures by rows; at most columns x rows. `box` is the part of each figure's page that is shown: texts that are
// not wholly inside are left out.
Scene compose_grid(const GridPage& grid, std::vector<GridFigure> figures, const Rect& box, const ViewOptions& options);

// The part of `box` that stays on the page: without labels that are left out because they have no room.
Rect readable_box(const GridPage& grid, Scene figure, const Rect& box);

// The number of lines of a caption on a page of this width.
int caption_lines(const std::string& caption, double width);
constexpr int most_caption_lines = 6;

// The figure with a caption below. The page grows in its shape as far as the caption has no room under the figure.
Scene captioned(Scene figure, const std::string& caption, const Theme& theme);

// The same under a figure that was cropped: the page grows downwards only.
Scene captioned_below(Scene figure, const std::string& caption, const Theme& theme);

}  // namespace convloom::scene
