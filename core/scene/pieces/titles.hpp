// The empty page, its header (title, parameters, moment), the titles of planes, the numbers beside a stack of slabs,
// and the texts of a page that draws a layer as a matrix product.
#pragma once
#include <functional>
#include <string>

#include "core/scene/layout/stack.hpp"
#include "core/scene/looks/view.hpp"
#include "core/scene/pieces/sheet.hpp"
#include "core/scene/words/language.hpp"

namespace convloom::scene {

// A page in the background colour, without planes.
Scene empty_page(const ViewOptions& options, std::string sentence);

// The page title, and the parameters in a muted line below it.
void add_head(Plane& page, const ViewOptions& options, const std::string& parameters, const std::string& right);

// "**Input** 5×5" with its baseline at `at`. The name is translated on the page; the items are named in English.
void add_plane_title(Plane& page, Point at, const std::string& name, const std::string& shape, const Theme& theme,
                     Language language = Language::english);

double plane_title_width(const std::string& name, const std::string& shape, Language language = Language::english);

// The numbers of a stack's slabs, to the right of each slab's lower corner, where no nearer slab hides them, and
// ellipses for omitted slabs. With `per_group` slabs per group the group's letter is added; 0 for no groups.
void add_pile_labels(Plane& page, const std::string& name, const Stack& pile,
                     const std::function<Affine(double z)>& plane, arith::Index per_group, const Theme& theme);

// Of a matrix product (compose_im2col, compose_matrix): titles above and below the matrices, and a column of
// explanations beside them.
struct MatrixLabels {
    Plane& page;
    const Theme& theme;
    Language language;
    double left;                    // left edge for titles
    double column_x, column_width;  // of the explanations

    // A title above or below a matrix; `name` is in English.
    void title(Point at, const char* name, const std::string& says) const;
    // The same, moved left if it would otherwise be closer than this to what is at `end`.
    void title_before(double end, Point at, const char* name, const std::string& says) const;
    // In the column of explanations: a heading, and a paragraph; the latter returns its last baseline.
    void heading(const char* name, double y, std::string text) const;
    double paragraph(const char* name, double y, const std::string& text, Color color, double size, double line) const;
};

}  // namespace convloom::scene
