// The plain loops of unfold and fold. Channel c·K + k of the unfolded tensor has cell k of the windows on channel c,
// for windows of K cells.
#include "core/arith/compute/convolve.hpp"
#include "core/arith/layer/output_size.hpp"

namespace convloom::arith {
namespace {

// Calls visit(element of the picture, element of its windows) for each cell of each window that lies in the picture.
template <class Visit>
void visit_unfolded(const Layer& layer, const Shape& picture, const Shape& windows, Visit&& visit) {
    const int rank = layer.rank();
    Cell kernel{}, size{}, places{};
    Index cells = 1, area = 1, count = 1;
    for (int a = 0; a < rank; ++a) {
        kernel[a] = layer.axes[static_cast<std::size_t>(a)].kernel;
        size[a] = picture[static_cast<std::size_t>(a) + 1];
        places[a] = windows[static_cast<std::size_t>(a) + 1];
        cells *= kernel[a];
        area *= size[a];
        count *= places[a];
    }
    for (Index channel = 0; channel < windows[0]; ++channel)
        for (Index n = 0; n < count; ++n) {
            const Cell tap = cell_at(channel % cells, kernel, rank), place = cell_at(n, places, rank);
            Cell at{};
            bool inside = true;
            for (int a = 0; a < rank; ++a) {
                const Axis& axis = layer.axes[static_cast<std::size_t>(a)];
                at[a] = place[a] * axis.stride - axis.pad_before + tap[a] * axis.dilation;
                inside &= at[a] >= 0 && at[a] < size[a];
            }
            if (inside)
                visit(static_cast<std::size_t>(channel / cells * area + index_of(at, size, rank)),
                      static_cast<std::size_t>(channel * count + n));
        }
}

Tensor zeros(Shape shape) {
    const auto count = static_cast<std::size_t>(*element_count(shape));
    return {std::move(shape), std::vector<float>(count)};
}

}  // namespace

Tensor unfold(const Layer& layer, const Tensor& input) {
    Tensor output = zeros(output_shape(layer));
    visit_unfolded(layer, input.shape, output.shape,
                   [&](std::size_t from, std::size_t to) { output.values[to] = input.values[from]; });
    return output;
}

Tensor fold(const Layer& layer, const Tensor& input) {
    Tensor output = zeros(output_shape(layer));
    visit_unfolded(layer, output.shape, input.shape,
                   [&](std::size_t to, std::size_t from) { output.values[to] += input.values[from]; });
    return output;
}

}  // namespace convloom::arith
