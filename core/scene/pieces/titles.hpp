// The empty page, its head (title, parameters, moment), and the titles of what stands on it: of a plane, and the
// numbers beside a pile of slabs.
#pragma once
#include <functional>
#include <string>

#include "core/scene/layout/stack.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

// The page in its ground colour; planes are added to it.
Scene empty_page(const ViewOptions& options, std::string sentence);

// Page title and the parameters in one muted line under it.
void add_head(Plane& page, const ViewOptions& options, const std::string& parameters, const std::string& right);

// "**Input** 5×5" with its baseline at `at`, the name // in the language; the items are called by the English name.
void add_plane_title(Plane& page, Point at, const std::string& name, const std::string& shape, const Theme& theme,
                     Language language = Language::english);

double plane_title_width(const std::string& name, const std::string& shape, Language language = Language::english);

// The numbers of a pile's slabs, right of each one's lower corner, which no nearer slab hides, and ellipses for those
// that are left out. With `per_group` slabs a group also the group's letter; 0 for none.
void add_pile_labels(Plane& page, const std::string& name, const Stack& pile,
                     const std::function<Affine(double z)>& plane, arith::Index per_group, const Theme& theme);

}  // namespace convloom::scene
