#include "core/state/data/patterns.hpp"

#include <algorithm>
#include <array>

#include "core/image/filters/filter.hpp"

namespace convloom::state {
namespace {

using arith::Index;

// Five columns by seven rows, like a character display.
constexpr std::array<std::string_view, 10> digits = {
    "01110100011001110101110011000101110", "00100011000010000100001000010001110", "01110100010000100010001000100011111",
    "11111000100010000010000011000101110", "00010001100101010010111110001000010", "11111100001111000001000011000101110",
    "00110010001000011110100011000101110", "11111000010001000100010000100001000", "01110100011000101110100011000101110",
    "01110100011000101111000010001001100"};
constexpr Index digit_rows = 7, digit_columns = 5;

// The digit scaled to the largest size that fits with a border, by nearest neighbour.
float digit_value(std::uint32_t number, Index row, Index column, Index rows, Index columns) {
    const Index border = rows > 8 && columns > 6 ? 1 : 0;
    row -= border, column -= border, rows -= 2 * border, columns -= 2 * border;
    if (row < 0 || column < 0 || row >= rows || column >= columns) return 0;
    const Index r = row * digit_rows / rows, c = column * digit_columns / columns;
    return digits[number % 10][r * digit_columns + c] == '1' ? 1.0f : 0.0f;
}

// Calls visit(index in the tensor, plane, row, column) in order until it returns false.
template <class Visit>
void for_each_cell(const arith::Shape& shape, Visit&& visit) {
    const Index count = *arith::element_count(shape), columns = shape.back(),
                rows = shape.size() > 2 ? shape[shape.size() - 2] : 1;
    for (Index n = 0; n < count; ++n)
        if (!visit(static_cast<std::size_t>(n), n / (rows * columns), n / columns % rows, n % columns)) return;
}

constexpr KernelPattern named[] = {{"sobel-x", "Sobel x", "3×3"},
                                   {"sobel-y", "Sobel y", "3×3"},
                                   {"gaussian", "Gaussian", "square kernels of odd sides up to 31"},
                                   {"laplacian", "Laplacian", "3×3"},
                                   {"box", "Box", "square kernels up to 31×31"},
                                   {"identity", "Identity", "square kernels of odd sides up to 31"},
                                   {"emboss", "Emboss", "3×3"}};

}  // namespace

std::span<const KernelPattern> kernel_patterns() {
    return named;
}

const KernelPattern* kernel_pattern_named(std::string_view filter) {
    const auto* found =
        std::find_if(std::begin(named), std::end(named), [&](const KernelPattern& p) { return p.filter == filter; });
    return found == std::end(named) ? nullptr : found;
}

std::optional<image::Kernel> KernelPattern::kernel(Index rows, Index columns) const {
    if (rows != columns || rows < 1 || rows > image::most_table_side) return std::nullopt;
    const int side = static_cast<int>(rows);
    const image::NamedFilter& of = *image::filter_named(filter);
    std::vector<double> values = of.usual_values();
    for (std::size_t n = 0; n < values.size(); ++n)
        if (of.parameters[n].name == "size") values[n] = side;
    image::Kernel made = of.kernels(values).front();
    // On an even side only the box filter has a kernel. On a square larger than the filter's own only the identity is
    // unchanged.
    if (side % 2 == 0 && filter != "box") return std::nullopt;
    if (filter == "identity") made = resized(made, side);
    if (made.side != side) return std::nullopt;
    return made;
}

arith::Tensor patterned(arith::Shape shape, std::uint32_t seed) {
    arith::Tensor tensor{std::move(shape), {}};
    tensor.values.reserve(static_cast<std::size_t>(*arith::element_count(tensor.shape)));
    for_each_cell(tensor.shape, [&](std::size_t, Index plane, Index row, Index column) {
        tensor.values.push_back(pattern_value(seed, plane, row, column));
        return true;
    });
    return tensor;
}

std::optional<std::uint32_t> seed_of(const arith::Tensor& tensor, std::uint32_t first, std::uint32_t count) {
    for (std::uint32_t seed = first; seed != first + count; ++seed) {
        bool same = true;
        for_each_cell(tensor.shape, [&](std::size_t n, Index plane, Index row, Index column) {
            same = tensor.values[n] == pattern_value(seed, plane, row, column);
            return same;
        });
        if (same) return seed;
    }
    return std::nullopt;
}

arith::Tensor patterned(arith::Shape shape, int rank, Pattern pattern, std::uint32_t seed) {
    arith::Tensor tensor{std::move(shape), {}};
    const Index count = *arith::element_count(tensor.shape);
    // A bias has no planes: its cells form one row.
    const Index columns = tensor.shape.back(),
                rows = rank > 1 && tensor.shape.size() > 2 ? tensor.shape[tensor.shape.size() - 2] : 1;
    tensor.values.reserve(static_cast<std::size_t>(count));
    for (Index n = 0; n < count; ++n) {
        const Index plane = n / (rows * columns), row = n / columns % rows, column = n % columns;
        float value = 0;
        switch (pattern) {
            case Pattern::ramp:
                value = static_cast<float>(n % (rows * columns));
                break;
            case Pattern::checker:
                value = static_cast<float>((row + column + plane) % 2);
                break;
            case Pattern::impulse:
                value = row == rows / 2 && column == columns / 2 ? 1.0f : 0.0f;
                break;
            case Pattern::random:  // the sum of two pattern values gives more than four different numbers
                value = static_cast<float>(static_cast<int>(pattern_value(seed, plane, row, column) * 4 +
                                                            pattern_value(seed + 77, plane, row, column)) %
                                           10);
                break;
            case Pattern::digit:
                value = digit_value(seed + static_cast<std::uint32_t>(plane), row, column, rows, columns);
                break;
            case Pattern::zeros:
                break;
            case Pattern::ones:
                value = 1;
                break;
        }
        tensor.values.push_back(value);
    }
    return tensor;
}

}  // namespace convloom::state
