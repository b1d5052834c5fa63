#include "core/scene/measure/differences.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "core/scene/measure/bounds.hpp"

namespace convloom::scene {
namespace {

// Relative to the text size: how far a glyph extends beyond its line's box.
constexpr double glyph_reach = 0.4;

// How far lines extend at a corner, and glyphs beyond their boxes.
double beyond(const Item& item) {
    if (const Text* text = std::get_if<Text>(&item)) return glyph_reach * text->size;
    return 0;
}

double corner_px(const Item& item) {
    if (const Line* line = std::get_if<Line>(&item)) return line->stroke.width_px;
    if (const Shape* shape = std::get_if<Shape>(&item)) return shape->stroke.width_px;
    return 0;
}

struct Finder {
    std::vector<Rect> boxes = {};

    void add(const Plane& plane, const Item& item) {
        const Rect box = bounds(plane.to_page, item);
        if (box.width <= 0 || box.height <= 0) return;
        const Affine& m = plane.to_page;
        const double largest = std::max({std::abs(m.xx), std::abs(m.xy), std::abs(m.yx), std::abs(m.yy)});
        const double by = beyond(item) * largest + corner_px(item);
        boxes.push_back({box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by});
    }
    void add(const Plane& plane, std::span<const Item> items) {
        for (const Item& item : items) add(plane, item);
    }

    void compare(const Plane& before, const Plane& after) {
        std::span<const Item> a = before.items, b = after.items;
        strip(a, b);
        if (a.size() == b.size() && before.to_page == after.to_page) {
            for (std::size_t n = 0; n < a.size(); ++n)
                if (a[n] != b[n]) add(before, a[n]), add(after, b[n]);
            return;
        }
        if (before.to_page != after.to_page) a = before.items, b = after.items;
        add(before, a);
        add(after, b);
    }

    // Removes equal items at the beginning and at the end.
    template <class Thing>
    static void strip(std::span<const Thing>& a, std::span<const Thing>& b) {
        while (!a.empty() && !b.empty() && a.front() == b.front()) a = a.subspan(1), b = b.subspan(1);
        while (!a.empty() && !b.empty() && a.back() == b.back()) a = a.first(a.size() - 1), b = b.first(b.size() - 1);
    }
};

}  // namespace

std::vector<Rect> differences(const Scene& before, const Scene& after) {
    Finder finder;
    std::span<const Plane> a = before.planes, b = after.planes;
    Finder::strip(a, b);
    if (a.size() == b.size()) {
        for (std::size_t n = 0; n < a.size(); ++n) finder.compare(a[n], b[n]);
        return std::move(finder.boxes);
    }
    for (const Plane& plane : a) finder.add(plane, plane.items);
    for (const Plane& plane : b) finder.add(plane, plane.items);
    return std::move(finder.boxes);
}

}  // namespace convloom::scene
