#include "core/arith/layer/output_size.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "core/arith/layer/saturating.hpp"
#include "core/arith/layer/side_tensors.hpp"

namespace convloom::arith {

Index output_size(const Axis& axis) {
    return (padded_size(axis) - kernel_extent(axis)) / axis.stride + 1;
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
            return output_size(axis);
        case Op::transposed_convolution:
            return axis.stride * (axis.size - 1) + kernel_extent(axis) - axis.pad_before - axis.pad_after +
                   axis.output_padding;
        case Op::average_pooling:
        case Op::max_pooling:
            return layer.ceil_mode ? rounded_up(axis) : output_size(axis);
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
            return output_size_formula(axis);
        case Op::transposed_convolution:
            return fmt::format("{}·({}-1) + {}·({}-1) + 1 - {} + {} = {}", axis.stride, axis.size, axis.dilation,
                               axis.kernel, padding, axis.output_padding, output_size(layer, a));
        case Op::average_pooling:
        case Op::max_pooling:
            return layer.ceil_mode ? rounded_up_formula(axis, padding) : output_size_formula(axis);
    }
    std::abort();
}

std::string_view output_size_law(const Layer& layer) {
    switch (layer.op) {
        case Op::transposed_convolution:
            return "o = s(i − 1) + d(k − 1) + 1 − 2p + output padding";
        case Op::convolution:
        case Op::deformable_convolution:
        case Op::partial_convolution:
        case Op::average_pooling:
        case Op::max_pooling:
            return layer.ceil_mode ? "o = ceil((i + 2p − d(k − 1) − 1) / s) + 1"
                                   : "o = floor((i + 2p − d(k − 1) − 1) / s) + 1";
    }
    std::abort();
}

bool rounds_down(const Layer& layer) {
    switch (layer.op) {
        case Op::transposed_convolution:
            return false;
        case Op::convolution:
        case Op::deformable_convolution:
        case Op::partial_convolution:
        case Op::average_pooling:
        case Op::max_pooling:
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
    return extents(layer, [](const Axis& axis) { return axis.kernel; });
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

namespace {

// Channels that depend on the kernel, and the places of the output.
Shape for_each_kernel_cell(const Layer& layer, Index numbers) {
    Index channels = saturating_product(numbers, layer.offset_groups);
    for (const Axis& axis : layer.axes) channels = saturating_product(channels, axis.kernel);
    Shape shape = output_shape(layer);
    shape[0] = channels;
    return shape;
}

}  // namespace

std::vector<SideTensor> side_tensors(const Layer& layer) {
    const auto& names = layer.kind().side_tensors;
    std::vector<SideTensor> all;
    if (layer.op == Op::deformable_convolution) {
        all.push_back({names[0], for_each_kernel_cell(layer, 2)});
        if (layer.modulated) all.push_back({names[1], for_each_kernel_cell(layer, 1)});
    } else if (layer.op == Op::partial_convolution) {
        Shape shape = input_shape(layer);
        shape[0] = 1;
        all.push_back({names[0], std::move(shape)});
    }
    return all;
}

float side_value(const Shared<Tensor>& tensor, Index plane, Index place, float otherwise) {
    if (!tensor) return otherwise;
    const Shape& shape = tensor->shape;
    Index places = 1;
    for (std::size_t axis = 1; axis < shape.size(); ++axis) places *= shape[axis];
    return tensor->values[static_cast<std::size_t>(plane * places + place)];
}

}  // namespace convloom::arith
