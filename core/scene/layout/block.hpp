// A box of whole cells in three dimensions as the faces that are seen of it: what a solid block is drawn from.
//
// Each face is a flat grid on a plane of its own. Its columns and rows are counted so that a text on it is never
// mirrored, and from the whole block's edges, so that the same place on a plane means the same cell for a block and for
// a part of it.
#pragma once
#include <string_view>
#include <vector>

#include "core/scene/layout/stack.hpp"
#include "core/scene/page/role.hpp"

namespace convloom::scene {

// A cell by its place along the three axes.
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

// The cell at a row and column of a plane, of a block that is `slabs` deep.
Spot spot_on(Lie lie, int number, int slabs, int row, int column);

struct Face {
    Lie lie;
    int number = 0;  // of the slab, row or column whose cells it shows
    Affine to_page;
    int row = 0, column = 0, rows = 1, columns = 1;  // the part of the plane that it covers
};

// A block on the page: where it stands and from where it is seen.
class Block {
  public:
    Block(const Projection& projection, double cell_px, Point origin, int slabs)
        : projection_(projection), cell_px_(cell_px), origin_(origin), slabs_(slabs) {}

    int slabs() const { return slabs_; }
    Point page(double x, double y, double z) const;
    // The faces of a box in it that are turned to the eye, of three at most; or those turned away, seen from inside.
    std::vector<Face> faces(const Box& box, bool turned_away = false) const;
    // Every edge that is seen, as one run of segments: around, and the three that meet in the nearest corner.
    std::vector<Point> edges(const Box& box) const;
    // Around all that is seen of it.
    std::vector<Point> silhouette(const Box& box) const;

  private:
    Affine plane(Lie lie, double at) const;

    Projection projection_;
    double cell_px_;
    Point origin_;
    int slabs_;
};

// In cells, of a box with its first cell's near upper left corner at the origin.
Rect bounds_of(const Box& box, const Projection& projection);

// Whether a point lies inside a convex polygon.
bool inside(const std::vector<Point>& polygon, Point p);

}  // namespace convloom::scene
