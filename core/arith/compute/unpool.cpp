// The plain loop of max unpooling.
#include "core/arith/compute/convolve.hpp"
#include "core/arith/layer/output_size.hpp"

namespace convloom::arith {

Tensor unpool(const Layer& layer, const Tensor& input, const SideTensors& sides) {
    const Extents e(layer);
    const int rank = layer.rank();
    Tensor output{output_shape(layer), std::vector<float>(static_cast<std::size_t>(layer.out_channels * e.out_volume))};
    for (Index n = 0; n < layer.in_channels * e.in_volume; ++n) {
        const Index channel = n / e.in_volume;
        const Cell cell = cell_at(n % e.in_volume, e.in, rank);
        Cell to{};  // without indices the first cell of the window
        for (int a = 0; a < rank; ++a) {
            const Axis& axis = layer.axes[static_cast<std::size_t>(a)];
            const Index first = cell[a] * axis.stride - axis.pad_before;
            to[a] = first < 0 ? 0 : first;
        }
        const Index index =
            sides[0] ? static_cast<Index>(sides[0]->values[static_cast<std::size_t>(n)]) : index_of(to, e.out, rank);
        output.values[static_cast<std::size_t>(channel * e.out_volume + index)] =
            input.values[static_cast<std::size_t>(n)];
    }
    return output;
}

}  // namespace convloom::arith
