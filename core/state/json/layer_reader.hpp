// The fields of a layer that states and files of cases have alike.
#pragma once
#include <optional>
#include <string_view>

#include "core/arith/layer/layer.hpp"
#include "core/state/json/json_reader.hpp"

namespace convloom::state {

// "conv", "conv_transpose", "avg_pool", "max_pool".
std::string_view json_name(arith::Op op);
std::optional<arith::Op> op_of_json_name(std::string_view name);

// "op", which must be one of those.
arith::Op read_op(const JsonReader& in);

// "padding", a [before, after] for each axis of the layer.
void read_padding(const JsonReader& in, arith::Layer& layer);

// What is left out has PyTorch's default: padding_mode, the switches of layer_switches.hpp, divisor_override; whether
// there is a bias. A divisor of 0 is refused, as by PyTorch; states of earlier versions have it for none.
enum class ZeroDivisor { refused, none };
void read_options(const JsonReader& in, arith::Layer& layer, ZeroDivisor zero = ZeroDivisor::refused);

}  // namespace convloom::state
