#include "core/scene/pieces/cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/scene/measure/text_metrics.hpp"

namespace convloom::scene {

void CellFill::fill(Field& field, int first_row, int first_column) const {
    field.palette = palette;
    field.cells.clear();
    if (!index) return;
    field.cells.reserve(static_cast<std::size_t>(field.rows) * field.columns);
    for (int r = 0; r < field.rows; ++r)
        for (int c = 0; c < field.columns; ++c) field.cells.push_back(index(first_row + r, first_column + c));
}

void CellFill::add_signs(Plane& plane, const Field& field, int first_row, int first_column,
                         const std::function<bool(int, int)>& there) const {
    if (!sign || std::sqrt(std::abs(plane.to_page.determinant())) < least_sign_cell_px) return;
    for (int r = 0; r < field.rows; ++r)
        for (int c = 0; c < field.columns; ++c)
            if (!there || there(first_row + r, first_column + c))
                sign(plane, first_row + r, first_column + c, static_cast<int>(field.at.y) + r,
                     static_cast<int>(field.at.x) + c);
}

Color number_color(const std::optional<ValueMap>& map, float value, Color otherwise) {
    return map ? readable_on(map->color(value)) : otherwise;
}

void add_input_cells(Plane& plane, const SlidingAxis& high, const SlidingAxis& wide, const CellFill& fill, Stroke edge,
                     const std::string& name) {
    auto field = [&](std::string called, int row, int column, int rows, int columns) {
        const Point at{static_cast<double>(wide.place(column)), static_cast<double>(high.place(row))};
        Field f{std::move(called), at, 1, rows, columns, {}, {}, edge};
        fill.fill(f, row, column);
        plane.items.push_back(f);
        fill.add_signs(plane, f, row, column);
    };
    if (high.stretched() == high.input && wide.stretched() == wide.input)
        return field(name + "s", 0, 0, high.input, wide.input);
    for (int r = 0; r < high.input; ++r)
        for (int c = 0; c < wide.input; ++c) field(cell_name(name.c_str(), r, c), r, c, 1, 1);
}

void add_hatch(Plane& plane, int r, int c, Stroke stroke) {
    for (const auto& [from, to] : {std::pair{Point{c + 0.0, r + 0.5}, Point{c + 0.5, r + 0.0}},
                                   std::pair{Point{c + 0.0, r + 1.0}, Point{c + 1.0, r + 0.0}},
                                   std::pair{Point{c + 0.5, r + 1.0}, Point{c + 1.0, r + 0.5}}})
        plane.items.push_back(Line{cell_name("unused", r, c), {from, to}, false, stroke});
}

void add_unused(Plane& plane, int reached_rows, int reached_columns, int rows, int columns, Stroke stroke) {
    for (int r = 0; r < rows; ++r)
        for (int c = 0; c < columns; ++c)
            if (r >= reached_rows || c >= reached_columns) add_hatch(plane, r, c, stroke);
}

void add_cell_number(Plane& plane, const std::string& name, int row, int column, const std::string& text, double size,
                     Color color, Weight weight, ItemRole role) {
    const double width = text_width(text, 1, weight);
    const double fitted = std::min(size, 0.86 / std::max(width, 1e-9));
    plane.items.push_back(Text{
        name, {column + 0.5, centred_baseline(row + 0.5, fitted)}, text, fitted, Anchor::middle, weight, color, role});
}

std::string cell_name(const char* plane, arith::Index row, arith::Index column) {
    return fmt::format("{} {} {}", plane, row, column);
}

}  // namespace convloom::scene
