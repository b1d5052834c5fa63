#include "core/image/filters/named_kernels.hpp"

#include <algorithm>
#include <cmath>

#include "core/image/filters/filter.hpp"
#include "core/image/filters/making.hpp"

namespace convloom::image::named {
namespace {

double bell_sum(int side, double sigma) {
    double sum = 0;
    for (int x = -(side / 2); x <= side / 2; ++x) sum += bell(x, 0, sigma);
    return sum * sum;
}

int side_of(double size, double sigma) {
    return size >= 1 ? static_cast<int>(size) : side_for(sigma);
}

Kernels times(Kernels kernels, double scale) {
    if (scale != 1)
        for (Kernel& kernel : kernels)
            for (float& w : kernel.weights) w = static_cast<float>(w * scale);
    return kernels;
}

Kernels scaled(std::initializer_list<float> weights, float by = 1) {
    Kernel kernel{weights.size() == 4 ? 2 : 3, weights};
    for (float& w : kernel.weights) w *= by;
    return {std::move(kernel)};
}

Kernels both(Kernels x, const Kernels& y) {
    x.push_back(y.front());
    return x;
}

}  // namespace

int box_side(Values v) {
    return static_cast<int>(v[0]);
}
int gaussian_side(Values v) {
    return side_of(v[1], v[0]);
}
int gaussian_side_like(Values v) {
    const SigmaReach like = v.size() > 2 ? static_cast<SigmaReach>(v[2]) : SigmaReach::ours;
    return v[1] >= 1 ? static_cast<int>(v[1]) : side_like(like, v[0]);
}
int unsharp_side(Values v) {
    return side_of(v[2], v[0]);
}
int motion_blur_side(Values v) {
    return static_cast<int>(v[0]) / 2 * 2 + 1;
}
int gabor_side(Values v) {
    return side_of(v[5], v[2] / std::min(v[3], 1.0));
}
int difference_of_gaussians_side(Values v) {
    return side_of(v[2], v[0] * v[1]);
}

Kernels identity(Values) {
    return {Kernel{1, {1}}};
}
Kernels box(Values v) {
    const int side = box_side(v);
    return {made(side, [&](int, int) { return 1.0 / (side * side); })};
}
Kernels gaussian(Values v) {
    return {made_with_sum_1(gaussian_side_like(v), [&](int x, int y) { return bell(x, y, v[0]); })};
}
Kernels binomial(Values) {
    return scaled({1, 2, 1, 2, 4, 2, 1, 2, 1}, 1 / 16.0f);
}
Kernels sharpen(Values v) {
    const auto a = static_cast<float>(v[0]);
    return scaled({0, -a, 0, -a, 1 + 4 * a, -a, 0, -a, 0});
}
Kernels unsharp(Values v) {
    const int side = unsharp_side(v);
    const double sum = bell_sum(side, v[0]);
    return {
        made(side, [&](int x, int y) { return (x == 0 && y == 0 ? 1 + v[1] : 0) - v[1] * bell(x, y, v[0]) / sum; })};
}
Kernels sobel_x(Values v) {
    return times(scaled({-1, 0, 1, -2, 0, 2, -1, 0, 1}), v[0]);
}
Kernels sobel_y(Values v) {
    return times(scaled({-1, -2, -1, 0, 0, 0, 1, 2, 1}), v[0]);
}
Kernels sobel(Values v) {
    return both(sobel_x(v), sobel_y(v));
}
Kernels prewitt_x(Values v) {
    return times(scaled({-1, 0, 1, -1, 0, 1, -1, 0, 1}), v[0]);
}
Kernels prewitt_y(Values v) {
    return times(scaled({-1, -1, -1, 0, 0, 0, 1, 1, 1}), v[0]);
}
Kernels prewitt(Values v) {
    return both(prewitt_x(v), prewitt_y(v));
}
Kernels scharr_x(Values v) {
    return times(scaled({-3, 0, 3, -10, 0, 10, -3, 0, 3}), v[0]);
}
Kernels scharr_y(Values v) {
    return times(scaled({-3, -10, -3, 0, 0, 0, 3, 10, 3}), v[0]);
}
Kernels scharr(Values v) {
    return both(scharr_x(v), scharr_y(v));
}
Kernels roberts_x(Values) {
    return scaled({1, 0, 0, -1});
}
Kernels roberts_y(Values) {
    return scaled({0, 1, -1, 0});
}
Kernels roberts(Values v) {
    return both(roberts_x(v), roberts_y(v));
}
Kernels laplacian(Values) {
    return scaled({0, 1, 0, 1, -4, 1, 0, 1, 0});
}
Kernels laplacian_8(Values) {
    return scaled({1, 1, 1, 1, -8, 1, 1, 1, 1});
}
Kernels emboss(Values) {
    return scaled({-2, -1, 0, -1, 1, 1, 0, 1, 2});
}
Kernels outline(Values) {
    return scaled({-1, -1, -1, -1, 8, -1, -1, -1, -1});
}

// Its mean is subtracted, so that uniform areas give 0 although the square truncates the Gaussian.
Kernels laplacian_of_gaussian(Values v) {
    const double sigma = v[0];
    const int side = gaussian_side(v);
    const double sum = bell_sum(side, sigma);
    auto weight = [&](int x, int y) {
        const double square = x * x + y * y;
        return (square - 2 * sigma * sigma) / (sigma * sigma * sigma * sigma) * bell(x, y, sigma) / sum;
    };
    double mean = 0;
    made(side, [&](int x, int y) { return mean += weight(x, y) / (side * side), 0.0; });
    return {made(side, [&](int x, int y) { return weight(x, y) - mean; })};
}

// One point per pixel of length along the line, each distributed over the four pixels around it.
Kernels motion_blur(Values v) {
    const int length = static_cast<int>(v[0]);
    const double angle = v[1] * pi / 180, half = (length - 1) / 2.0;
    const int side = motion_blur_side(v);
    std::vector<double> weights(static_cast<std::size_t>(side) * side, 0.0);
    auto add = [&](int x, int y, double weight) {
        const int c = x + side / 2, r = y + side / 2;
        if (weight > 1e-9 && c >= 0 && r >= 0 && c < side && r < side)
            weights[static_cast<std::size_t>(r) * side + c] += weight;
    };
    for (int n = 0; n < length; ++n) {
        const double x = (n - half) * std::cos(angle), y = -(n - half) * std::sin(angle);
        const double left = std::floor(x + 1e-9), top = std::floor(y + 1e-9);
        const double fx = std::max(x - left, 0.0), fy = std::max(y - top, 0.0);
        const int c = static_cast<int>(left), r = static_cast<int>(top);
        add(c, r, (1 - fx) * (1 - fy));
        add(c + 1, r, fx * (1 - fy));
        add(c, r + 1, (1 - fx) * fy);
        add(c + 1, r + 1, fx * fy);
    }
    return {made_with_sum_1(
        side, [&](int x, int y) { return weights[static_cast<std::size_t>(y + side / 2) * side + (x + side / 2)]; })};
}

// OpenCV's getGaborKernel, except that the angle is anticlockwise: its theta is -angle. A share of the Gaussian is
// subtracted so that uniform areas give 0 at any phase, and positive weights sum to 1, so that responses lie from -1 to
// 1.
Kernels gabor(Values v) {
    const double wavelength = v[0], angle = v[1] * pi / 180, sigma = v[2], gamma = v[3], phase = v[4] * pi / 180;
    const int side = gabor_side(v);
    const double c = std::cos(angle), s = std::sin(angle);
    auto along = [&](int x, int y) { return x * c - y * s; };
    auto envelope = [&](int x, int y) {
        const double a = along(x, y), across = x * s + y * c;
        return std::exp(-(a * a + gamma * gamma * across * across) / (2 * sigma * sigma));
    };
    auto wave = [&](int x, int y) { return std::cos(2 * pi * along(x, y) / wavelength - phase); };
    double bells = 0, waves = 0, positive = 0;
    made(side, [&](int x, int y) {
        const double e = envelope(x, y);
        bells += e;
        return waves += e * wave(x, y), 0.0;
    });
    auto weight = [&](int x, int y) { return envelope(x, y) * (wave(x, y) - waves / bells); };
    made(side, [&](int x, int y) { return positive += std::max(weight(x, y), 0.0), 0.0; });
    if (positive < 1e-12) positive = 1;  // a single cell, or a wave that is 0 at every pixel
    return {made(side, [&](int x, int y) { return weight(x, y) / positive; })};
}

Kernels difference_of_gaussians(Values v) {
    const double narrow = v[0], wide = v[0] * v[1];
    const int side = difference_of_gaussians_side(v);
    const double narrow_sum = bell_sum(side, narrow), wide_sum = bell_sum(side, wide);
    return {made(side, [&](int x, int y) { return bell(x, y, narrow) / narrow_sum - bell(x, y, wide) / wide_sum; })};
}

Kernels none(Values) {
    return {};
}

}  // namespace convloom::image::named
