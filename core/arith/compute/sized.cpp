// The plain loops of adaptive pooling, upsampling and LP pooling.
#include <algorithm>
#include <cstdlib>
#include <limits>
#include <vector>

#include "core/arith/compute/convolve.hpp"
#include "core/arith/layer/norm.hpp"
#include "core/arith/layer/output_size.hpp"

namespace convloom::arith {
namespace {

struct Share {
    Index cell;
    float weight;
};

// The cells of output n along an axis of i cells with o outputs, and what each counts.
std::vector<Share> shares_of(const Layer& layer, Index i, Index o, Index n) {
    std::vector<Share> shares;
    switch (layer.op) {
        case Op::adaptive_average_pooling:
        case Op::adaptive_max_pooling:
            // The cells that n·i/o to (n+1)·i/o touches.
            for (Index cell = n * i / o; cell * o < (n + 1) * i; ++cell) shares.push_back({cell, 1});
            return shares;
        case Op::upsample_nearest:
            return {{n * i / o, 1}};
        case Op::upsample_linear:
            break;
        case Op::convolution:
        case Op::transposed_convolution:
        case Op::average_pooling:
        case Op::max_pooling:
        case Op::lp_pooling:
        case Op::deformable_convolution:
        case Op::partial_convolution:
        case Op::max_unpooling:
        case Op::unfold:
        case Op::fold:
            std::abort();
    }
    // The output lies at place/unit between the centres of the first and the last cell; a cell counts the more the
    // nearer it is, down to 0 at a distance of one cell.
    Index unit = 2 * o, place = std::clamp<Index>((2 * n + 1) * i - o, 0, (i - 1) * unit);
    if (layer.align_corners) unit = std::max<Index>(o - 1, 1), place = o == 1 ? 0 : n * (i - 1);
    for (Index cell = place / unit; cell < i && cell * unit - place < unit; ++cell)
        shares.push_back({cell, static_cast<float>(static_cast<double>(unit - std::abs(cell * unit - place)) /
                                                   static_cast<double>(unit))});
    return shares;
}

float combined(const Layer& layer, const Extents& e, const float* plane, const Cell& at) {
    const int rank = layer.rank(), outer = max_rank - rank;
    std::vector<Share> along[max_rank];
    for (int a = 0; a < max_rank; ++a)
        along[a] =
            a < outer ? std::vector<Share>{{0, 1}} : shares_of(layer, e.in[a - outer], e.out[a - outer], at[a - outer]);
    const bool maximum = layer.op == Op::adaptive_max_pooling;
    float result = maximum ? -std::numeric_limits<float>::infinity() : 0.0f;
    for (const Share& s0 : along[0])
        for (const Share& s1 : along[1])
            for (const Share& s2 : along[2]) {
                const Index cells[] = {s0.cell, s1.cell, s2.cell};
                Cell cell{};
                std::copy(cells + outer, cells + max_rank, cell.begin());
                const float x = plane[index_of(cell, e.in, rank)];
                result = maximum ? std::max(result, x) : result + x * (s0.weight * s1.weight * s2.weight);
            }
    const std::size_t count = along[0].size() * along[1].size() * along[2].size();
    return layer.op == Op::adaptive_average_pooling ? result / static_cast<float>(count) : result;
}

// One output cell of LP pooling, with PyTorch's formula: the average of the powers over the cells of the window in the
// input, times the cells of a full window, and the root of that.
float norm(const Layer& layer, const Extents& e, const float* plane, const Cell& at) {
    float sum = 0;
    Index cells = 0;
    for (Index k = 0; k < e.kernel_volume; ++k) {
        const Cell tap = cell_at(k, e.kernel, layer.rank());
        Cell source{};
        bool inside = true;
        for (int a = 0; a < layer.rank(); ++a) {
            source[a] = at[a] * layer.axes[a].stride + tap[a];
            inside &= source[a] < e.in[a];
        }
        if (!inside) continue;
        ++cells;
        sum += power(plane[index_of(source, e.in, layer.rank())], layer.norm_type);
    }
    return norm_of(sum, layer.norm_type, e.kernel_volume, cells);
}

Tensor each_output(const Layer& layer, const Tensor& input,
                   float (*compute)(const Layer&, const Extents&, const float*, const Cell&)) {
    const Extents e(layer);
    Tensor output{output_shape(layer), {}};
    for (Index c = 0; c < layer.out_channels; ++c)
        for (Index o = 0; o < e.out_volume; ++o)
            output.values.push_back(
                compute(layer, e, input.values.data() + c * e.in_volume, cell_at(o, e.out, layer.rank())));
    return output;
}

}  // namespace

Tensor sized(const Layer& layer, const Tensor& input) {
    return each_output(layer, input, combined);
}

Tensor lp_pool(const Layer& layer, const Tensor& input) {
    return each_output(layer, input, norm);
}

}  // namespace convloom::arith
