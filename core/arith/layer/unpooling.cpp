#include "core/arith/layer/unpooling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace convloom::arith {
namespace {

// "(1, 2)"
std::string place_text(const Cell& cell, int rank) {
    std::string text;
    for (int a = 0; a < rank; ++a) text += fmt::format("{}{}", a > 0 ? ", " : "", cell[a]);
    return "(" + text + ")";
}

}  // namespace

UnpoolingWindow unpooling_window(const Layer& layer, const Cell& cell) {
    UnpoolingWindow window;
    for (int a = 0; a < layer.rank(); ++a) {
        const Axis& axis = layer.axes[static_cast<std::size_t>(a)];
        const Index first = cell[a] * axis.stride - axis.pad_before;
        window.begin[a] = std::max<Index>(first, 0);
        window.extents[a] = std::min(first + axis.kernel, restored_size(axis)) - window.begin[a];
    }
    return window;
}

Cell unpooled_cell(const Layer& layer, const Extents& extents, const Shared<Tensor>& indices, Index channel,
                   const Cell& cell) {
    if (!indices) return unpooling_window(layer, cell).begin;
    const Index at = channel * extents.in_volume + index_of(cell, extents.in, layer.rank());
    return cell_at(static_cast<Index>(indices->values[static_cast<std::size_t>(at)]), extents.out, layer.rank());
}

Pooled pooled_for(const Layer& unpooling, const Tensor& output) {
    const Extents e(unpooling);
    const int rank = unpooling.rank();
    Pooled pooled{{input_shape(unpooling), {}}, {input_shape(unpooling), {}}};
    for (Index n = 0; n < unpooling.in_channels * e.in_volume; ++n) {
        const float* plane = output.values.data() + n / e.in_volume * e.out_volume;
        const UnpoolingWindow window = unpooling_window(unpooling, cell_at(n % e.in_volume, e.in, rank));
        Index cells = 1, best = -1;
        for (int a = 0; a < rank; ++a) cells *= window.extents[a];
        for (Index k = 0; k < cells; ++k) {
            Cell at = cell_at(k, window.extents, rank);
            for (int a = 0; a < rank; ++a) at[a] += window.begin[a];
            const Index index = index_of(at, e.out, rank);
            // As in PyTorch, the first of equal ones, and NaN is larger than any number.
            if (best < 0 || plane[index] > plane[best] || std::isnan(plane[index])) best = index;
        }
        pooled.values.values.push_back(plane[best]);
        pooled.indices.values.push_back(static_cast<float>(best));
    }
    return pooled;
}

std::string indices_problem(const Layer& layer, const Tensor& indices) {
    const Extents e(layer);
    const int rank = layer.rank();
    for (Index n = 0; n < static_cast<Index>(indices.values.size()); ++n) {
        const float value = indices.values[static_cast<std::size_t>(n)];
        const Cell cell = cell_at(n % e.in_volume, e.in, rank);
        if (!(value >= 0 && value < static_cast<float>(e.out_volume)) || value != std::floor(value))
            return fmt::format("The index of cell {} is {}; a plane of the output has the cells 0 to {}.",
                               place_text(cell, rank), value, e.out_volume - 1);
        const Cell at = cell_at(static_cast<Index>(value), e.out, rank);
        const UnpoolingWindow window = unpooling_window(layer, cell);
        for (int a = 0; a < rank; ++a)
            if (at[a] < window.begin[a] || at[a] >= window.begin[a] + window.extents[a])
                return fmt::format(
                    "The index of cell {} is {}, which is the output's cell {}; its window begins at {} "
                    "and has {}.",
                    place_text(cell, rank), value, place_text(at, rank), place_text(window.begin, rank),
                    to_text(Shape(window.extents.begin(), window.extents.begin() + rank)));
    }
    return "";
}

}  // namespace convloom::arith
