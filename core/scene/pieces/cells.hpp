// The cells of a grid: their fills, numbers and hatches, and how large they must be to hold a number.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/scene/layout/sliding.hpp"
#include "core/scene/looks/value_map.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

// Cells that print a number must be at least this large on the page.
constexpr double least_number_cell_px = 20;
// Beyond this many cells a grid carries no numbers, whatever the page's size.
constexpr arith::Index most_numbers = 4096;

// The names of cells in a figure: "input 2 3" and so on.
std::string cell_name(const char* plane, arith::Index row, arith::Index column);

// The fill of a grid's cells: one colour, or of a palette each its own.
struct CellFill {
    std::vector<Color> palette;
    std::function<std::uint8_t(int row, int column)> index;  // into the palette; none for the first colour everywhere
    std::function<void(Plane&, int row, int column, int place_row, int place_column)>
        sign;  // what tells the value beside the colour; none for nothing

    // Each cell by its value; without a map all in one colour.
    template <class ValueAt>
    CellFill(const std::optional<ValueMap>& map, Color otherwise, ValueAt value) : palette{otherwise} {
        if (!map) return;
        palette = map->palette;
        index = [map = *map, value](int r, int c) { return map.level(value(r, c)); };
        if (map->has_signs())
            sign = [map = *map, value](Plane& plane, int r, int c, int row, int column) {
                add_value_sign(plane, map, row, column, value(r, c));
            };
    }
    // Signs in the cells of a field that it has filled, where they are large enough, and `there` allows.
    void add_signs(Plane& plane, const Field& field, int first_row = 0, int first_column = 0,
                   const std::function<bool(int, int)>& there = {}) const;
    void fill(Field& field, int first_row = 0, int first_column = 0) const;
};

// The colour of a number that stands on a cell.
Color number_color(const std::optional<ValueMap>& map, float value, Color otherwise);

// The input's cells on their plane, as one field `name`s, or where zeros stand between them one field each.
void add_input_cells(Plane& plane, const SlidingAxis& high, const SlidingAxis& wide, const CellFill& fill, Stroke edge,
                     const std::string& name = "input cell");

// Hatches one cell: no window comes to it.
void add_hatch(Plane& plane, int row, int column, Stroke stroke);
// Hatches the cells of a plane, one unit each, from row or column `reached` on: no window comes to them.
void add_unused(Plane& plane, int reached_rows, int reached_columns, int rows, int columns, Stroke stroke);

// One number centred in a cell of a plane whose cells have side 1, shrunk until it fits.
void add_cell_number(Plane& plane, const std::string& name, int row, int column, const std::string& text, double size,
                     Color color, Weight weight = Weight::regular, ItemRole role = {});

}  // namespace convloom::scene
