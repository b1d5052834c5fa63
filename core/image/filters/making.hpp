// What the formulas of the named filters share: a kernel from a function of the place, and the Gaussian.
#pragma once
#include <cmath>

#include "core/image/filters/kernel.hpp"

namespace convloom::image::named {

inline constexpr double pi = 3.14159265358979323846;

// The weight at each position, x to the right and y down from the middle, rounded once.
template <class Weight>
Kernel made(int side, Weight weight) {
    Kernel kernel{side, {}};
    for (int r = 0; r < side; ++r)
        for (int c = 0; c < side; ++c) kernel.weights.push_back(static_cast<float>(weight(c - side / 2, r - side / 2)));
    return kernel;
}

// The same, divided by its sum.
template <class Weight>
Kernel made_with_sum_1(int side, Weight weight) {
    double sum = 0;
    made(side, [&](int x, int y) { return sum += weight(x, y), 0.0; });
    return made(side, [&](int x, int y) { return weight(x, y) / sum; });
}

inline double bell(double x, double y, double sigma) {
    return std::exp(-(x * x + y * y) / (2 * sigma * sigma));
}

}  // namespace convloom::image::named
