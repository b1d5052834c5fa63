// The cells of a grid: their fills, numbers and hatching, and how large they must be to hold a number.
//
// Views use these for grids in which cells have individual fills or numbers on a plane of their own; sheet.hpp is for
// several small grids with a number in each cell. Sizes are in cells unless a name ends in _px.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/scene/layout/sliding.hpp"
#include "core/scene/looks/value_map.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

// The smallest cell on the page that prints a number.
constexpr double least_number_cell_px = 20;
// Grids with more cells than this print no numbers, whatever the page size.
constexpr arith::Index most_numbers = 4096;

// The name of a cell in a figure, such as "input 2 3".
std::string cell_name(const char* plane, arith::Index row, arith::Index column);

// The fill of a grid's cells: one colour, or a palette with an index per cell.
struct CellFill {
    std::vector<Color> palette;
    // Index into the palette; if empty, the first colour is used everywhere.
    std::function<std::uint8_t(int row, int column)> index;
    // Draws a sign of the value in addition to its colour; may be empty.
    std::function<void(Plane&, int row, int column, int place_row, int place_column)> sign;

    // Colours each cell by its value; without a map all cells have one colour.
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
    // Adds signs to the cells of a field that it has filled, if they are large enough and `there` allows it.
    void add_signs(Plane& plane, const Field& field, int first_row = 0, int first_column = 0,
                   const std::function<bool(int, int)>& there = {}) const;
    void fill(Field& field, int first_row = 0, int first_column = 0) const;
};

// The colour of a number printed on a cell.
Color number_color(const std::optional<ValueMap>& map, float value, Color otherwise);

// Adds the input's cells to their plane: one field named `name` + "s", or one field per cell if there are zeros between
// them.
void add_input_cells(Plane& plane, const SlidingAxis& high, const SlidingAxis& wide, const CellFill& fill, Stroke edge,
                     const std::string& name = "input cell");

// Hatches one cell that no window reaches.
void add_hatch(Plane& plane, int row, int column, Stroke stroke);
// Hatches the cells of a plane with unit cells from `reached_rows` and `reached_columns` on: no window reaches them.
void add_unused(Plane& plane, int reached_rows, int reached_columns, int rows, int columns, Stroke stroke);

// A number centred in a unit cell of a plane, shrunk to fit.
void add_cell_number(Plane& plane, const std::string& name, int row, int column, const std::string& text, double size,
                     Color color, Weight weight = Weight::regular, ItemRole role = {});

}  // namespace convloom::scene
