#include "core/arith/layer/output_size.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "core/arith/base/saturating.hpp"

namespace convloom::arith {

Index output_size(const Axis& axis) {
    return (padded_size(axis) - kernel_extent(axis)) / axis.stride + 1;
}

Index Layer::window_cells() const {
    Index cells = 1;
    for (const Axis& axis : axes) cells = saturating_product(cells, std::max<Index>(axis.kernel, 1));
    return cells;
}
Index Layer::out_channels_for(Index in) const {
    if (kind().unfolds) return saturating_product(in, window_cells());
    if (kind().folds) return std::max<Index>(in / window_cells(), 1);
    return mixes_channels() ? out_channels : in;
}

Index restored_size(const Axis& axis) {
    if (axis.restored_size > 0) return axis.restored_size;
    return (axis.size - 1) * axis.stride + kernel_extent(axis) - axis.pad_before - axis.pad_after;
}

namespace {

// The output size of a pooling with ceil_mode.
Index rounded_up(const Axis& axis) {
    const Index rest = padded_size(axis) - kernel_extent(axis) + axis.stride - 1;
    if (rest < 0) return 0;
    const Index size = rest / axis.stride + 1;
    return (size - 1) * axis.stride >= axis.size + axis.pad_before ? size - 1 : size;
}

std::string rounded_up_formula(const Axis& axis, const std::string& padding) {
    const Index size = rounded_up(axis);
    const Index rounded = (padded_size(axis) - kernel_extent(axis) + axis.stride - 1) / axis.stride + 1;
    return fmt::format("ceil(({} + {} - {}·({}-1) - 1) / {}) + 1{} = {}", axis.size, padding, axis.dilation,
                       axis.kernel, axis.stride, rounded == size ? "" : " - 1", size);
}

}  // namespace

Index output_size(const Layer& layer, int a) {
    const Axis& axis = layer.axes[a];
    switch (layer.op) {
        case Op::convolution:
        case Op::deformable_convolution:
        case Op::partial_convolution:
        case Op::unfold:
            return output_size(axis);
        case Op::transposed_convolution:
            return axis.stride * (axis.size - 1) + kernel_extent(axis) - axis.pad_before - axis.pad_after +
                   axis.output_padding;
        case Op::average_pooling:
        case Op::max_pooling:
        case Op::lp_pooling:
            return layer.ceil_mode ? rounded_up(axis) : output_size(axis);
        case Op::adaptive_average_pooling:
        case Op::adaptive_max_pooling:
            return axis.output_size > 0 ? axis.output_size : axis.size;
        case Op::upsample_nearest:
        case Op::upsample_linear:
            return axis.upsample_size > 0 ? axis.upsample_size : axis.size * axis.scale_factor;
        case Op::max_unpooling:
        case Op::fold:
            return restored_size(axis);
    }
    std::abort();
}

std::string output_size_formula(const Layer& layer, int a) {
    const Axis& axis = layer.axes[a];
    const std::string padding = axis.pad_before == axis.pad_after
                                    ? fmt::format("2·{}", axis.pad_before)
                                    : fmt::format("({} + {})", axis.pad_before, axis.pad_after);
    switch (layer.op) {
        case Op::convolution:
        case Op::deformable_convolution:
        case Op::partial_convolution:
        case Op::unfold:
            return output_size_formula(axis);
        case Op::transposed_convolution:
            return fmt::format("{}·({}-1) + {}·({}-1) + 1 - {} + {} = {}", axis.stride, axis.size, axis.dilation,
                               axis.kernel, padding, axis.output_padding, output_size(layer, a));
        case Op::average_pooling:
        case Op::max_pooling:
        case Op::lp_pooling:
            return layer.ceil_mode ? rounded_up_formula(axis, padding) : output_size_formula(axis);
        case Op::adaptive_average_pooling:
        case Op::adaptive_max_pooling:
            return fmt::format("floor(n·{0} / {1}) … ceil((n + 1)·{0} / {1}), o = {1}", axis.size,
                               output_size(layer, a));
        case Op::upsample_nearest:
        case Op::upsample_linear:
            return axis.upsample_size > 0
                       ? fmt::format("o = {}", axis.upsample_size)
                       : fmt::format("{}·{} = {}", axis.scale_factor, axis.size, output_size(layer, a));
        case Op::max_unpooling:
        case Op::fold:
            if (axis.restored_size > 0) return fmt::format("o = {}", axis.restored_size);
            return axis.dilation == 1 ? fmt::format("{}·({}-1) + {} - {} = {}", axis.stride, axis.size, axis.kernel,
                                                    padding, output_size(layer, a))
                                      : fmt::format("{}·({}-1) + {}·({}-1) + 1 - {} = {}", axis.stride, axis.size,
                                                    axis.dilation, axis.kernel, padding, output_size(layer, a));
    }
    std::abort();
}

std::string_view output_size_law(const Layer& layer) {
    switch (layer.op) {
        case Op::transposed_convolution:
            return "o = s(i − 1) + d(k − 1) + 1 − 2p + output padding";
        case Op::adaptive_average_pooling:
        case Op::adaptive_max_pooling:
            return "floor(n·i / o) … ceil((n + 1)·i / o)";
        case Op::upsample_nearest:
            return "o = s·i,  x = floor(n·i / o)";
        case Op::upsample_linear:
            return layer.align_corners ? "o = s·i,  x = n·(i − 1) / (o − 1)" : "o = s·i,  x = (n + 0.5)·i / o − 0.5";
        case Op::max_unpooling:
            return "o = s(i − 1) + k − 2p";
        case Op::fold:
            return "o = s(i − 1) + d(k − 1) + 1 − 2p";
        case Op::convolution:
        case Op::deformable_convolution:
        case Op::partial_convolution:
        case Op::unfold:
        case Op::average_pooling:
        case Op::max_pooling:
        case Op::lp_pooling:
            return layer.ceil_mode ? "o = ceil((i + 2p − d(k − 1) − 1) / s) + 1"
                                   : "o = floor((i + 2p − d(k − 1) − 1) / s) + 1";
    }
    std::abort();
}

bool rounds_down(const Layer& layer) {
    switch (layer.op) {
        case Op::transposed_convolution:
        case Op::adaptive_average_pooling:
        case Op::adaptive_max_pooling:
        case Op::upsample_nearest:
        case Op::upsample_linear:
        case Op::max_unpooling:
        case Op::fold:
            return false;
        case Op::convolution:
        case Op::deformable_convolution:
        case Op::partial_convolution:
        case Op::unfold:
        case Op::average_pooling:
        case Op::max_pooling:
        case Op::lp_pooling:
            return !layer.ceil_mode;
    }
    std::abort();
}

std::string output_size_formula(const Axis& axis) {
    const std::string padding = axis.pad_before == axis.pad_after
                                    ? fmt::format("2·{}", axis.pad_before)
                                    : fmt::format("{} + {}", axis.pad_before, axis.pad_after);
    return fmt::format("floor(({} + {} - {}·({}-1) - 1) / {}) + 1 = {}", axis.size, padding, axis.dilation, axis.kernel,
                       axis.stride, output_size(axis));
}

Index largest_window(const Layer& layer, int a) {
    const Axis& axis = layer.axes[a];
    const Index o = output_size(layer, a);
    switch (layer.op) {
        case Op::convolution:
        case Op::transposed_convolution:
        case Op::average_pooling:
        case Op::max_pooling:
        case Op::lp_pooling:
        case Op::deformable_convolution:
        case Op::partial_convolution:
        case Op::unfold:
            return axis.kernel;
        case Op::adaptive_average_pooling:
        case Op::adaptive_max_pooling:
            // A window begins r/o of a cell late, where r is a multiple of the greatest common divisor below o.
            return (2 * o - std::gcd(axis.size, o) + axis.size - 1) / o;
        case Op::upsample_nearest:
            return 1;
        case Op::upsample_linear:
            // Where no output lies between two cells, each window has one cell.
            if (layer.align_corners) return o == 1 || (axis.size - 1) % (o - 1) == 0 ? 1 : 2;
            return axis.size == 1 || (axis.size % o == 0 && axis.size / o % 2 == 1) ? 1 : 2;
        case Op::max_unpooling:
        case Op::fold: {
            // Of the kernel cells, those a multiple of so many apart meet the same output.
            const Index apart = axis.stride / std::gcd(axis.stride, axis.dilation);
            return std::min(axis.size, (axis.kernel + apart - 1) / apart);
        }
    }
    std::abort();
}

Index all_windows(const Layer& layer, int a) {
    const Index i = layer.axes[a].size, o = output_size(layer, a);
    switch (layer.op) {
        case Op::convolution:
        case Op::transposed_convolution:
        case Op::average_pooling:
        case Op::max_pooling:
        case Op::lp_pooling:
        case Op::upsample_nearest:
        case Op::upsample_linear:
        case Op::deformable_convolution:
        case Op::partial_convolution:
        case Op::unfold:
            return saturating_product(o, largest_window(layer, a));
        case Op::adaptive_average_pooling:
        case Op::adaptive_max_pooling:
            // Neighbouring windows share a cell where no cell begins between them.
            return i + o - std::gcd(i, o);
        case Op::max_unpooling:
        case Op::fold:
            // Each input cell reaches as many output cells as its window has.
            return saturating_product(i, layer.axes[a].kernel);
    }
    std::abort();
}

Index unused_cells(const Axis& axis) {
    return (padded_size(axis) - kernel_extent(axis)) % axis.stride;
}

namespace {

template <class Extent>
Cell extents(const Layer& layer, Extent extent) {
    Cell cell{};
    for (int a = 0; a < layer.rank(); ++a) cell[a] = extent(layer.axes[a]);
    return cell;
}

Shape with_spatial(Shape shape, const Cell& extents, int rank) {
    shape.insert(shape.end(), extents.begin(), extents.begin() + rank);
    return shape;
}

}  // namespace

Cell input_extents(const Layer& layer) {
    return extents(layer, [](const Axis& axis) { return axis.size; });
}
Cell kernel_extents(const Layer& layer) {
    Cell cell{};
    for (int a = 0; a < layer.rank(); ++a) cell[a] = largest_window(layer, a);
    return cell;
}
Cell output_extents(const Layer& layer) {
    Cell cell{};
    for (int a = 0; a < layer.rank(); ++a) cell[a] = output_size(layer, a);
    return cell;
}

Extents::Extents(const Layer& layer)
    : in(input_extents(layer)), kernel(kernel_extents(layer)), out(output_extents(layer)) {
    for (int a = 0; a < layer.rank(); ++a) {
        in_volume *= in[a];
        kernel_volume *= kernel[a];
        out_volume *= out[a];
    }
}

Shape input_shape(const Layer& layer) {
    return with_spatial({layer.in_channels}, input_extents(layer), layer.rank());
}
Shape weight_shape(const Layer& layer) {
    if (!layer.has_weight()) return {0};
    if (layer.is_transposed())
        return with_spatial({layer.in_channels, layer.group_out()}, kernel_extents(layer), layer.rank());
    return with_spatial({layer.out_channels, layer.group_in()}, kernel_extents(layer), layer.rank());
}
Shape output_shape(const Layer& layer) {
    return with_spatial({layer.out_channels}, output_extents(layer), layer.rank());
}

}  // namespace convloom::arith
