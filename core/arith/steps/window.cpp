#include "core/arith/steps/window.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "core/arith/layer/output_size.hpp"

namespace convloom::arith {

namespace {

// The window of a layer whose windows follow from the sizes i and o. Positions are fractions of whole numbers, so that
// an output on a cell gets exactly that cell.
void set_sized(Window& window, const Layer& layer, int number, Index output) {
    const Index i = layer.axes[static_cast<std::size_t>(number)].size, o = output_size(layer, number);
    if (!layer.kind().interpolates) {
        window.begin = output * i / o;
        window.count = ((output + 1) * i + o - 1) / o - window.begin;
        return;
    }
    window.count = 1;
    if (layer.op == Op::upsample_nearest) {
        window.begin = output * i / o;
        return;
    }
    const Index over = layer.align_corners ? std::max<Index>(o - 1, 1) : 2 * o;
    const Index at =
        layer.align_corners ? (o > 1 ? output * (i - 1) : 0) : std::max<Index>((2 * output + 1) * i - o, 0);
    window.begin = at / over;
    if (at % over == 0 || window.begin + 1 == i) return;
    window.count = 2;
    window.factors[0] = static_cast<float>(static_cast<double>(over - at % over) / static_cast<double>(over));
    window.factors[1] = static_cast<float>(static_cast<double>(at % over) / static_cast<double>(over));
}

// The input cells n of which a kernel cell, at n·s - p + k·d, lies on this output.
void set_gathered(Window& window, const Axis& axis, Index output) {
    window.step = axis.dilation / std::gcd(axis.stride, axis.dilation);
    window.begin = axis.size;
    Index last = -1;
    for (Index k = 0; k < axis.kernel; ++k) {
        const Index reach = output + axis.pad_before - k * axis.dilation, n = reach / axis.stride;
        if (reach < 0) break;
        if (reach % axis.stride != 0 || n >= axis.size) continue;
        window.begin = std::min(window.begin, n);
        last = std::max(last, n);
    }
    window.count = last < 0 ? 0 : (last - window.begin) / window.step + 1;
    if (last < 0) window.begin = std::min((output + axis.pad_before) / axis.stride, axis.size - 1);
}

}  // namespace

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
        case Op::unfold:
            window.begin = output * axis.stride - axis.pad_before;
            break;
        case Op::transposed_convolution:
            window.begin = output + axis.pad_before - (kernel_extent(axis) - 1);
            window.spacing = axis.stride;
            window.turned = true;
            break;
        case Op::adaptive_average_pooling:
        case Op::adaptive_max_pooling:
        case Op::upsample_nearest:
        case Op::upsample_linear:
            set_sized(window, layer, number, output);
            break;
        case Op::average_pooling:
        case Op::max_pooling:
        case Op::lp_pooling:
            window.begin = output * axis.stride - axis.pad_before;
            // With ceil_mode the last window may reach past the padding.
            window.end = axis.size + axis.pad_after;
            break;
        case Op::max_unpooling:
        case Op::fold:
            set_gathered(window, axis, output);
            break;
    }
    return window;
}

}  // namespace convloom::arith
