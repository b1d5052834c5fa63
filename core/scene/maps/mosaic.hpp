// Many small pictures of one size in rows and columns, as large as an area allows.
#pragma once
#include <vector>

#include "core/arith/layer/shape.hpp"
#include "core/scene/page/geometry.hpp"

namespace convloom::scene {

struct Tile {
    arith::Index number = 0;  // of its channel or filter
    Point at;                 // the corner of its picture, on the page
};

struct Mosaic {
    double cell_px = 1;            // side of a picture's cell
    std::vector<Tile> tiles;       // those that are shown, in order
    arith::Index left_out = 0;     // how many are not
    Point rest_at;                 // where their count is written: the middle of the last place
    double width = 0, height = 0;  // of all tiles
};

constexpr double mosaic_label_px = 13;  // room above each picture for its number

// Pictures of rows by columns cells. If not all fit with their longer side at least `least_px` long, the last place is
// left for the count of the others; `current` is always shown, in the place before if need be, so that no picture moves
// when it changes.
Mosaic lay_out_mosaic(const Rect& area, arith::Index count, int rows, int columns, arith::Index current,
                      double largest_cell, double least_px);

}  // namespace convloom::scene
