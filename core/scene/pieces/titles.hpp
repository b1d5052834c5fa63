// The empty page, its header (title, parameters, moment), the titles of planes, and the numbers beside a stack of
// slabs.
#pragma once
#include <functional>
#include <string>

#include "core/scene/layout/stack.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

// A page in the background colour, without planes.
Scene empty_page(const ViewOptions& options, std::string sentence);

// How much lower a figure begins than on a slide, because the head takes more lines on a narrow page. It does not
// change from step to step.
double head_extra(const ViewOptions& options, const std::string& parameters);

// The page title, and the parameters in a muted line below it. On a page narrower than a slide both may take several
// lines, and the moment has one of its own if it does not fit beside the title.
void add_head(Plane& page, const ViewOptions& options, const std::string& parameters, const std::string& right);

// "**Input** 5×5" with its baseline at `at`. The name is translated on the page; the items are named in English.
void add_plane_title(Plane& page, Point at, const std::string& name, const std::string& shape, const Theme& theme,
                     Language language = Language::english);

double plane_title_width(const std::string& name, const std::string& shape, Language language = Language::english);

// The numbers of a stack's slabs, to the right of each slab's lower corner, where no nearer slab hides them, and
// ellipses for omitted slabs. With `per_group` slabs per group the group's letter is added; 0 for no groups.
void add_pile_labels(Plane& page, const std::string& name, const Stack& pile,
                     const std::function<Affine(double z)>& plane, arith::Index per_group, const Theme& theme);

}  // namespace convloom::scene
