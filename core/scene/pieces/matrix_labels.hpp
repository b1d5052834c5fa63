// The words on a page that draws a layer as a product of matrices (compose_im2col, compose_matrix): titles over and
// under the matrices, and a column of explanations beside them.
#pragma once
#include <string>

#include "core/scene/pieces/sheet.hpp"
#include "core/scene/words/language.hpp"

namespace convloom::scene {

struct MatrixLabels {
    Plane& page;
    const Theme& theme;
    Language language;
    double left;                    // where the page begins: no title stands left of it
    double column_x, column_width;  // of the explanations

    // Over a matrix or under it, by the English name.
    void title(Point at, const char* name, const std::string& says) const;
    // The same, further left where it would come closer than this to what stands at `end`.
    void title_before(double end, Point at, const char* name, const std::string& says) const;
    // In the column: what heads a paragraph, and the paragraph, which gives its last baseline.
    void heading(const char* name, double y, std::string text) const;
    double paragraph(const char* name, double y, const std::string& text, Color color, double size, double line) const;
};

}  // namespace convloom::scene
