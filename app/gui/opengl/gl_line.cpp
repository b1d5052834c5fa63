#include <cmath>

#include "app/gui/opengl/gl_items.hpp"

namespace convloom::gui {
namespace {

using scene::Point;

// A sharper joint gets no mitre, as in the Cairo painter.
constexpr double mitre_limit = 10;

Point unit(Point from, Point to) {
    const double x = to.x - from.x, y = to.y - from.y, length = std::hypot(x, y);
    return {x / length, y / length};
}

// The direction halfway between two, perpendicular to their joint's bisector; 0 for no joint.
Point halfway(Point before, Point after) {
    const Point sum{before.x + after.x, before.y + after.y};
    const double length = std::hypot(sum.x, sum.y);  // twice the cosine of half the turn
    return length * mitre_limit < 2 ? Point{} : Point{sum.x / length, sum.y / length};
}

}  // namespace

using Type = Attribute::Type;

LineQuads::LineQuads() : quads_("line", {{Type::real, 4}, {Type::real, 4}, {Type::real, 4}, {Type::color, 4}}) {}

void LineQuads::add(const std::vector<Point>& points, bool closed, const scene::Stroke& stroke,
                    const PlanePlace& place) {
    if (stroke.width_px <= 0 || stroke.color.a == 0) return;
    points_.clear();
    for (const Point& point : points) {
        const Point p = place.to_pixels(point);
        if (points_.empty() || p != points_.back()) points_.push_back(p);
    }
    if (closed && points_.size() > 1 && points_.front() == points_.back()) points_.pop_back();
    const std::size_t corners = points_.size();
    if (corners < 2) return;
    closed = closed && corners > 2;
    const std::size_t pieces = closed ? corners : corners - 1;
    directions_.clear();
    double whole = 0;
    for (std::size_t n = 0; n < pieces; ++n) {
        const Point to = points_[(n + 1) % corners];
        directions_.push_back(unit(points_[n], to));
        whole += std::hypot(to.x - points_[n].x, to.y - points_[n].y);
    }

    const double dash = stroke.dash_px * place.px;
    const bool ends_in_dash =
        closed && dash > 0 && std::fmod(whole, 2 * dash) < dash && std::fmod(whole, 2 * dash) > 1e-6 * whole;
    const bool joined = closed && (dash <= 0 || ends_in_dash);  // otherwise both ends are cut off
    double before = 0;
    for (std::size_t n = 0; n < pieces; ++n) {
        const Point from = points_[n], to = points_[(n + 1) % corners], direction = directions_[n];
        const Point none;
        const Point cut_from = n > 0 || joined ? halfway(directions_[(n + pieces - 1) % pieces], direction) : none;
        const Point cut_to = n + 1 < pieces || joined ? halfway(direction, directions_[(n + 1) % pieces]) : none;
        instances_.push_back({vec2(from), vec2(to), vec2(cut_from), vec2(cut_to),
                              static_cast<float>(stroke.width_px * place.px), static_cast<float>(dash),
                              static_cast<float>(before), n == 0 && ends_in_dash ? 1.0f : 0.0f, rgba(stroke.color)});
        before += std::hypot(to.x - from.x, to.y - from.y);
    }
}

// Each line of the grid on its own. Where a solid line ends on another, neither may darken the other's smooth edge: an
// upright grid has one border, and the other lines lie inside it. The lines of a slanted grid get square caps, as in
// the Cairo painter.
void LineQuads::add_edges(const scene::Field& f, const PlanePlace& place) {
    if (f.edge.width_px <= 0 || f.edge.color.a == 0 || f.rows <= 0 || f.columns <= 0) return;
    if (place.to_pixels.determinant() == 0) return;
    const double width = f.edge.width_px * place.px, dash = f.edge.dash_px * place.px;
    const bool border = dash <= 0 && place.to_pixels.is_upright();
    const double cap = dash > 0 || border ? 0 : width / 2;
    auto line = [&](Point from, Point to) {
        from = place.to_pixels(from), to = place.to_pixels(to);
        const Point direction = unit(from, to);
        from = {from.x - cap * direction.x, from.y - cap * direction.y};
        to = {to.x + cap * direction.x, to.y + cap * direction.y};
        instances_.push_back({vec2(from),
                              vec2(to),
                              {},
                              {},
                              static_cast<float>(width),
                              static_cast<float>(dash),
                              0,
                              0,
                              rgba(f.edge.color)});
    };
    const double left = f.at.x, top = f.at.y, right = left + f.columns * f.cell, bottom = top + f.rows * f.cell;
    const int inner = border ? 1 : 0;
    for (int r = inner; r <= f.rows - inner; ++r) line({left, top + r * f.cell}, {right, top + r * f.cell});
    for (int c = inner; c <= f.columns - inner; ++c) line({left + c * f.cell, top}, {left + c * f.cell, bottom});
    if (border) add({{left, top}, {right, top}, {right, bottom}, {left, bottom}}, true, f.edge, place);
}

}  // namespace convloom::gui
