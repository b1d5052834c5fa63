#include "core/state/numbers/own_numbers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/arith/layer/counts.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/scene/words/number_text.hpp"
#include "core/state/base/error.hpp"

namespace convloom::state {
namespace {

using arith::Index;
using arith::Shape;

// The leading axes and the spatial ones; missing spatial axes have one cell.
struct Split {
    Shape leading, spatial;
};
Split split(const Array& array, int rank) {
    const std::size_t planes = array.has_planes ? 1 : 0,
                      own = std::min(array.shape.size() - planes, static_cast<std::size_t>(rank));
    Split parts;
    parts.spatial.assign(static_cast<std::size_t>(rank) - own, 1);
    parts.spatial.insert(parts.spatial.end(), array.shape.end() - static_cast<std::ptrdiff_t>(own), array.shape.end());
    parts.leading.assign(array.shape.begin(), array.shape.end() - static_cast<std::ptrdiff_t>(own));
    return parts;
}

Shape without_ones(Shape shape) {
    shape.erase(std::remove(shape.begin(), shape.end(), 1), shape.end());
    return shape;
}

// The array as a tensor of this shape.
arith::Tensor fitted(const char* what, const Array& array, const Shape& wanted, int rank, std::string_view takes) {
    const Split parts = split(array, rank);
    const auto first_spatial = wanted.end() - rank;
    if (parts.spatial != Shape(first_spatial, wanted.end()) ||
        without_ones(parts.leading) != without_ones(Shape(wanted.begin(), first_spatial)))
        throw Error(
            fmt::format("{} is {}, but {} {}.", what, arith::to_text(array.shape), takes, arith::to_text(wanted)));
    return {wanted, array.values};
}

int rank_of_array(const Array& array, bool kernel) {
    const int axes = static_cast<int>(array.shape.size());
    if (array.has_planes) return std::max(axes - 1, 1);
    if (axes <= 2) return std::max(axes, 1);
    if (axes == 3) return 2;
    if (axes == 4) return kernel || array.shape.front() == 1 ? 2 : 3;
    return 3;
}

}  // namespace

int rank_of(const OwnNumbers& own) {
    int rank = 1;
    if (own.data) rank = std::max(rank, rank_of_array(*own.data, false));
    if (own.kernel) rank = std::max(rank, rank_of_array(*own.kernel, true));
    return rank;
}

Shape input_shape_of(const Array& data, int rank) {
    const Split parts = split(data, rank);
    const Shape channels = without_ones(parts.leading);
    if (channels.size() > 1)
        throw Error(fmt::format("--data is {}; an input has channels and {}, and one sample.",
                                arith::to_text(data.shape), arith::counted(rank, "size")));
    Shape shape = parts.spatial;
    shape.insert(shape.begin(), channels.empty() ? 1 : channels.front());
    return shape;
}

Shape weight_shape_of(const Array& kernel, int rank, Index in_channels_of_group, bool transposed) {
    const Split parts = split(kernel, rank);
    Shape leading = parts.leading;
    while (leading.size() > 2 && leading.front() == 1) leading.erase(leading.begin());
    if (leading.size() > 2)
        throw Error(fmt::format("--kernel is {}; a weight has filters, channels and {}.", arith::to_text(kernel.shape),
                                arith::counted(rank, "size")));
    Index in = 1, out = 1;
    if (leading.size() == 1)
        (leading[0] == in_channels_of_group ? in : out) = leading[0];
    else if (leading.size() == 2)
        out = leading[transposed ? 1 : 0], in = leading[transposed ? 0 : 1];
    Shape shape = parts.spatial;
    shape.insert(shape.begin(), transposed ? out : in);
    shape.insert(shape.begin(), transposed ? in : out);
    return shape;
}

std::vector<Shape> possible_input_shapes(const Array& data) {
    std::vector<Shape> shapes;
    const int likely = rank_of_array(data, false);
    for (const int rank : {likely, likely - 1, likely + 1, likely - 2, likely + 2}) {
        if (rank < 1 || rank > arith::max_rank) continue;
        const Split parts = split(data, rank);
        if (without_ones(parts.leading).size() <= 1) shapes.push_back(input_shape_of(data, rank));
    }
    if (shapes.empty()) shapes.push_back(input_shape_of(data, likely));  // throws
    return shapes;
}

void set_own_numbers(State& state, const OwnNumbers& own, bool keeps_bias) {
    if (own.data) {
        const arith::Layer& first = state.stages.front().layer;
        state.input = fitted("--data", *own.data, arith::input_shape(first), first.rank(), "the layer's input is");
    }
    if (own.weights) set_named_weights(state, *own.weights);
    Stage& stage = state.stages[static_cast<std::size_t>(state.shown)];
    arith::Layer& layer = stage.layer;
    if ((own.kernel || own.bias) && !layer.has_weight())
        throw Error(fmt::format("--{} goes with convolutions; {} has none.", own.kernel ? "kernel" : "bias",
                                scene::with_article(arith::name_of(layer.op))));
    if (own.kernel) {
        stage.weight =
            fitted("--kernel", *own.kernel, arith::weight_shape(layer), layer.rank(), "the layer's weight is");
        if (!keeps_bias && layer.bias)
            stage.bias = arith::Tensor{{layer.out_channels},
                                       std::vector<float>(static_cast<std::size_t>(layer.out_channels), 0.0f)};
    }
    if (own.bias) {
        const auto count = static_cast<Index>(own.bias->values.size());
        if (count != layer.out_channels)
            throw Error(fmt::format("--bias has {}, but the layer has {}.", arith::counted(count, "number"),
                                    arith::counted(layer.out_channels, "output channel")));
        layer.bias = true;
        stage.bias = arith::Tensor{{layer.out_channels}, own.bias->values};
    }
}

}  // namespace convloom::state
