#include "core/arith/compute/fast.hpp"

#include <algorithm>
#include <array>

#include "core/arith/compute/convolve.hpp"
#include "core/arith/compute/fast_tile.hpp"
#include "core/arith/layer/output_size.hpp"

namespace convloom::arith {

const TileSet& tiles() {
#ifdef CONVLOOM_X86_TILES
    static const TileSet& best = __builtin_cpu_supports("avx512f") ? tile_detail::avx512
                                 : __builtin_cpu_supports("avx2")  ? tile_detail::avx2
                                                                   : tile_detail::baseline;
    return best;
#else
    return tile_detail::baseline;
#endif
}

namespace {

constexpr Index most_padded = Index{1} << 30;  // in floats; larger inputs use the reference, which makes no copy

// The layer with three axes; missing leading axes have size 1.
std::array<Axis, 3> three_axes(const Layer& layer) {
    std::array<Axis, 3> axes{};
    std::copy(layer.axes.begin(), layer.axes.end(), axes.end() - layer.rank());
    return axes;
}
Index output_of(const Layer& layer, int three) {
    const int a = three - (3 - layer.rank());
    return a < 0 ? 1 : output_size(layer, a);
}

// The padded input: [channel][depth][height][phase][column]. Neighbouring columns of a phase are a stride apart in the
// input.
struct Padded {
    Index depth, height, phases, columns;  // columns include room for whole vectors past the last one
    std::vector<float> values;
    Index row() const { return phases * columns; }
    Index channel() const { return depth * height * row(); }
};

struct Plan {
    const Layer& layer;
    std::array<Axis, 3> axes;
    std::array<Index, 3> out;
    std::array<Index, 3> before;  // padding before the input on each axis, in the padded copy
    Padded padded;
    Index kernel_volume = 1;

    Plan(const Layer& l, Index spare) : layer(l), axes(three_axes(l)) {
        for (int a = 0; a < 3; ++a) {
            out[a] = output_of(l, a);
            kernel_volume *= axes[a].kernel;
        }
        std::array<Index, 3> size;
        for (int a = 0; a < 3; ++a) {
            const Axis& axis = axes[a];
            // A transposed layer's taps reach (k-1)d/s cells back and p/s and more forward. Along the columns, cells
            // outside the input are zeros in the copy; along the other axes such taps are skipped.
            const bool columns = a == 2;
            const Index reach = columns ? (axis.dilation * (axis.kernel - 1)) / axis.stride + 1 : 0;
            const Index beyond =
                columns ? std::max<Index>((out[a] + axis.pad_before) / axis.stride + 2 - axis.size, 0) : 0;
            before[a] = l.is_transposed() ? reach : axis.pad_before;
            size[a] = l.is_transposed() ? reach + axis.size + beyond : padded_size(axis);
        }
        const Index phases = l.is_transposed() ? 1 : axes[2].stride;
        padded = {size[0], size[1], phases, (size[2] + phases - 1) / phases + spare, {}};
    }

    bool fits() const {
        Index count = layer.in_channels;
        for (Index n : {padded.depth, padded.height, padded.phases, padded.columns})
            if (__builtin_mul_overflow(count, n, &count)) return false;
        return count <= most_padded;
    }

    void fill(const Tensor& input) {
        padded.values.assign(static_cast<std::size_t>(layer.in_channels * padded.channel()), layer.padding_value);
        const PaddingMode mode = layer.is_transposed() ? PaddingMode::zeros : layer.padding_mode;
        const Index width = layer.is_transposed() ? before[2] + axes[2].size : padded_size(axes[2]);
        // For each column of the copy, its source in the input and its target.
        std::vector<std::pair<Index, Index>> columns;
        for (Index x = 0; x < width; ++x)
            if (const Index from = padding_source(x - before[2], axes[2].size, mode); from >= 0)
                columns.push_back({from, x % padded.phases * padded.columns + x / padded.phases});
        const float* in = input.values.data();
        for (Index c = 0; c < layer.in_channels; ++c)
            for (Index z = 0; z < padded.depth; ++z)
                for (Index y = 0; y < padded.height; ++y) {
                    const Index from_z = padding_source(z - before[0], axes[0].size, mode),
                                from_y = padding_source(y - before[1], axes[1].size, mode);
                    if (from_z < 0 || from_y < 0) continue;
                    const float* row = in + ((c * axes[0].size + from_z) * axes[1].size + from_y) * axes[2].size;
                    float* to = padded.values.data() + c * padded.channel() + (z * padded.height + y) * padded.row();
                    for (const auto& [x, place] : columns) to[place] = row[x];
                }
    }
};

// The weights of a tile of output channels: [channel][kernel cell][output channel]; missing channels are zeros.
std::vector<float> packed(const Layer& layer, const Tensor& weight, Index kernel_volume, Index group, Index first,
                          int tile) {
    const Index in = layer.group_in(), out = layer.group_out();
    std::vector<float> all(static_cast<std::size_t>(in * kernel_volume * tile), 0.0f);
    for (Index c = 0; c < in; ++c)
        for (Index k = 0; k < kernel_volume; ++k)
            for (int o = 0; o < tile && first + o < out; ++o) {
                const Index cell = layer.flip ? kernel_volume - 1 - k : k;
                const Index from = layer.is_transposed() ? ((group * in + c) * out + first + o) * kernel_volume + cell
                                                         : ((group * out + first + o) * in + c) * kernel_volume + cell;
                all[static_cast<std::size_t>((c * kernel_volume + k) * tile + o)] =
                    weight.values[static_cast<std::size_t>(from)];
            }
    return all;
}

struct Taps {
    std::vector<Index> offsets, cells;
};

// The taps of one row of outputs and one phase of its columns, as positions in the padded copy.
Taps taps_of(const Plan& plan, Index oz, Index oy, Index phase) {
    Taps taps;
    const auto& [deep, high, wide] = plan.axes;
    const bool transposed = plan.layer.is_transposed();
    // Returns false if a transposed layer's kernel cell meets no input cell.
    auto place = [&](const Axis& axis, Index o, Index k, Index& at) {
        if (!transposed) {
            at = o * axis.stride + k * axis.dilation;
            return true;
        }
        const Index spread = o + axis.pad_before - k * axis.dilation;
        at = spread / axis.stride;
        return spread >= 0 && spread % axis.stride == 0 && at < axis.size;
    };
    Index cell = 0;
    for (Index kz = 0; kz < deep.kernel; ++kz)
        for (Index ky = 0; ky < high.kernel; ++ky)
            for (Index kx = 0; kx < wide.kernel; ++kx, ++cell) {
                Index z = 0, y = 0, x = 0;
                if (!place(deep, oz, kz, z) || !place(high, oy, ky, y)) continue;
                if (transposed) {
                    const Index spread = phase + wide.pad_before - kx * wide.dilation;
                    if (spread % wide.stride != 0) continue;
                    x = plan.before[2] + spread / wide.stride;
                } else {
                    const Index shift = kx * wide.dilation;
                    x = shift % wide.stride * plan.padded.columns + shift / wide.stride;
                }
                taps.offsets.push_back((z * plan.padded.height + y) * plan.padded.row() + x);
                taps.cells.push_back(cell);
            }
    return taps;
}

struct Runner {
    const Plan& plan;
    const TileSet& set;
    const Tensor* bias;
    Tensor& output;
    int tile;  // output channels per tile
    Index tiles_per_group;
    std::vector<std::vector<float>> weights;  // of each group's tiles

