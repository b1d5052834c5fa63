#include "core/scene/layout/stack.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace convloom::scene {

Projection::Projection(double turn_deg, double tilt_deg) {
    const double turn = turn_deg * std::numbers::pi / 180, tilt = tilt_deg * std::numbers::pi / 180;
    turn_cos_ = std::cos(turn);
    turn_sin_ = std::sin(turn);
    tilt_cos_ = std::cos(tilt);
    tilt_sin_ = std::sin(tilt);
}

Point Projection::operator()(double x, double y, double z) const {
    return {x * turn_cos_ + z * turn_sin_, y * tilt_cos_ + (x * turn_sin_ - z * turn_cos_) * tilt_sin_};
}

Affine Projection::plane(double z, double cell_px, Point origin) const {
    const Point corner = (*this)(0, 0, z), right = (*this)(1, 0, z), down = (*this)(0, 1, z);
    return {cell_px * (right.x - corner.x), cell_px * (down.x - corner.x), origin.x + cell_px * corner.x,
            cell_px * (right.y - corner.y), cell_px * (down.y - corner.y), origin.y + cell_px * corner.y};
}

Stack stack(int slabs, int rows, int columns, int keep, const Projection& projection) {
    constexpr int most_shown = 6;
    Stack s{slabs, rows, columns, {}, {}};
    if (slabs <= most_shown) {
        for (int n = 0; n < slabs; ++n) s.slots.push_back({n, 0, false});
    } else {
        const int middle = std::clamp(keep, 2, slabs - 3);
        s.slots = {{0, 0, false},
                   {1, 0, false},
                   {middle, 0, middle > 2},
                   {slabs - 2, 0, middle < slabs - 3},
                   {slabs - 1, 0, false}};
    }
    // Slabs are far enough apart to look between them, but the stack is not much deeper than twice its side.
    const double side = std::max({rows, columns, 2});
    const auto gaps = static_cast<double>(std::max<std::size_t>(s.slots.size() - 1, 1));
    const double apart = std::min(0.9 * side, 2.4 * side / gaps);
    for (std::size_t n = 0; n < s.slots.size(); ++n) s.slots[n].z = apart * static_cast<double>(n);

    double left = 0, top = 0, right = 0, bottom = 0;
    for (double x : {0.0, static_cast<double>(columns)})
        for (double y : {0.0, static_cast<double>(rows)})
            for (double z : {0.0, s.slots.back().z}) {
                const Point p = projection(x, y, z);
                left = std::min(left, p.x), right = std::max(right, p.x);
                top = std::min(top, p.y), bottom = std::max(bottom, p.y);
            }
    s.bounds = {left, top, right - left, bottom - top};
    return s;
}

}  // namespace convloom::scene
