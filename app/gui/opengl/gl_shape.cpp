#include <algorithm>
#include <cmath>

#include "app/gui/opengl/gl_items.hpp"
#include "app/paint/png.hpp"

namespace convloom::gui {
namespace {
using scene::Point, scene::Shape;
constexpr std::int32_t polygon_kind = 0, box_kind = 1, ellipse_kind = 2;  // as in shape.frag
}  // namespace

using Type = Attribute::Type;

ShapeQuads::ShapeQuads()
    : quads_(
          "shape",
          {{Type::real, 4}, {Type::real, 4}, {Type::real, 4}, {Type::color, 4}, {Type::color, 4}, {Type::whole, 4}}) {
    glUseProgram(quads_.program());
    glUniform1i(quads_.uniform("borders"), borders_unit);
}

bool ShapeQuads::has_corners(const Shape& shape) {
    return shape.kind == Shape::Kind::polygon || (shape.kind == Shape::Kind::box && shape.corner_px <= 0);
}

void ShapeQuads::add(const Shape& s, const PlanePlace& place) {
    const scene::Affine& m = place.to_pixels;
    Instance i{};
    i.fill = rgba(s.fill);
    if (has_corners(s)) {
        i.kind = polygon_kind;
        return add_polygon(paint::outline(s), i, place);
    }
    const scene::Rect& b = s.box;
    if (m.determinant() == 0 || b.width <= 0 || b.height <= 0) return;
    i.kind = s.kind == Shape::Kind::box ? box_kind : ellipse_kind;
    i.stroke = rgba(s.stroke.color);
    i.stroke_width = static_cast<float>(std::max(s.stroke.width_px, 0.0) * place.px);
    const Point half_x{m.xx * b.width / 2, m.yx * b.width / 2}, half_y{m.xy * b.height / 2, m.yy * b.height / 2};
    const Point middle = m({b.x + b.width / 2, b.y + b.height / 2});
    i.half_x = vec2(half_x), i.half_y = vec2(half_y), i.middle = vec2(middle);
    i.radius = static_cast<float>(std::min({s.corner_px * place.px, std::abs(half_x.x), std::abs(half_y.y)}));
    const double margin = i.stroke_width / 2 + 1;
    const bool box = s.kind == Shape::Kind::box;
    const double x = (box ? std::abs(half_x.x) : std::hypot(half_x.x, half_y.x)) + margin;
    const double y = (box ? std::abs(half_y.y) : std::hypot(half_x.y, half_y.y)) + margin;
    i.low = vec2({middle.x - x, middle.y - y}), i.high = vec2({middle.x + x, middle.y + y});
    instances_.push_back(i);
}

void ShapeQuads::add_polygon(const std::vector<Point>& points, Instance i, const PlanePlace& place) {
    if (points.size() < 3 || i.fill.a == 0) return;
    std::vector<Point> p;
    for (const Point& point : points) p.push_back(place.to_pixels(point));
    double twice_area = 0;
    Point low = p[0], high = p[0];
    for (std::size_t n = 0; n < p.size(); ++n) {
        const Point &a = p[n], &b = p[(n + 1) % p.size()];
        twice_area += (a.x - p[0].x) * (b.y - p[0].y) - (b.x - p[0].x) * (a.y - p[0].y);
        low = {std::min(low.x, a.x), std::min(low.y, a.y)}, high = {std::max(high.x, a.x), std::max(high.y, a.y)};
    }
    if (twice_area == 0) return;
    const double way_round = twice_area > 0 ? 1 : -1;
    struct Border {
        float x, y, offset, none;
    };
    std::vector<Border> borders;
    for (std::size_t n = 0; n < p.size(); ++n) {
        const Point &a = p[n], &b = p[(n + 1) % p.size()];
        const double length = std::hypot(b.x - a.x, b.y - a.y);
        if (length == 0) continue;
        const Point outwards{way_round * (b.y - a.y) / length, way_round * (a.x - b.x) / length};
        borders.push_back({static_cast<float>(outwards.x), static_cast<float>(outwards.y),
                           static_cast<float>(outwards.x * a.x + outwards.y * a.y), 0});
    }
    i.first_border = borders_.append(std::span<const Border>(borders));
    i.borders = static_cast<std::int32_t>(borders.size());
    i.low = vec2({low.x - 1, low.y - 1}), i.high = vec2({high.x + 1, high.y + 1});
    instances_.push_back(i);
}

void ShapeQuads::clear() {
    instances_.clear();
    borders_.clear();
}

void ShapeQuads::upload() {
    quads_.upload(instances_);
    borders_.upload(borders_unit);
}

}  // namespace convloom::gui
