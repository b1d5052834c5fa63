#include "core/scene/page/tween.hpp"

#include <algorithm>

namespace convloom::scene {
namespace {

double mix(double a, double b, double t) {
    return a + (b - a) * t;
}
Point mix(Point a, Point b, double t) {
    return {mix(a.x, b.x, t), mix(a.y, b.y, t)};
}

// Only the marks of the window and its beams move; cells, numbers and sums stay in place.
bool moves(const ItemRole& role) {
    return role.mark == Mark::window || role.mark == Mark::output_cell || role.mark == Mark::beam;
}

void slide(Item& item, const Item& from, double t) {
    if (Line* line = std::get_if<Line>(&item)) {
        const Line* before = std::get_if<Line>(&from);
        if (!before || before->points.size() != line->points.size()) return;
        for (std::size_t n = 0; n < line->points.size(); ++n)
            line->points[n] = mix(before->points[n], line->points[n], t);
    } else if (Field* field = std::get_if<Field>(&item)) {
        const Field* before = std::get_if<Field>(&from);
        if (before && before->rows == field->rows && before->columns == field->columns)
            field->at = mix(before->at, field->at, t);
    } else if (Shape* shape = std::get_if<Shape>(&item)) {
        const Shape* before = std::get_if<Shape>(&from);
        if (!before || before->points.size() != shape->points.size()) return;
        for (std::size_t n = 0; n < shape->points.size(); ++n)
            shape->points[n] = mix(before->points[n], shape->points[n], t);
        shape->box.x = mix(before->box.x, shape->box.x, t);
        shape->box.y = mix(before->box.y, shape->box.y, t);
    }
}

const Plane* plane_of(const Scene& scene, const PlaneRole& role) {
    const auto plane =
        std::find_if(scene.planes.begin(), scene.planes.end(), [&](const Plane& p) { return p.role == role; });
    return plane == scene.planes.end() ? nullptr : &*plane;
}

}  // namespace

Scene between(const Scene& earlier, const Scene& later, double t) {
    Scene scene = later;
    if (t >= 1) return scene;
    for (Plane& plane : scene.planes) {
        const Plane* before = plane_of(earlier, plane.role);
        if (!before || before->to_page != plane.to_page) continue;
        for (Item& item : plane.items) {
            const ItemRole role = role_of(item);
            if (!moves(role)) continue;
            const auto from = std::find_if(before->items.begin(), before->items.end(),
                                           [&](const Item& i) { return role_of(i) == role; });
            if (from != before->items.end()) slide(item, *from, t);
        }
    }
    return scene;
}

bool is_near(const Scene& earlier, const Scene& later) {
    if (earlier.width != later.width || earlier.height != later.height || earlier.background != later.background)
        return false;
    // The faces of a block inside a block change their numbers as it moves, so only most of the planes have to match.
    std::size_t kept = 0;
    for (const Plane& plane : later.planes) {
        const Plane* before = plane_of(earlier, plane.role);
        if (before && before->to_page != plane.to_page) return false;
        kept += before != nullptr;
    }
    return 2 * kept >= std::max(earlier.planes.size(), later.planes.size());
}

}  // namespace convloom::scene
