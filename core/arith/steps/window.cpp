#include "core/arith/steps/window.hpp"

#include <limits>

namespace convloom::arith {

Window window_of(const Layer& layer, int number, Index output) {
    const Axis& axis = layer.axes[static_cast<std::size_t>(number)];
    Window window;
    window.step = axis.dilation;
    window.count = axis.kernel;
    window.size = axis.size;
    window.end = std::numeric_limits<Index>::max();
    window.flip = layer.flip;
    window.mode = layer.padding_mode;
    switch (layer.op) {
        case Op::convolution:
        case Op::deformable_convolution:  // where it would lie without offsets
        case Op::partial_convolution:
            window.begin = output * axis.stride - axis.pad_before;
            break;
        case Op::transposed_convolution:
            window.begin = output + axis.pad_before - (kernel_extent(axis) - 1);
            window.spacing = axis.stride;
            window.turned = true;
            break;
        case Op::average_pooling:
        case Op::max_pooling:
            window.begin = output * axis.stride - axis.pad_before;
            // With ceil_mode the last window may reach past the padding.
            window.end = axis.size + axis.pad_after;
            break;
    }
    return window;
}

}  // namespace convloom::arith
