#include "core/scene/tween.hpp"

#include <algorithm>

namespace convloom::scene {
namespace {

double mix(double a, double b, double t) { return a + (b - a) * t; }
Point mix(Point a, Point b, double t) { return {mix(a.x, b.x, t), mix(a.y, b.y, t)}; }

// Only what marks the window and its beams moves: cells, numbers and sums stay where they are.
bool moves(const std::string& name) {
    return name == "window" || name == "window's border" || name == "output cell" || name == "output cell's border" || name.starts_with("beam");
}

void slide(Item& item, const Item& from, double t) {
    if (Line* line = std::get_if<Line>(&item)) {
        const Line* before = std::get_if<Line>(&from);
        if (!before || before->points.size() != line->points.size()) return;
        for (std::size_t n = 0; n < line->points.size(); ++n) line->points[n] = mix(before->points[n], line->points[n], t);
    } else if (Field* field = std::get_if<Field>(&item)) {
        const Field* before = std::get_if<Field>(&from);
        if (before && before->rows == field->rows && before->columns == field->columns) field->at = mix(before->at, field->at, t);
    } else if (Shape* shape = std::get_if<Shape>(&item)) {
        const Shape* before = std::get_if<Shape>(&from);
        if (!before || before->points.size() != shape->points.size()) return;
        for (std::size_t n = 0; n < shape->points.size(); ++n) shape->points[n] = mix(before->points[n], shape->points[n], t);
        shape->box.x = mix(before->box.x, shape->box.x, t);
        shape->box.y = mix(before->box.y, shape->box.y, t);
    }
}

const std::string& name_of(const Item& item) {
    return std::visit([](const auto& i) -> const std::string& { return i.name; }, item);
}

}  // namespace

Scene between(const Scene& earlier, const Scene& later, double t) {
    Scene scene = later;
    if (t >= 1) return scene;
    for (Plane& plane : scene.planes) {
        const auto before = std::find_if(earlier.planes.begin(), earlier.planes.end(), [&](const Plane& p) { return p.name == plane.name; });
        if (before == earlier.planes.end() || before->to_page != plane.to_page) continue;
        for (Item& item : plane.items) {
            const std::string& name = name_of(item);
            if (!moves(name)) continue;
            const auto from = std::find_if(before->items.begin(), before->items.end(), [&](const Item& i) { return name_of(i) == name; });
            if (from != before->items.end()) slide(item, *from, t);
        }
    }
    return scene;
}

bool is_near(const Scene& earlier, const Scene& later) {
    if (earlier.width != later.width || earlier.height != later.height || earlier.background != later.background) return false;
    if (earlier.planes.size() != later.planes.size()) return false;
    for (std::size_t n = 0; n < later.planes.size(); ++n)
        if (earlier.planes[n].name != later.planes[n].name || earlier.planes[n].to_page != later.planes[n].to_page) return false;
    return true;
}

}  // namespace convloom::scene
