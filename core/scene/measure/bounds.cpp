#include "core/scene/measure/bounds.hpp"

#include <algorithm>

#include "core/scene/measure/text_metrics.hpp"

namespace convloom::scene {
namespace {

class Covered {
  public:
    void plane(const Plane& plane) {
        for (const Item& i : plane.items) item(plane.to_page, i);
    }
    void item(const Affine& to_page, const Item& item) {
        map_ = to_page;
        std::visit([&](const auto& i) { cover(i); }, item);
    }
    const Rect& box() const { return box_; }

  private:
    void point(Point p, double beyond) {
        const Point at = map_(p);
        // A line may have zero width, but an empty box would be ignored.
        const double by = std::max(beyond, 1e-6);
        box_ = around(box_, {at.x - by, at.y - by, 2 * by, 2 * by});
    }
    void corners(const Rect& r, double beyond) {
        for (Point p : {Point{r.x, r.y}, {r.right(), r.y}, {r.x, r.bottom()}, {r.right(), r.bottom()}})
            point(p, beyond);
    }
    void cover(const Field& f) {
        if (f.rows > 0 && f.columns > 0)
            corners({f.at.x, f.at.y, f.columns * f.cell, f.rows * f.cell}, f.edge.width_px / 2);
    }
    void cover(const Line& l) {
        for (Point p : l.points) point(p, l.stroke.width_px / 2);
    }
    void cover(const Shape& s) {
        if (s.kind != Shape::Kind::polygon) return corners(s.box, s.stroke.width_px / 2);
        for (Point p : s.points) point(p, s.stroke.width_px / 2);
    }
    void cover(const Text& t) {
        if (!t.text.empty()) corners(text_box(t), 0);
    }
    void cover(const Picture& p) { corners(p.box, 0); }

    Affine map_;
    Rect box_;
};

}  // namespace

Rect around(const Rect& a, const Rect& b) {
    if (a.width <= 0 || a.height <= 0) return b;
    if (b.width <= 0 || b.height <= 0) return a;
    const double x = std::min(a.x, b.x), y = std::min(a.y, b.y);
    return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

Rect bounds(const Affine& to_page, const Item& item) {
    Covered extent;
    extent.item(to_page, item);
    return extent.box();
}

Rect bounds(const Scene& scene) {
    Covered extent;
    for (const Plane& plane : scene.planes) extent.plane(plane);
    return extent.box();
}

Scene cropped(Scene scene, const Rect& box) {
    scene.width = box.width;
    scene.height = box.height;
    for (Plane& plane : scene.planes) {
        plane.to_page.x0 -= box.x;
        plane.to_page.y0 -= box.y;
    }
    return scene;
}

bool crosses(Point from, Point to, const Rect& box) {
    double begin = 0, end = 1;
    auto clip = [&](double at, double way, double low, double high) {
        if (way == 0) return at >= low && at <= high;
        const double first = (low - at) / way, second = (high - at) / way;
        begin = std::max(begin, std::min(first, second));
        end = std::min(end, std::max(first, second));
        return begin <= end;
    };
    return clip(from.x, to.x - from.x, box.x, box.right()) && clip(from.y, to.y - from.y, box.y, box.bottom());
}

}  // namespace convloom::scene