    // Computes one row of outputs in all channels.
    void row(Index number) const {
        const Index oz = number / plan.out[1], oy = number % plan.out[1];
        const Index phases = plan.layer.is_transposed() ? plan.axes[2].stride : 1;
        for (Index phase = 0; phase < std::min(phases, plan.out[2]); ++phase) {
            const Taps taps = taps_of(plan, oz, oy, phase);
            const Index columns = (plan.out[2] - phase + phases - 1) / phases;
            for (Index group = 0; group < plan.layer.groups; ++group)
                for (Index n = 0; n < tiles_per_group; ++n) strip(taps, number, phase, phases, columns, group, n);
        }
    }

    void strip(const Taps& taps, Index row_number, Index phase, Index phases, Index columns, Index group,
               Index n) const {
        const Index group_in = plan.layer.group_in(), group_out = plan.layer.group_out();
        const Index vectors = (columns + set.lanes - 1) / set.lanes;
        const Index pieces = (vectors + set.most_vectors - 1) / set.most_vectors;
        const auto& packed_weights = weights[static_cast<std::size_t>(group * tiles_per_group + n)];
        alignas(64) float sums[most_tile_floats];
        for (Index piece = 0, from = 0; piece < pieces; ++piece) {
            // Splits the row into pieces of nearly equal width.
            const Index wide = vectors * (piece + 1) / pieces - vectors * piece / pieces;
            const TileJob job{plan.padded.values.data() + group * group_in * plan.padded.channel() + from,
                              plan.padded.channel(),
                              group_in,
                              taps.offsets.data(),
                              taps.cells.data(),
                              static_cast<Index>(taps.offsets.size()),
                              packed_weights.data(),
                              plan.kernel_volume * tile,
                              sums,
                              static_cast<int>(wide)};
            (tile == 1 ? set.one : set.four)(job);
            const Index end = std::min(from + wide * set.lanes, columns);
            for (int o = 0; o < tile && n * tile + o < group_out; ++o) {
                const Index channel = group * group_out + n * tile + o;
                const float* of = sums + o * wide * set.lanes;
                float* to =
                    output.values.data() + (channel * plan.out[0] * plan.out[1] + row_number) * plan.out[2] + phase;
                for (Index x = from; x < end; ++x)
                    to[x * phases] =
                        bias ? of[x - from] + bias->values[static_cast<std::size_t>(channel)] : of[x - from];
            }
            from += wide * set.lanes;
        }
    }
};

}  // namespace

Tensor fast(const Layer& layer, const Tensor& input, const Tensor& weight, const Tensor* bias,
            const ParallelFor& parallel, const SideTensors& sides) {
    const TileSet& set = tiles();
    // There are no tiles for the other kinds, so the plain loops do them.
    if (layer.op != Op::convolution && !layer.is_transposed()) return reference(layer, input, weight, bias, sides);
    // Tiles read past the last column by at most the width of a tile, and by the shift of a kernel cell.
    Plan plan(layer, set.lanes * set.most_vectors + set.lanes);
    if (!plan.fits()) return reference(layer, input, weight, bias);
    plan.fill(input);
    Tensor output{output_shape(layer),
                  std::vector<float>(static_cast<std::size_t>(*element_count(output_shape(layer))))};
    Runner runner{plan, set, bias, output, layer.group_out() == 1 ? 1 : 4, 0, {}};
    runner.tiles_per_group = (layer.group_out() + runner.tile - 1) / runner.tile;
    for (Index group = 0; group < layer.groups; ++group)
        for (Index n = 0; n < runner.tiles_per_group; ++n)
            runner.weights.push_back(packed(layer, weight, plan.kernel_volume, group, n * runner.tile, runner.tile));
    const Index rows = plan.out[0] * plan.out[1];
    const std::function<void(Index)> body = [&](Index number) { runner.row(number); };
    if (parallel) {
        parallel(rows, body);
    } else {
        for (Index number = 0; number < rows; ++number) runner.row(number);
    }
    return output;
}

}  // namespace convloom::arith
