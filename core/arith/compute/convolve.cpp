#include "core/arith/compute/convolve.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "core/arith/layer/output_size.hpp"

namespace convloom::arith {

namespace {

// Computes one output cell of a pooling from the plane of its channel.
float pooled(const Layer& layer, const Extents& e, const float* plane, const Cell& at) {
    const int rank = layer.rank();
    const bool maximum = layer.op == Op::max_pooling;
    float result = maximum ? -std::numeric_limits<float>::infinity() : 0.0f;
    Index divisor = 0;
    for (Index k = 0; k < e.kernel_volume; ++k) {
        const Cell tap = cell_at(k, e.kernel, rank);
        Cell source{};
        bool inside = true, in_padding = true;
        for (int a = 0; a < rank; ++a) {
            const Axis& axis = layer.axes[a];
            source[a] = at[a] * axis.stride + tap[a] * axis.dilation - axis.pad_before;
            inside &= source[a] >= 0 && source[a] < axis.size;
            in_padding &= source[a] < axis.size + axis.pad_after;
        }
        divisor += inside || (in_padding && layer.count_include_pad);
        if (!inside) continue;
        const float x = plane[index_of(source, e.in, rank)];
        result = maximum ? std::max(result, x) : result + x;
    }
    if (maximum) return result;
    if (layer.divisor_override == 0 && divisor == 0) return 0;  // a window of nothing but padding that does not count
    return result / static_cast<float>(layer.divisor_override != 0 ? layer.divisor_override : divisor);
}

Tensor pool(const Layer& layer, const Tensor& input) {
    const Extents e(layer);
    Tensor output{output_shape(layer), {}};
    for (Index c = 0; c < layer.out_channels; ++c)
        for (Index o = 0; o < e.out_volume; ++o)
            output.values.push_back(
                pooled(layer, e, input.values.data() + c * e.in_volume, cell_at(o, e.out, layer.rank())));
    return output;
}

// Computes one output cell of a transposed convolution from the input and kernel cells that meet there.
float gathered(const Layer& layer, const Extents& e, const Tensor& input, const Tensor& weight, Index oc,
               const Cell& at) {
    const int rank = layer.rank();
    const Index group_out = layer.group_out();
    float sum = 0;
    for (Index c = 0; c < layer.group_in(); ++c) {
        const Index channel = oc / group_out * layer.group_in() + c;
        for (Index k = 0; k < e.kernel_volume; ++k) {
            const Cell tap = cell_at(k, e.kernel, rank);
            Cell source{};
            bool meets = true;
            for (int a = 0; a < rank; ++a) {
                const Axis& axis = layer.axes[a];
                const Index spread = at[a] + axis.pad_before - tap[a] * axis.dilation;
                source[a] = spread / axis.stride;
                meets &= spread >= 0 && spread % axis.stride == 0 && source[a] < axis.size;
            }
            if (!meets) continue;
            const Index w = layer.flip ? e.kernel_volume - 1 - k : k;
            sum += input.values[channel * e.in_volume + index_of(source, e.in, rank)] *
                   weight.values[(channel * group_out + oc % group_out) * e.kernel_volume + w];
        }
    }
    return sum;
}

Tensor transpose(const Layer& layer, const Tensor& input, const Tensor& weight, const Tensor* bias) {
    const Extents e(layer);
    Tensor output{output_shape(layer), {}};
    for (Index oc = 0; oc < layer.out_channels; ++oc)
        for (Index o = 0; o < e.out_volume; ++o) {
            const float sum = gathered(layer, e, input, weight, oc, cell_at(o, e.out, layer.rank()));
            output.values.push_back(bias ? sum + bias->values[oc] : sum);
        }
    return output;
}

}  // namespace

Tensor reference(const Layer& layer, const Tensor& input, const Tensor& weight, const Tensor* bias,
                 const SideTensors& sides) {
    switch (layer.op) {
        case Op::convolution:
            return convolve(layer, input, weight, bias);
        case Op::transposed_convolution:
            return transpose(layer, input, weight, bias);
        case Op::average_pooling:
        case Op::max_pooling:
            return pool(layer, input);
        case Op::lp_pooling:
            return lp_pool(layer, input);
        case Op::adaptive_average_pooling:
        case Op::adaptive_max_pooling:
        case Op::upsample_nearest:
        case Op::upsample_linear:
            return sized(layer, input);
        case Op::deformable_convolution:
            return deform(layer, input, weight, bias, sides);
        case Op::partial_convolution:
            return convolve_partially(layer, input, weight, bias, sides);
        case Op::max_unpooling:
            return unpool(layer, input, sides);
        case Op::unfold:
            return unfold(layer, input);
        case Op::fold:
            return fold(layer, input);
    }
    std::abort();
}

Tensor convolve(const Layer& layer, const Tensor& input, const Tensor& weight, const Tensor* bias) {
    const int rank = layer.rank();
    const Extents e(layer);
    const Index group_in = layer.group_in(), group_out = layer.group_out();

    Tensor output{output_shape(layer), std::vector<float>(layer.out_channels * e.out_volume)};
    for (Index oc = 0; oc < layer.out_channels; ++oc)
        for (Index o = 0; o < e.out_volume; ++o) {
            const Cell at = cell_at(o, e.out, rank);
            float sum = 0;
            for (Index c = 0; c < group_in; ++c)
                for (Index k = 0; k < e.kernel_volume; ++k) {
                    const Cell tap = cell_at(k, e.kernel, rank);
                    Cell source{};
                    bool outside = false;
                    for (int a = 0; a < rank; ++a) {
                        const Axis& axis = layer.axes[a];
                        source[a] = padding_source(at[a] * axis.stride + tap[a] * axis.dilation - axis.pad_before,
                                                   axis.size, layer.padding_mode);
                        outside |= source[a] < 0;
                    }
                    const Index channel = oc / group_out * group_in + c;
                    const float x = outside ? layer.padding_value
                                            : input.values[channel * e.in_volume + index_of(source, e.in, rank)];
                    // A true convolution rotates the kernel by 180°.
                    const Index w = layer.flip ? e.kernel_volume - 1 - k : k;
                    sum += x * weight.values[(oc * group_in + c) * e.kernel_volume + w];
                }
            output.values[oc * e.out_volume + o] = bias ? sum + bias->values[oc] : sum;
        }
    return output;
}

}  // namespace convloom::arith
