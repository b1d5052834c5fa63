#include "core/arith/layer/side_tensors.hpp"

#include "core/arith/base/saturating.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/layer/unpooling.hpp"

namespace convloom::arith {
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
    } else if (layer.op == Op::max_unpooling) {
        all.push_back({names[0], input_shape(layer)});
    }
    return all;
}

std::string side_problem(const Layer& layer, const Tensor& tensor) {
    return layer.op == Op::max_unpooling ? indices_problem(layer, tensor) : "";
}

float side_value(const Shared<Tensor>& tensor, Index plane, Index place, float otherwise) {
    if (!tensor) return otherwise;
    const Shape& shape = tensor->shape;
    Index places = 1;
    for (std::size_t axis = 1; axis < shape.size(); ++axis) places *= shape[axis];
    return tensor->values[static_cast<std::size_t>(plane * places + place)];
}

}  // namespace convloom::arith
