#include "core/scene/layout/block.hpp"

#include <algorithm>
#include <cmath>

namespace convloom::scene {
namespace {

// Faces thinner than this fraction of a cell are seen edge-on.
constexpr double least_area = 1e-3;

constexpr std::string_view names[] = {"slab", "level", "right", "left"};

}  // namespace

std::string_view name_of(Lie lie) {
    return names[static_cast<int>(lie)];
}

Spot spot_on(Lie lie, int number, int slabs, int row, int column) {
    switch (lie) {
        case Lie::slab:
            return {number, row, column};
        case Lie::level:
            return {slabs - 1 - row, number, column};
        case Lie::right:
            return {column, row, number};
        case Lie::left:
            break;
    }
    return {slabs - 1 - column, row, number};
}

Point Block::page(double x, double y, double z) const {
    const Point p = projection_(x, y, z);
    return {origin_.x + cell_px_ * p.x, origin_.y + cell_px_ * p.y};
}

Affine Block::plane(Lie lie, double at) const {
    auto on = [&](double across, double down) {
        switch (lie) {
            case Lie::slab:
                return page(across, down, at);
            case Lie::level:
                return page(across, at, slabs_ - down);
            case Lie::right:
                return page(at, down, across);
            case Lie::left:
                break;
        }
        return page(at, down, slabs_ - across);
    };
    const Point corner = on(0, 0), right = on(1, 0), down = on(0, 1);
    return {right.x - corner.x, down.x - corner.x, corner.x, right.y - corner.y, down.y - corner.y, corner.y};
}

std::vector<Face> Block::faces(const Box& b, bool turned_away) const {
    const int last_slab = b.from.slab + b.slabs - 1, last_row = b.from.row + b.rows - 1,
              last_column = b.from.column + b.columns - 1;
    const bool from_right = projection_(0, 0, 1).x >= 0;
    const bool at_last = from_right != turned_away;  // whether the vertical face is that of the last column
    std::vector<Face> all;
    auto add = [&](Lie lie, int number, int at, int row, int column, int rows, int columns) {
        const Face face{lie, number, plane(lie, at), row, column, rows, columns};
        if (std::abs(face.to_page.determinant()) > least_area * cell_px_ * cell_px_) all.push_back(face);
    };
    if (turned_away)
        add(Lie::slab, last_slab, last_slab + 1, b.from.row, b.from.column, b.rows, b.columns);
    else
        add(Lie::slab, b.from.slab, b.from.slab, b.from.row, b.from.column, b.rows, b.columns);
    add(Lie::level, turned_away ? last_row : b.from.row, turned_away ? last_row + 1 : b.from.row,
        slabs_ - 1 - last_slab, b.from.column, b.slabs, b.columns);
    const int number = at_last ? last_column : b.from.column, at = at_last ? last_column + 1 : b.from.column;
    if (from_right)
        add(Lie::right, number, at, b.from.row, b.from.slab, b.rows, b.slabs);
    else
        add(Lie::left, number, at, b.from.row, slabs_ - 1 - last_slab, b.rows, b.slabs);
    return all;
}

std::vector<Point> Block::silhouette(const Box& b) const {
    const bool from_right = projection_(0, 0, 1).x >= 0;
    const double near = b.from.slab, far = b.from.slab + b.slabs, top = b.from.row, bottom = b.from.row + b.rows;
    const double left = b.from.column, right = b.from.column + b.columns;
    const double side = from_right ? right : left, other = from_right ? left : right;
    return {page(other, top, near),  page(other, top, far),    page(side, top, far),
            page(side, bottom, far), page(side, bottom, near), page(other, bottom, near)};
}

std::vector<Point> Block::edges(const Box& b) const {
    std::vector<Point> run = silhouette(b);
    const double side = projection_(0, 0, 1).x >= 0 ? b.from.column + b.columns : b.from.column;
    const Point nearest = page(side, b.from.row, b.from.slab);
    run.push_back(run[0]);
    for (const Point& p : {nearest, run[2], nearest, run[4]}) run.push_back(p);
    return run;
}

Rect bounds_of(const Box& box, const Projection& projection) {
    double left = 1e300, top = 1e300, right = -1e300, bottom = -1e300;
    for (double x : {0, box.columns})
        for (double y : {0, box.rows})
            for (double z : {0, box.slabs}) {
                const Point p = projection(x, y, z);
                left = std::min(left, p.x), right = std::max(right, p.x);
                top = std::min(top, p.y), bottom = std::max(bottom, p.y);
            }
    return {left, top, right - left, bottom - top};
}

bool inside(const std::vector<Point>& polygon, Point p) {
    bool left = false, right = false;
    for (std::size_t n = 0; n < polygon.size(); ++n) {
        const Point a = polygon[n], b = polygon[(n + 1) % polygon.size()];
        const double turn = (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
        (turn > 0 ? left : right) = true;
    }
    return !(left && right);
}

}  // namespace convloom::scene
