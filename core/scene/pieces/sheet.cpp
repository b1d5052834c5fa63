#include "core/scene/pieces/sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/measure/wrap.hpp"
#include "core/scene/pieces/cells.hpp"

namespace convloom::scene {
namespace {

constexpr double number_size = 0.42, largest_size = 0.74, widest_number = 0.86;  // in cells
constexpr double least_number_px = 0.85 * least_size, wanted_number_px = 10;

double fitted(const CellLook& look, double wanted) {
    return std::min(
        wanted,
        widest_number / std::max(text_width(look.text, 1, look.strong ? Weight::semibold : Weight::regular), 1e-9));
}

std::uint8_t place_in(std::vector<Color>& palette, Color color) {
    const auto found = std::find(palette.begin(), palette.end(), color);
    if (found != palette.end()) return static_cast<std::uint8_t>(found - palette.begin());
    if (palette.size() >= Field::unfilled) return static_cast<std::uint8_t>(palette.size() - 1);
    palette.push_back(color);
    return static_cast<std::uint8_t>(palette.size() - 1);
}

}  // namespace

CellLook CellLook::by_value(const std::optional<ValueMap>& colors, float at) const {
    CellLook look = *this;
    if (!colors) return look;
    look.fill = colors->color(at);
    look.ink = readable_on(*look.fill);
    look.map = &*colors;
    look.value = at;
    return look;
}

double fitting_cell(double width, double height, double rows, double columns, double largest) {
    const double cell = std::min({width / columns, height / rows, largest});
    return cell > 16 ? std::floor(cell) : cell;
}

Plane sheet_plane(const std::string& name, const PlaneRole& role, const SheetBox& box, Stroke edge,
                  const std::function<CellLook(int, int)>& look) {
    Plane plane{name, Affine::scale_and_move(box.cell_px, box.at.x, box.at.y), {}, role};
    if (box.cell_px < 5) edge.width_px = 0;
    Field field{name.substr(0, name.find(',')) + " cells", {}, 1, box.rows, box.columns, {}, {}, edge};
    std::vector<CellLook> looks;
    looks.reserve(static_cast<std::size_t>(box.rows) * box.columns);
    // In small cells numbers take up more of the cell, to stay readable.
    const double wanted = std::clamp(wanted_number_px / box.cell_px, number_size, largest_size);
    double least = wanted;
    for (int r = 0; r < box.rows; ++r)
        for (int c = 0; c < box.columns; ++c) {
            looks.push_back(look(r, c));
            const CellLook& cell = looks.back();
            field.cells.push_back(cell.fill ? place_in(field.palette, *cell.fill) : Field::unfilled);
            if (!cell.text.empty()) least = std::min(least, fitted(cell, wanted));
        }
    plane.items.push_back(std::move(field));
    for (int r = 0; box.cell_px >= least_sign_cell_px && r < box.rows; ++r)
        for (int c = 0; c < box.columns; ++c)
            if (const CellLook& cell = looks[static_cast<std::size_t>(r) * box.columns + c]; cell.map)
                add_value_sign(plane, *cell.map, r, c, cell.value);
    if (box.cell_px * least < least_number_px) return plane;
    for (int r = 0; r < box.rows; ++r)
        for (int c = 0; c < box.columns; ++c)
            if (const CellLook& cell = looks[static_cast<std::size_t>(r) * box.columns + c]; !cell.text.empty())
                add_cell_number(plane, cell_name("number", r, c), r, c, cell.text, fitted(cell, wanted), cell.ink,
                                cell.strong ? Weight::semibold : Weight::regular);
    return plane;
}

Line cells_outline(std::string name, double row, double column, double rows, double columns, Stroke stroke,
                   ItemRole role) {
    const double right = column + columns, bottom = row + rows;
    return {std::move(name), {{column, row}, {right, row}, {right, bottom}, {column, bottom}}, true, stroke, role};
}

Line mark_outline(Mark mark, double row, double column, double rows, double columns, Stroke stroke) {
    const char* name = mark == Mark::window ? "window" : mark == Mark::output_cell ? "output cell" : "filter";
    return cells_outline(name, row, column, rows, columns, stroke, {mark});
}

Stroke window_stroke(const Theme& theme, double cell_px) {
    return {theme.window, std::clamp(0.16 * cell_px, thin_px, window_px)};
}

void border_outlines(Scene& scene, const Theme& theme) {
    for (Plane& plane : scene.planes)
        for (std::size_t n = 0; n < plane.items.size(); ++n) {
            const Line* line = std::get_if<Line>(&plane.items[n]);
            if (!line || line->role.mark == Mark::none || line->role.border) continue;
            Line border = *line;
            border.name += "'s border";
            border.role.border = true;
            border.stroke = {theme.ground, 2 * line->stroke.width_px, 0};
            plane.items.insert(plane.items.begin() + static_cast<std::ptrdiff_t>(n++), std::move(border));
        }
}

// In the one-ink theme a kernel is nearly white, which could not be told from the zeros.
Color matrix_entry(const Theme& theme) {
    return theme.one_ink ? theme.output : theme.kernel;
}

Text note(std::string name, Point at, std::string text, Color color, double size, Anchor anchor, Weight weight) {
    return {std::move(name), at, std::move(text), size, anchor, weight, color};
}

void add_accent_bar(Plane& page, const std::string& name, Point title_at, const Theme& theme) {
    constexpr double before = 9, width = 4, above = 0.85 * label_size, below = 3;
    if (!theme.one_ink) return;
    page.items.push_back(Shape{name,
                               Shape::Kind::box,
                               {},
                               {title_at.x - before, title_at.y - above, width, above + below},
                               0,
                               theme.accent,
                               {}});
}

double add_paragraph(Plane& page, const std::string& name, Point at, const std::string& text, double width, Color color,
                     double size, double line_px) {
    int count = 0;
    for (const std::string& line : wrapped(text, width, size)) {
        page.items.push_back(
            note(fmt::format("{} {}", name, count), {at.x, at.y + line_px * count}, line, color, size));
        ++count;
    }
    return at.y + line_px * (count - 1);
}

void add_lines_above(Plane& page, const std::string& name, double last_y, const std::string& text, const PageSize& size,
                     Color color) {
    constexpr double margin_px = 5 * unit_px, line_px = 20;
    const std::vector<std::string> lines = wrapped(text, size.width - 2 * margin_px, label_size);
    for (std::size_t n = 0; n < lines.size(); ++n)
        page.items.push_back(note(n == 0 ? name : fmt::format("{} {}", name, n),
                                  {margin_px, last_y - line_px * static_cast<double>(lines.size() - 1 - n)}, lines[n],
                                  color, label_size));
}

void add_arrow(Plane& page, const std::string& name, Point from, Point to, Color color, double width_px) {
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    if (length < 1) return;
    const double x = (to.x - from.x) / length, y = (to.y - from.y) / length, head = 4 + 2 * width_px;
    const Point neck{to.x - head * x, to.y - head * y};
    page.items.push_back(Line{name, {from, neck}, false, {color, width_px}});
    page.items.push_back(Shape{
        name + " head",
        Shape::Kind::polygon,
        {to, {neck.x - head * 0.5 * y, neck.y + head * 0.5 * x}, {neck.x + head * 0.5 * y, neck.y - head * 0.5 * x}},
        {},
        0,
        color,
        {}});
}

Color mixed(Color from, Color to, double part) {
    auto mix = [&](std::uint8_t a, std::uint8_t b) {
        return static_cast<std::uint8_t>(std::lround(a + (b - a) * std::clamp(part, 0.0, 1.0)));
    };
    return {mix(from.r, to.r), mix(from.g, to.g), mix(from.b, to.b), 255};
}

}  // namespace convloom::scene
