// The page of a figure that is printed at a known size: small figures have smaller pages, so that their texts, which
// have their sizes in units, are larger on paper.
#pragma once
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

// The least size of a text that is read without effort, in points.
constexpr double readable_pt = 6, points_per_inch = 72;

// For a picture with these sides in points: as page_for(), but with fewer units where a text of small_size would be
// smaller than readable_pt, as far as the view has room on such a page.
PageSize paper_page_for(View view, double width_pt, double height_pt);

// That size in units of a page of this width that is printed `width_pt` wide.
double readable_on_paper(double width, double width_pt);

}  // namespace convloom::scene
