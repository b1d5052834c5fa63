#include "core/image/filters/more_kernels.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/image/filters/filter.hpp"
#include "core/image/filters/making.hpp"

namespace convloom::image::named {
namespace {

// The area of the circle's part with 0 <= x <= right and y >= 0, which the integral of sqrt(r² - x²) gives.
double under_arc(double right, double radius) {
    const double x = std::clamp(right, -radius, radius);
    return (x * std::sqrt(radius * radius - x * x) + radius * radius * std::asin(x / radius)) / 2;
}

// The area of the circle's part with left <= x <= right and 0 <= y <= top, for 0 <= left.
double area_below(double left, double right, double top, double radius) {
    if (left >= radius || top <= 0) return 0;
    right = std::min(right, radius);
    if (top >= radius) return under_arc(right, radius) - under_arc(left, radius);
    // Left of `turn` the circle is above the top.
    const double turn = std::clamp(std::sqrt(radius * radius - top * top), left, right);
    return (turn - left) * top + under_arc(right, radius) - under_arc(turn, radius);
}

// The area of a pixel that lies inside the circle, by the symmetry of its quarters.
double area_inside(int x, int y, double radius) {
    const double left = std::max(std::abs(x) - 0.5, 0.0), right = std::abs(x) + 0.5;
    const double low = std::max(std::abs(y) - 0.5, 0.0), high = std::abs(y) + 0.5;
    const double quarter = area_below(left, right, high, radius) - area_below(left, right, low, radius);
    return quarter * (x == 0 ? 2 : 1) * (y == 0 ? 2 : 1);
}

double bells_of(int side, double sigma) {
    double sum = 0;
    made(side, [&](int x, int y) { return sum += bell(x, y, sigma), 0.0; });
    return sum;
}

// SciPy's derivative of a Gaussian: the Gaussian with sum 1 times x / sigma².
Kernel slope_of_gaussian(Values v, double angle) {
    const double sigma = v[0], c = std::cos(angle), s = std::sin(angle);
    const int side = gaussian_side_like(v);
    const double sum = bells_of(side, sigma) * sigma * sigma;
    return made(side, [&](int x, int y) { return (x * c - y * s) * bell(x, y, sigma) / sum; });
}

// A 3×3 kernel whose eight outer cells, clockwise from the upper left, are turned by steps of 45 degrees.
Kernels turned_ring(const std::array<float, 8>& ring, double steps) {
    constexpr std::size_t places[] = {0, 1, 2, 5, 8, 7, 6, 3};
    Kernel kernel{3, std::vector<float>(9, 0.0f)};
    for (std::size_t n = 0; n < 8; ++n) kernel.weights[places[(n + static_cast<std::size_t>(steps)) % 8]] = ring[n];
    return {std::move(kernel)};
}

constexpr double root = 1.4142135623730951;
struct Mask {
    double over;
    double weights[9];
};
constexpr Mask frei_chen_masks[] = {
    {2 * root, {1, root, 1, 0, 0, 0, -1, -root, -1}},
    {2 * root, {1, 0, -1, root, 0, -root, 1, 0, -1}},
    {2 * root, {0, -1, root, 1, 0, -1, -root, 1, 0}},
    {2 * root, {root, -1, 0, -1, 0, 1, 0, 1, -root}},
    {2, {0, 1, 0, -1, 0, -1, 0, 1, 0}},
    {2, {-1, 0, 1, 0, 0, 0, 1, 0, -1}},
    {6, {1, -2, 1, -2, 4, -2, 1, -2, 1}},
    {6, {-2, 1, -2, 1, 4, 1, -2, 1, -2}},
    {3, {1, 1, 1, 1, 1, 1, 1, 1, 1}},
};

constexpr double laws_vectors[5][5] = {
    {1, 4, 6, 4, 1}, {-1, -2, 0, 2, 1}, {-1, 0, 2, 0, -1}, {-1, 2, 0, -2, 1}, {1, -4, 6, -4, 1}};

// The weights that give the middle's value, slope or curvature of the polynomial of least squares through `side`
// values: the projection onto polynomials that are orthogonal on these places.
std::vector<double> fitted_middle(int side, int order, int derivative) {
    const int half = side / 2;
    // Each polynomial by its values and, at the middle, its value, first and second derivative.
    std::vector<std::vector<double>> values;
    std::vector<std::array<double, 3>> middles;
    std::vector<double> weights(static_cast<std::size_t>(side), 0.0);
    for (int degree = 0; degree <= std::min(order, side - 1); ++degree) {
        std::vector<double> p(static_cast<std::size_t>(side));
        std::array<double, 3> middle{};
        if (degree == 0) {
            std::fill(p.begin(), p.end(), 1.0);
            middle = {1, 0, 0};
        } else {
            // x times the last one, in units of the half side, made orthogonal to all before.
            for (int n = 0; n < side; ++n)
                p[static_cast<std::size_t>(n)] =
                    static_cast<double>(n - half) / half * values.back()[static_cast<std::size_t>(n)];
            const std::array<double, 3>& last = middles.back();
            middle = {0, last[0] / half, 2 * last[1] / half};
        }
        const auto dot = [&](const std::vector<double>& a, const std::vector<double>& b) {
            double sum = 0;
            for (std::size_t n = 0; n < a.size(); ++n) sum += a[n] * b[n];
            return sum;
        };
        for (int again = 0; again < 2; ++again)
            for (std::size_t before = 0; before < values.size(); ++before) {
                const double part = dot(p, values[before]);
                for (std::size_t n = 0; n < p.size(); ++n) p[n] -= part * values[before][n];
                for (std::size_t n = 0; n < 3; ++n) middle[n] -= part * middles[before][n];
            }
        const double length = std::sqrt(dot(p, p));
        for (double& value : p) value /= length;
        for (double& value : middle) value /= length;
        for (std::size_t n = 0; n < p.size(); ++n) weights[n] += middle[static_cast<std::size_t>(derivative)] * p[n];
        values.push_back(std::move(p));
        middles.push_back(middle);
    }
    return weights;
}

Kernels two_phases(std::array<double, 6> values) {
    values[4] = 0;
    Kernels both = gabor(values);
    values[4] = 90;
    both.push_back(gabor(values).front());
    return both;
}

// The parameters of gabor() for a member: a bandwidth of one octave.
std::array<double, 6> member_of_bank(Values v) {
    const double member = v[0], directions = v[1];
    const double wavelength = std::min(v[2] * std::exp2(std::floor(member / directions)), 64.0);
    return {wavelength, 180 * std::fmod(member, directions) / directions, 0.56 * wavelength, 0.5, 0, 0};
}

}  // namespace

int disk_side(Values v) {
    return 2 * static_cast<int>(std::ceil(v[0])) + 1;
}
int gabor_energy_side(Values v) {
    const double values[] = {v[0], v[1], v[2], v[3], 0, v[4]};
    return gabor_side(values);
}
int gabor_bank_side(Values v) {
    return gabor_side(member_of_bank(v));
}

Kernels disk(Values v) {
    return {made_with_sum_1(disk_side(v), [&](int x, int y) { return area_inside(x, y, v[0]); })};
}
Kernels high_pass(Values v) {
    const int side = gaussian_side_like(v);
    const double sum = bells_of(side, v[0]);
    return {made(side, [&](int x, int y) { return (x == 0 && y == 0 ? 1 : 0) - bell(x, y, v[0]) / sum; })};
}
Kernels gaussian_derivative(Values v) {
    return {slope_of_gaussian(v, v[3] * pi / 180)};
}
Kernels gaussian_gradient(Values v) {
    return {slope_of_gaussian(v, 0), slope_of_gaussian(v, pi / 2)};
}
Kernels kirsch(Values v) {
    return turned_ring({5, 5, 5, -3, -3, -3, -3, -3}, v[0]);
}
Kernels robinson(Values v) {
    return turned_ring({1, 2, 1, 0, -1, -2, -1, 0}, v[0]);
}
Kernels frei_chen_mask(Values v) {
    const Mask& mask = frei_chen_masks[static_cast<std::size_t>(v[0]) - 1];
    return {made(3, [&](int x, int y) { return mask.weights[(y + 1) * 3 + x + 1] / mask.over; })};
}
Kernels frei_chen(Values) {
    const double first[] = {1}, second[] = {2};
    return {frei_chen_mask(first).front(), frei_chen_mask(second).front()};
}
Kernels laws(Values v) {
    const double(&down)[5] = laws_vectors[static_cast<std::size_t>(v[0])];
    const double(&across)[5] = laws_vectors[static_cast<std::size_t>(v[1])];
    double sum = 0;
    for (const double a : down)
        for (const double b : across) sum += std::abs(a * b);
    return {made(5, [&](int x, int y) { return down[y + 2] * across[x + 2] / sum; })};
}
Kernels gabor_energy(Values v) {
    return two_phases({v[0], v[1], v[2], v[3], 0, v[4]});
}
Kernels gabor_bank(Values v) {
    return two_phases(member_of_bank(v));
}
Kernels savitzky_golay(Values v) {
    const double values[] = {v[0], v[1], 0};
    return savitzky_golay_slope(values);
}
Kernels savitzky_golay_slope(Values v) {
    const int side = box_side(v), order = static_cast<int>(v[1]);
    const std::vector<double> down = fitted_middle(side, order, 0),
                              across = fitted_middle(side, order, static_cast<int>(v[2]));
    return {made(side, [&](int x, int y) {
        return down[static_cast<std::size_t>(y + side / 2)] * across[static_cast<std::size_t>(x + side / 2)];
    })};
}

}  // namespace convloom::image::named
