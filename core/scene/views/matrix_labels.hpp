// The texts of a page that draws a layer as a matrix product (compose_im2col, compose_matrix): titles above and below
// the matrices, and a column of explanations beside them.
#pragma once
#include <string>

#include "core/scene/pieces/sheet.hpp"
#include "core/scene/words/language.hpp"

namespace convloom::scene {

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
