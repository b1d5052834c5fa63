#include "core/state/data/side_patterns.hpp"

#include <algorithm>

#include "core/arith/layer/unpooling.hpp"

namespace convloom::state {
namespace {

using arith::Index;

// Moves a kernel cell away from the middle of the kernel by half a cell, and a quarter more, less or neither.
float offset_value(const arith::Layer& layer, std::uint32_t seed, Index channel, Index row, Index column) {
    const auto& axes = layer.axes;
    const Index cell = channel / 2, direction = channel % 2;
    const Index along = direction == 0 ? cell / axes[1].kernel % axes[0].kernel : cell % axes[1].kernel;
    const Index from_middle = 2 * along + 1 - axes[static_cast<std::size_t>(direction)].kernel;
    constexpr float wobble[] = {-0.25f, 0, 0, 0.25f};
    return static_cast<float>(std::clamp<Index>(from_middle, -1, 1)) / 2 +
           wobble[static_cast<int>(pattern_value(seed, channel, row, column))];
}

// 0 in the middle third of the input, else 1.
float mask_value(const arith::Layer& layer, Index row, Index column) {
    const auto middle = [](Index at, Index size) { return at >= size / 3 && at < size - size / 3; };
    return middle(row, layer.axes[0].size) && middle(column, layer.axes[1].size) ? 0.0f : 1.0f;
}

float value_of(const arith::Layer& layer, std::size_t number, std::uint32_t seed, Index plane, Index row,
               Index column) {
    if (layer.op == arith::Op::partial_convolution) return mask_value(layer, row, column);
    if (number == 0) return offset_value(layer, seed, plane, row, column);
    return 1 - pattern_value(seed, plane, row, column) / 4;
}

// The indices that a max pooling of a pattern gives.
arith::Tensor pooled_pattern(const arith::Layer& layer, Pattern pattern, std::uint32_t seed) {
    return arith::pooled_for(layer, patterned(arith::output_shape(layer), layer.rank(), pattern, seed)).indices;
}

}  // namespace

arith::Tensor made_up_side(const arith::Layer& layer, std::size_t number, std::uint32_t seed) {
    if (layer.op == arith::Op::max_unpooling) return pooled_pattern(layer, Pattern::random, seed);
    arith::Tensor tensor{arith::side_tensors(layer)[number].shape, {}};
    const Index count = *arith::element_count(tensor.shape), rows = tensor.shape[1], columns = tensor.shape[2];
    tensor.values.reserve(static_cast<std::size_t>(count));
    for (Index n = 0; n < count; ++n)
        tensor.values.push_back(value_of(layer, number, seed, n / (rows * columns), n / columns % rows, n % columns));
    return tensor;
}

arith::SideTensors made_up_sides(const arith::Layer& layer, std::uint32_t seed) {
    arith::SideTensors sides;
    for (std::size_t n = 0; n < arith::side_tensors(layer).size(); ++n) sides[n] = made_up_side(layer, n, seed);
    return sides;
}

arith::Tensor patterned_side(const arith::Layer& layer, std::size_t number, Pattern pattern, std::uint32_t seed) {
    if (layer.op == arith::Op::max_unpooling) return pooled_pattern(layer, pattern, seed);
    if (pattern == Pattern::random) return made_up_side(layer, number, seed);
    return patterned(arith::side_tensors(layer)[number].shape, layer.rank(), pattern, seed);
}

}  // namespace convloom::state
