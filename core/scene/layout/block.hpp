// The visible faces of a box of whole cells in three dimensions, for drawing solid blocks.
//
// Each face is a flat grid on its own plane. Columns and rows are ordered so that text on a face is never mirrored, and
// are counted from the edges of the whole block, so that a place on a plane means the same cell for a block and for a
// part of it.
#pragma once
#include <string_view>
#include <vector>

#include "core/scene/layout/stack.hpp"
#include "core/scene/page/role.hpp"

namespace convloom::scene {

// The position of a cell along the three axes.
struct Spot {
    int slab = 0, row = 0, column = 0;
    friend bool operator==(const Spot&, const Spot&) = default;
};

struct Box {
    Spot from;
    int slabs = 1, rows = 1, columns = 1;
    bool contains(const Spot& s) const {
        return s.slab >= from.slab && s.slab < from.slab + slabs && s.row >= from.row && s.row < from.row + rows &&
               s.column >= from.column && s.column < from.column + columns;
    }
    friend bool operator==(const Box&, const Box&) = default;
};

std::string_view name_of(Lie lie);

// The cell at a row and column of a plane of a block with `slabs` slabs.
Spot spot_on(Lie lie, int number, int slabs, int row, int column);

struct Face {
    Lie lie;
    int number = 0;  // the slab, row or column that it shows
    Affine to_page;
    int row = 0, column = 0, rows = 1, columns = 1;  // the part of the plane that it covers
};

// The position of a block on the page and the projection it is seen in.
class Block {
  public:
    Block(const Projection& projection, double cell_px, Point origin, int slabs)
        : projection_(projection), cell_px_(cell_px), origin_(origin), slabs_(slabs) {}

    int slabs() const { return slabs_; }
    Point page(double x, double y, double z) const;
    // The faces of a box in the block that are turned towards the viewer, at most three; with `turned_away` the
    // opposite ones, seen from inside.
    std::vector<Face> faces(const Box& box, bool turned_away = false) const;
    // The visible edges as one run of segments: the outline, and the three edges that meet in the nearest corner.
    std::vector<Point> edges(const Box& box) const;
    // The outline of the box.
    std::vector<Point> silhouette(const Box& box) const;

  private:
    Affine plane(Lie lie, double at) const;

    Projection projection_;
    double cell_px_;
    Point origin_;
    int slabs_;
};

// The bounds in cells of a box whose first cell has its near upper left corner at the origin.
Rect bounds_of(const Box& box, const Projection& projection);

// Whether a point lies inside a convex polygon.
bool inside(const std::vector<Point>& polygon, Point p);

}  // namespace convloom::scene
