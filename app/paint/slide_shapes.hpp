// Scene -> the shapes of a slide of PowerPoint (PresentationML): text that can be edited, cells and lines in groups.
//
// A page of 960 units fills a slide of 960 points, so a unit is a point. Cells are shapes; what would be too many
// of them, and photos, are pictures. This writes the tree of one slide; app/exporting makes the file of it.
#pragma once
#include <string>
#include <vector>

#include "core/scene/page/scene.hpp"

namespace convloom::paint {

constexpr double emu_per_point = 12700;  // English metric units

struct SlideShapes {
    std::string tree;                   // the p:spTree
    std::vector<std::string> pictures;  // PNG files; the nth is the relationship "rId{n + 2}"
};

// The page fitted and centred in a slide of this size in points. The heading becomes the title placeholder, all else
// a group whose alternative text is the scene's sentence.
SlideShapes slide_shapes(const scene::Scene& scene, double width_pt, double height_pt);

// A slide of one picture, relationship "rId3", over the whole slide. Its title is there for screen readers and not
// shown.
std::string picture_tree(const scene::Scene& scene, double width_pt, double height_pt);

// The lines of the page that write out a sum, such as "3·0 + 3·1 = 3"; empty if there is none.
std::string written_sum(const scene::Scene& scene);

}  // namespace convloom::paint
