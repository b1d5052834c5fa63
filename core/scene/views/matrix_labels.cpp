#include "core/scene/views/matrix_labels.hpp"

#include <algorithm>

#include "core/scene/pieces/titles.hpp"

namespace convloom::scene {
namespace {
constexpr double least_gap_after_title_px = 8;
}

void MatrixLabels::title(Point at, const char* name, const std::string& says) const {
    add_plane_title(page, at, name, says, theme, language);
}

void MatrixLabels::title_before(double end, Point at, const char* name, const std::string& says) const {
    const double latest = end - plane_title_width(name, says, language) - least_gap_after_title_px;
    title({std::max(left, std::min(at.x, latest)), at.y}, name, says);
}

void MatrixLabels::heading(const char* name, double y, std::string text) const {
    page.items.push_back(
        note(name, {column_x, y}, std::move(text), theme.text, label_size, Anchor::start, Weight::semibold));
}

double MatrixLabels::paragraph(const char* name, double y, const std::string& text, Color color, double size,
                               double line) const {
    return add_paragraph(page, name, {column_x, y}, text, column_width, color, size, line);
}

}  // namespace convloom::scene
