#include "bench/onednn.hpp"

#ifdef CONVLOOM_ONEDNN
#include <dnnl.hpp>

#include <cstring>
#include <unordered_map>

#include "core/arith/layer/output_size.hpp"

namespace convloom::bench {
namespace {

using dnnl::memory;
memory::dims dims(const arith::Shape& shape) {
    return {shape.begin(), shape.end()};
}

memory filled(const memory::desc& plain, const std::vector<float>& values, const memory::desc& wanted,
              const dnnl::engine& engine, dnnl::stream& stream) {
    memory from(plain, engine);
    std::memcpy(from.get_data_handle(), values.data(), values.size() * sizeof(float));
    memory to(wanted, engine);
    dnnl::reorder(from, to).execute(stream, from, to);
    stream.wait();
    return to;
}

}  // namespace

std::function<void()> onednn_run(const arith::Layer& layer, const arith::Tensor& input, const arith::Tensor& weight) {
    const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
    dnnl::stream stream(engine);
    arith::Shape in = arith::input_shape(layer), out = arith::output_shape(layer);
    in.insert(in.begin(), 1);
    out.insert(out.begin(), 1);
    const auto f32 = memory::data_type::f32;
    memory::dims strides, dilates, before, after;
    for (const arith::Axis& axis : layer.axes) {
        strides.push_back(axis.stride);
        dilates.push_back(axis.dilation - 1);
        before.push_back(axis.pad_before);
        after.push_back(axis.pad_after);
    }
    // Weights (out, in, ...), or with groups (groups, out, in, ...). For a transposed layer the caller swaps in and
    // out.
    memory::dims w = {layer.group_out(), layer.group_in(), layer.axes[0].kernel, layer.axes[1].kernel};
    memory::format_tag tag = layer.is_transposed() ? memory::format_tag::iohw : memory::format_tag::oihw;
    if (layer.groups > 1) {
        w.insert(w.begin(), layer.groups);
        tag = memory::format_tag::goihw;
    }
    const memory::desc plain_in(dims(in), f32, memory::format_tag::nchw), plain_w(w, f32, tag);
    const auto any = memory::format_tag::any;
    const memory::desc any_in(dims(in), f32, any), any_w(w, f32, any), any_out(dims(out), f32, any);
    auto ready = [&](auto primitive_desc, auto primitive) -> std::function<void()> {
        memory x = filled(plain_in, input.values, primitive_desc.src_desc(), engine, stream);
        memory k = filled(plain_w, weight.values, primitive_desc.weights_desc(), engine, stream);
        memory y(primitive_desc.dst_desc(), engine);
        return [=]() mutable {
            primitive.execute(stream, {{DNNL_ARG_SRC, x}, {DNNL_ARG_WEIGHTS, k}, {DNNL_ARG_DST, y}});
            stream.wait();
        };
    };
    if (layer.is_transposed()) {
        using Deconvolution = dnnl::deconvolution_forward;
        const Deconvolution::primitive_desc d(
            {dnnl::prop_kind::forward_inference, dnnl::algorithm::deconvolution_direct, any_in, any_w, any_out, strides,
             dilates, before, after},
            engine);
        return ready(d, Deconvolution(d));
    }
    using Convolution = dnnl::convolution_forward;
    const Convolution::primitive_desc d({dnnl::prop_kind::forward_inference, dnnl::algorithm::convolution_auto, any_in,
                                         any_w, any_out, strides, dilates, before, after},
                                        engine);
    return ready(d, Convolution(d));
}

}  // namespace convloom::bench
#else
namespace convloom::bench {
std::function<void()> onednn_run(const arith::Layer&, const arith::Tensor&, const arith::Tensor&) {
    return {};
}
}  // namespace convloom::bench
#endif
