// Flat grids with a number in each cell, for views that show a layer in several small pictures.
//
// The look of each cell comes from a callback, so a view only describes its cells. Numbers are printed on all cells of
// a sheet, or on none if the widest one would be too small to read. Only compose_*.cpp include this.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/scene/looks/page_size.hpp"
#include "core/scene/looks/theme.hpp"
#include "core/scene/looks/value_map.hpp"
#include "core/scene/page/scene.hpp"

namespace convloom::scene {

struct CellLook {
    std::optional<Color> fill;  // none: the background shows through
    std::string text = "";
    Color ink = {};
    bool strong = false;
    const ValueMap* map = nullptr;  // the map of the fill, if it is coloured by value
    float value = 0;

    // Coloured by a value, if values have colours.
    CellLook by_value(const std::optional<ValueMap>& colors, float at) const;
};

// The position and size of a grid on the page.
struct SheetBox {
    Point at;
    double cell_px = 1;
    int rows = 1, columns = 1;

    double width() const { return cell_px * columns; }
    double height() const { return cell_px * rows; }
    double right() const { return at.x + width(); }
    double bottom() const { return at.y + height(); }
    // The centre of a cell on the page.
    Point middle(double row, double column) const {
        return {at.x + cell_px * (column + 0.5), at.y + cell_px * (row + 0.5)};
    }
};

// The largest cell size with which a grid fits, at most `largest`; rounded down to whole units unless it is small.
double fitting_cell(double width, double height, double rows, double columns, double largest);

// A plane with one field, "<name> cells", and its numbers.
Plane sheet_plane(const std::string& name, const PlaneRole& role, const SheetBox& box, Stroke edge,
                  const std::function<CellLook(int row, int column)>& look);

// An outline around cells of a sheet.
Line cells_outline(std::string name, double row, double column, double rows, double columns, Stroke stroke,
                   ItemRole role = {});
// An outline for a mark, which gives it its name: the window, the cell that this step computes, its filter.
Line mark_outline(Mark mark, double row, double column, double rows, double columns, Stroke stroke);

// The window's outline, thinner around small cells so that their numbers stay readable.
Stroke window_stroke(const Theme& theme, double cell_px);

// Adds a border in the background colour around each outline that is a mark, because the outline alone would be hard to
// see on cells coloured by value.
void border_outlines(Scene& scene, const Theme& theme);

// The fill of a matrix's weights, which distinguishes them from the zeros.
Color matrix_entry(const Theme& theme);

// A line of text on the page.
Text note(std::string name, Point at, std::string text, Color color, double size = small_size,
          Anchor anchor = Anchor::start, Weight weight = Weight::regular);

// A bar before a title in the accent colour, for themes of one ink, in which the accent looks like the other titles.
void add_accent_bar(Plane& page, const std::string& name, Point title_at, const Theme& theme);

// Text wrapped at a width with lines `line_px` apart; returns the last baseline.
double add_paragraph(Plane& page, const std::string& name, Point at, const std::string& text, double width, Color color,
                     double size = small_size, double line_px = 18);

// Text in the size of labels whose last line is at `last_y`, from margin to margin; it grows upwards.
void add_lines_above(Plane& page, const std::string& name, double last_y, const std::string& text, const PageSize& size,
                     Color color);

// An arrow between two points of the page, with its head at `to`.
void add_arrow(Plane& page, const std::string& name, Point from, Point to, Color color, double width_px = thick_px);

// A mixture of two colours, quantized so that the results fit into a palette.
Color mixed(Color from, Color to, double part);

}  // namespace convloom::scene
