// Flat grids with a number in each cell, several on a page: what the views of one layer in several pictures are made
// of.
//
// A cell's look is asked for cell by cell, so a view says what a cell is and no more. Numbers are printed on all cells
// of a sheet or, where the widest would be too small to read, on none. Only compose_*.cpp include this.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/scene/looks/theme.hpp"
#include "core/scene/looks/value_map.hpp"
#include "core/scene/page/scene.hpp"

namespace convloom::scene {

struct CellLook {
    std::optional<Color> fill;  // none: the ground shows through
    std::string text = "";
    Color ink = {};
    bool strong = false;
    const ValueMap* map = nullptr;  // that the fill is of
    float value = 0;

    // In the colour of a value, where values have colours.
    CellLook by_value(const std::optional<ValueMap>& colors, float at) const;
};

// Where a grid stands on the page.
struct SheetBox {
    Point at;
    double cell_px = 1;
    int rows = 1, columns = 1;

    double width() const { return cell_px * columns; }
    double height() const { return cell_px * rows; }
    double right() const { return at.x + width(); }
    double bottom() const { return at.y + height(); }
    // The middle of a cell, on the page.
    Point middle(double row, double column) const {
        return {at.x + cell_px * (column + 0.5), at.y + cell_px * (row + 0.5)};
    }
};

// The largest cell with which a grid fits, at most `largest`; whole where that leaves any.
double fitting_cell(double width, double height, double rows, double columns, double largest);

// Every grid's plane has one field, "<name> cells", and its numbers.
Plane sheet_plane(const std::string& name, const PlaneRole& role, const SheetBox& box, Stroke edge,
                  const std::function<CellLook(int row, int column)>& look);

// An outline around cells of a sheet.
Line cells_outline(std::string name, double row, double column, double rows, double columns, Stroke stroke,
                   ItemRole role = {});
// One that marks something, and is named by it: the window, the cell that this step makes, its filter.
Line mark_outline(Mark mark, double row, double column, double rows, double columns, Stroke stroke);

// The window's outline, thinner around small cells so that it leaves their numbers free.
Stroke window_stroke(const Theme& theme, double cell_px);

// Around each outline that marks something a border in the ground's colour: on cells coloured by value it would not be
// seen everywhere.
void border_outlines(Scene& scene, const Theme& theme);

// The fill of a matrix's weights, to be told from the zeros between them.
Color matrix_entry(const Theme& theme);

// A line of text on the page.
Text note(std::string name, Point at, std::string text, Color color, double size = small_size,
          Anchor anchor = Anchor::start, Weight weight = Weight::regular);

// Several lines of it, words wrapped at a width, `line_px` apart; gives the last baseline.
double add_paragraph(Plane& page, const std::string& name, Point at, const std::string& text, double width, Color color,
                     double size = small_size, double line_px = 18);

// An arrow between two points of the page, its head at `to`.
void add_arrow(Plane& page, const std::string& name, Point from, Point to, Color color, double width_px = thick_px);

// A colour between two, in steps that a palette can hold.
Color mixed(Color from, Color to, double part);

}  // namespace convloom::scene
