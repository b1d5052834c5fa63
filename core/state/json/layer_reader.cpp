#include "core/state/json/layer_reader.hpp"

#include "core/arith/layer/layer_switches.hpp"

namespace convloom::state {
namespace {

constexpr std::pair<arith::Op, std::string_view> op_names[] = {
    {arith::Op::convolution, "conv"},
    {arith::Op::transposed_convolution, "conv_transpose"},
    {arith::Op::average_pooling, "avg_pool"},
    {arith::Op::max_pooling, "max_pool"},
};

}  // namespace

std::string_view json_name(arith::Op op) {
    return op_names[static_cast<int>(op)].second;
}

std::optional<arith::Op> op_of_json_name(std::string_view name) {
    for (auto [op, text] : op_names)
        if (text == name) return op;
    return std::nullopt;
}

arith::Op read_op(const JsonReader& in) {
    const auto op = op_of_json_name(in.text("op"));
    if (!op) in.fail("op", "is none of conv, conv_transpose, avg_pool, max_pool");
    return *op;
}

void read_padding(const JsonReader& in, arith::Layer& layer) {
    const Json& padding = in.list("padding");
    const auto rank = layer.axes.size();
    if (padding.size() != rank) in.fail_of_size("padding", padding, static_cast<arith::Index>(rank));
    for (std::size_t a = 0; a < rank; ++a) {
        if (!padding[a].is_array() || padding[a].size() != 2) in.fail("padding", "is not a list of [before, after]");
        layer.axes[a].pad_before = in.whole("padding", padding[a][0]);
        layer.axes[a].pad_after = in.whole("padding", padding[a][1]);
    }
}

void read_options(const JsonReader& in, arith::Layer& layer, ZeroDivisor zero) {
    if (in.has("padding_mode")) {
        const auto mode = arith::padding_mode_named(in.text("padding_mode"));
        if (!mode) in.fail("padding_mode", "is none of zeros, reflect, replicate, circular");
        layer.padding_mode = *mode;
    }
    for (const arith::LayerSwitch& one : arith::layer_switches()) layer.*one.on = in.flag_or(one.key, one.by_default);
    if (in.has("divisor_override")) {
        layer.divisor_override = in.whole("divisor_override");
        if (layer.divisor_override == 0 && zero == ZeroDivisor::refused)
            in.fail("divisor_override", "is 0; the divisor must not be 0");
    }
    layer.bias = in.has("bias");
}

}  // namespace convloom::state
