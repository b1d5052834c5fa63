// The power and the root of LP pooling.
#pragma once
#include <cmath>

#include "core/arith/layer/shape.hpp"

namespace convloom::arith {

// x to the power of p, by squaring.
inline float power(float x, Index p) {
    float result = 1;
    for (; p > 0; p /= 2, x *= x)
        if (p % 2 == 1) result *= x;
    return result;
}

// The p-th root of a sum of powers over `cells` cells. As in PyTorch, which starts from an average over the window's
// cells, a window that the input cuts off is scaled to the full `kernel` cells, and a negative sum under an odd power
// has no root (NaN).
inline float norm_of(float sum, Index p, Index kernel, Index cells) {
    if (cells > 0 && cells != kernel) sum = sum / static_cast<float>(cells) * static_cast<float>(kernel);
    if (p == 1) return sum;
    return static_cast<float>(p == 2 ? std::sqrt(sum)
                                     : std::pow(static_cast<double>(sum), 1.0 / static_cast<double>(p)));
}

}  // namespace convloom::arith
