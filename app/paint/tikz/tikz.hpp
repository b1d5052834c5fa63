// Scenes -> a LaTeX document of TikZ pictures, one per scene, that compiles alone and goes into papers: real text,
// colours and styles with the names of the theme's roles, named nodes for planes and cells.
//
// What the page measures is one length, \convloomunit, in which everything is given. The same scenes give the same
// bytes.
#pragma once
#include <functional>
#include <string>

#include "core/scene/looks/theme.hpp"

namespace convloom::paint {

struct TikzOptions {
    double width_cm = 16, height_cm = 9;  // the largest picture
    bool transparent = false;             // leave the background out
    std::string title;                    // of the document; the first page's heading if it is empty
    const scene::Theme* theme = nullptr;  // whose roles name the colours; the one with this ground if it is null
};

// A picture of more cells or pixels than this is refused: TeX would take minutes and its memory might not suffice.
constexpr int most_tikz_cells = 16384;

// Requests the pages one after the other; at least one. Throws an Error that names a picture with too many cells.
std::string to_tikz(std::size_t pages, const std::function<scene::Scene(std::size_t)>& page,
                    const TikzOptions& options = {});

}  // namespace convloom::paint
