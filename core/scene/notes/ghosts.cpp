#include "core/scene/notes/ghosts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/scene/measure/text_metrics.hpp"

namespace convloom::scene {
namespace {

bool shows_place(const PlaneRole& role) {
    return role.content == Content::input || role.content == Content::output || role.content == Content::window ||
           role.content == Content::tensor;
}

std::vector<Point> corners_of_box(const Rect& box) {
    return {{box.x, box.y}, {box.right(), box.y}, {box.right(), box.bottom()}, {box.x, box.bottom()}};
}

std::vector<Point> ghost_outline(const Item& item) {
    if (const auto* line = std::get_if<Line>(&item)) return line->closed ? line->points : std::vector<Point>();
    if (const auto* field = std::get_if<Field>(&item))
        return corners_of_box({field->at.x, field->at.y, field->cell * field->columns, field->cell * field->rows});
    if (const auto* shape = std::get_if<Shape>(&item))
        return shape->kind == Shape::Kind::polygon ? shape->points : corners_of_box(shape->box);
    return {};
}

// The corner from which its plane's rows and columns are counted.
Point first_corner(const Ghost::Outline& outline) {
    Point corner = outline.points.front();
    for (const Point p : outline.points) corner = {std::min(corner.x, p.x), std::min(corner.y, p.y)};
    return outline.to_page(corner);
}

// On the page, moved towards its middle, at most by a part of its size.
std::vector<Point> inner_outline(const Ghost::Outline& outline, double by) {
    constexpr double most_part = 0.25;
    std::vector<Point> points;
    Point middle;
    for (const Point p : outline.points) {
        points.push_back(outline.to_page(p));
        const auto count = static_cast<double>(outline.points.size());
        middle = {middle.x + points.back().x / count, middle.y + points.back().y / count};
    }
    for (Point& p : points) {
        const double x = middle.x - p.x, y = middle.y - p.y;
        const auto step = [&](double way) { return std::copysign(std::min(by, most_part * std::abs(way)), way); };
        p = {p.x + step(x), p.y + step(y)};
    }
    return points;
}

// Numbers at one corner stand behind each other.
struct GhostNumbers {
    Point at;
    std::string text;
};

void add_ghost_number(std::vector<GhostNumbers>& numbers, Point at, const std::string& text) {
    constexpr double same = 4;
    for (GhostNumbers& other : numbers)
        if (std::abs(other.at.x - at.x) < same && std::abs(other.at.y - at.y) < same) {
            other.text += ", " + text;
            return;
        }
    numbers.push_back({at, text});
}

}  // namespace

Ghost ghost_of(const Scene& scene, arith::Index step) {
    Ghost ghost{step, {}};
    for (const Plane& plane : scene.planes) {
        if (!shows_place(plane.role)) continue;
        for (const Item& item : plane.items) {
            const ItemRole& role = role_of(item);
            if (role.border || (role.mark != Mark::window && role.mark != Mark::output_cell)) continue;
            std::vector<Point> points = ghost_outline(item);
            if (!points.empty()) ghost.outlines.push_back({plane.role, plane.to_page, std::move(points)});
        }
    }
    return ghost;
}

Scene with_ghosts(Scene scene, const std::vector<Ghost>& ghosts, arith::Index step, const Theme& theme) {
    constexpr double dash = 5, halo = 4, pad = 2.5, size = small_size, inset = 2.5;
    constexpr int insets = 3;
    Plane lines{"ghosts", {}, {}, {Content::slide, Aspect::cells, 0}};
    std::vector<GhostNumbers> numbers;
    int nth = 0;
    for (const Ghost& ghost : ghosts) {
        if (ghost.step == step) continue;
        const std::string text = std::to_string(ghost.step + 1);
        // Inside each other where they share an edge.
        const double inside = inset * (1 + nth++ % insets);
        int n = 0;
        for (const Ghost::Outline& outline : ghost.outlines) {
            Line line{
                fmt::format("ghost {} {} halo", text, n), inner_outline(outline, inside), true, {theme.ground, halo}};
            lines.items.push_back(line);
            line.name = fmt::format("ghost {} {}", text, n++);
            line.stroke = {theme.tap, thick_px, dash};
            lines.items.push_back(std::move(line));
            add_ghost_number(numbers, first_corner(outline), text);
        }
    }
    if (lines.items.empty()) return scene;
    for (const GhostNumbers& one : numbers) {
        const double wide = text_width(one.text, size, Weight::semibold) + 2 * pad, high = cap_height(size) + 2 * pad;
        Shape ground{fmt::format("ghost {} ground", one.text), Shape::Kind::box, {}, {}, high / 2, theme.ground, {}};
        ground.box = {one.at.x - wide / 2, one.at.y - high / 2, wide, high};
        lines.items.push_back(std::move(ground));
        lines.items.push_back(Text{fmt::format("ghost {} number", one.text),
                                   {one.at.x, centred_baseline(one.at.y, size)},
                                   one.text,
                                   size,
                                   Anchor::middle,
                                   Weight::semibold,
                                   theme.tap});
    }
    // Over the cells and their numbers, below the labels.
    const auto labels = std::find_if(scene.planes.begin(), scene.planes.end(),
                                     [](const Plane& plane) { return plane.role.content == Content::labels; });
    scene.planes.insert(labels, std::move(lines));
    return scene;
}

}  // namespace convloom::scene
