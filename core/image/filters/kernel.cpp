#include "core/image/filters/kernel.hpp"

#include <algorithm>
#include <cmath>

namespace convloom::image {
namespace {

template <class Weight>
Kernel rearranged(const Kernel& kernel, Weight weight) {
    Kernel result{kernel.side, {}};
    result.weights.reserve(kernel.weights.size());
    for (int r = 0; r < kernel.side; ++r)
        for (int c = 0; c < kernel.side; ++c) result.weights.push_back(weight(r, c));
    return result;
}

}  // namespace

double sum_of(const Kernel& kernel) {
    double sum = 0;
    for (float w : kernel.weights) sum += static_cast<double>(w);
    return sum;
}

bool sums_to_more(const Kernel& kernel) {
    double size = 0;
    for (float w : kernel.weights) size += std::abs(static_cast<double>(w));
    return sum_of(kernel) > 1e-6 * size;
}

Kernel normalised(const Kernel& kernel) {
    double sum = sum_of(kernel), positive = 0, size = 0;
    for (float w : kernel.weights) {
        positive += std::max(static_cast<double>(w), 0.0);
        size += std::abs(static_cast<double>(w));
    }
    if (std::abs(sum) <= 1e-6 * size) sum = positive;
    if (sum == 0) return kernel;
    return rearranged(kernel,
                      [&](int r, int c) { return static_cast<float>(static_cast<double>(kernel.at(r, c)) / sum); });
}

Kernel turned(const Kernel& kernel) {
    return rearranged(kernel, [&](int r, int c) { return kernel.at(kernel.side - 1 - c, r); });
}
Kernel mirrored_left_right(const Kernel& kernel) {
    return rearranged(kernel, [&](int r, int c) { return kernel.at(r, kernel.side - 1 - c); });
}
Kernel mirrored_up_down(const Kernel& kernel) {
    return rearranged(kernel, [&](int r, int c) { return kernel.at(kernel.side - 1 - r, c); });
}

Kernel resized(const Kernel& kernel, int side) {
    const int shift = side / 2 - kernel.side / 2;
    Kernel result{side, std::vector<float>(static_cast<std::size_t>(side) * side, 0.0f)};
    for (int r = 0; r < side; ++r)
        for (int c = 0; c < side; ++c) {
            const int from_r = r - shift, from_c = c - shift;
            if (from_r >= 0 && from_c >= 0 && from_r < kernel.side && from_c < kernel.side)
                result.weights[static_cast<std::size_t>(r) * side + c] = kernel.at(from_r, from_c);
        }
    return result;
}

Kernel kernel_of_table(int rows, int columns, const std::vector<float>& weights, const Laying& laying) {
    Cell origin{rows / 2, columns / 2};
    if (laying.origin)
        origin =
            laying.flip ? Cell{rows - 1 - laying.origin->row, columns - 1 - laying.origin->column} : *laying.origin;
    // An odd number of rows with an even number of columns needs a square with room for both middles.
    int side = std::max(rows, columns);
    auto fits = [&](int size, int at) { return side / 2 - at >= 0 && side / 2 - at + size <= side; };
    while (!fits(rows, origin.row) || !fits(columns, origin.column)) ++side;
    Kernel kernel{side, std::vector<float>(static_cast<std::size_t>(side) * side, 0.0f)};
    for (int r = 0; r < rows; ++r)
        for (int c = 0; c < columns; ++c) {
            const int from = r * columns + c, last = rows * columns - 1;
            kernel
                .weights[static_cast<std::size_t>(r + side / 2 - origin.row) * side + (c + side / 2 - origin.column)] =
                weights[static_cast<std::size_t>(laying.flip ? last - from : from)];
        }
    return kernel;
}

std::optional<Separable> separable(const Kernel& kernel) {
    const auto largest = std::max_element(kernel.weights.begin(), kernel.weights.end(),
                                          [](float a, float b) { return std::abs(a) < std::abs(b); });
    if (largest == kernel.weights.end() || *largest == 0 || !std::isfinite(*largest)) return std::nullopt;
    const int at = static_cast<int>(largest - kernel.weights.begin()), row = at / kernel.side,
              column = at % kernel.side;
    const double pivot = *largest;
    for (int r = 0; r < kernel.side; ++r)
        for (int c = 0; c < kernel.side; ++c) {
            const double product = static_cast<double>(kernel.at(r, column)) * kernel.at(row, c) / pivot;
            if (!(std::abs(product - kernel.at(r, c)) <= 1e-6 * std::abs(pivot))) return std::nullopt;
        }
    // The two share the pivot's magnitude, so that neither grows larger than the other.
    const double share = std::sqrt(std::abs(pivot));
    Separable result;
    for (int n = 0; n < kernel.side; ++n) {
        result.column.push_back(static_cast<float>(kernel.at(n, column) / share));
        result.row.push_back(static_cast<float>(kernel.at(row, n) * share / pivot));
    }
    return result;
}

namespace {

// A kernel minus the parts found so far.
struct Rest {
    const Kernel& kernel;
    double little;  // the allowed remainder of a weight, beyond its own rounding
    std::vector<double> weights{kernel.weights.begin(), kernel.weights.end()};

    double beyond(std::size_t at) const {
        return std::abs(weights[at]) - little - 3e-7 * std::abs(static_cast<double>(kernel.weights[at]));
    }
    std::size_t greatest() const {
        std::size_t found = 0;
        for (std::size_t at = 1; at < weights.size(); ++at)
            if (beyond(at) > beyond(found)) found = at;
        return found;
    }
    // The column and the row through a weight; subtracting their product clears both.
    Separable taken(std::size_t at) {
        const auto side = static_cast<std::size_t>(kernel.side), row = at / side, column = at % side;
        const double pivot = weights[at], share = std::sqrt(std::abs(pivot));
        std::vector<double> down, across;
        for (std::size_t n = 0; n < side; ++n) {
            down.push_back(weights[n * side + column] / share);
            across.push_back(weights[row * side + n] * share / pivot);
        }
        for (std::size_t r = 0; r < side; ++r)
            for (std::size_t c = 0; c < side; ++c) weights[r * side + c] -= down[r] * across[c];
        return {{down.begin(), down.end()}, {across.begin(), across.end()}};
    }
};

}  // namespace

std::vector<Separable> separable_parts(const Kernel& kernel, long most) {
    double size = 0;
    for (float w : kernel.weights) size += std::abs(static_cast<double>(w));
    if (!(size > 0) || !std::isfinite(size)) return {};
    // The remainder adds up over all cells.
    Rest rest{kernel, 3e-6 * size / static_cast<double>(kernel.weights.size())};
    std::vector<Separable> parts;
    for (std::size_t at = rest.greatest(); rest.beyond(at) > 0; at = rest.greatest()) {
        if ((static_cast<long>(parts.size()) + 1) * 2 * kernel.side > most) return {};
        parts.push_back(rest.taken(at));
    }
    return parts;
}

Saving saving_of(const Kernel& kernel) {
    return {kernel.side * kernel.side, 2 * kernel.side};
}

}  // namespace convloom::image
