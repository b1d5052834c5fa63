#include "core/arith/steps/gradient.hpp"

namespace convloom::arith {

Gradients gradients_after(const Recording& recording, const Tensor& output, Index steps) {
    const Layer& layer = recording.layer();
    const Extents extents(layer);
    Gradients g{{input_shape(layer), {}}, {weight_shape(layer), {}}};
    g.input.values.resize(recording.input().values.size());
    g.weight.values.resize(recording.weight().values.size());
    const Index second = layer.is_transposed() ? layer.group_out() : layer.group_in();  // the weight's second axis
    for (Index n = 0; n < steps; ++n) {
        const Step step = recording.step(n);
        const float from = output.values[static_cast<std::size_t>(n)];
        recording.visit_taps(step, [&](const Tap& tap) {
            const Index first = layer.is_transposed() ? tap.in_channel : step.channel;
            const Index weight = (first * second + tap.weight_channel) * extents.kernel_volume +
                                 index_of(tap.kernel, extents.kernel, layer.rank());
            g.weight.values[static_cast<std::size_t>(weight)] += from * tap.x;
            if (!tap.has_source) return;
            const Index input = tap.in_channel * extents.in_volume + index_of(tap.source, extents.in, layer.rank());
            g.input.values[static_cast<std::size_t>(input)] += from * tap.w;
        });
    }
    return g;
}

Tensor given_gradient(const Layer& layer) {
    Tensor g{output_shape(layer), {}};
    const Index count = *element_count(g.shape);
    for (Index n = 0; n < count; ++n) g.values.push_back(static_cast<float>((n * 7 + n / 3) % 4 - 1));
    return g;
}

Layer backward_layer(const Layer& layer) {
    Layer back = layer;
    back.op = layer.is_transposed() ? Op::convolution : Op::transposed_convolution;
    back.in_channels = layer.out_channels;
    back.out_channels = layer.in_channels;
    back.bias = false;
    for (int a = 0; a < layer.rank(); ++a) {
        Axis& axis = back.axes[a];
        axis.size = output_size(layer, a);
        // Restores the input cells that the floor of the output size left unused.
        axis.output_padding = 0;
        if (back.is_transposed()) axis.output_padding = layer.axes[a].size - output_size(back, a);
    }
    return back;
}

}  // namespace convloom::arith
