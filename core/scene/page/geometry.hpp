// Points, rectangles and affine maps of the plane, in page units, with y pointing down.
//
// All are plain values that compare with ==. A page has 960 by 540 units (looks/theme.hpp); painters scale it.
#pragma once

namespace convloom::scene {

struct Point {
    double x = 0, y = 0;
    friend bool operator==(const Point&, const Point&) = default;
};

struct Rect {
    double x = 0, y = 0, width = 0, height = 0;
    double right() const { return x + width; }
    double bottom() const { return y + height; }
    friend bool operator==(const Rect&, const Rect&) = default;
};

// x' = xx*x + xy*y + x0,  y' = yx*x + yy*y + y0.
struct Affine {
    double xx = 1, xy = 0, x0 = 0;
    double yx = 0, yy = 1, y0 = 0;

    Point operator()(Point p) const { return {xx * p.x + xy * p.y + x0, yx * p.x + yy * p.y + y0}; }
    // The composition that applies `inner` first.
    Affine after(const Affine& inner) const {
        const Point origin = (*this)({inner.x0, inner.y0});
        return {xx * inner.xx + xy * inner.yx, xx * inner.xy + xy * inner.yy, origin.x,
                yx * inner.xx + yy * inner.yx, yx * inner.xy + yy * inner.yy, origin.y};
    }
    double determinant() const { return xx * yy - xy * yx; }
    // Whether the map is a uniform scale and a translation, so that circles stay circles and text stays upright.
    bool is_upright() const { return xy == 0 && yx == 0 && xx == yy && xx > 0; }

    static Affine scale_and_move(double scale, double x, double y) { return {scale, 0, x, 0, scale, y}; }
    friend bool operator==(const Affine&, const Affine&) = default;
};

// The point that the map sends to `page`; the map must be invertible.
inline Point inverse(const Affine& m, Point page) {
    const double d = m.determinant(), x = page.x - m.x0, y = page.y - m.y0;
    return {(m.yy * x - m.xy * y) / d, (m.xx * y - m.yx * x) / d};
}

}  // namespace convloom::scene
