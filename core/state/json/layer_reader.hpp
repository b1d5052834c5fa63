// The fields of a layer that states and files of cases have alike.
#pragma once
#include "core/arith/layer/layer_numbers.hpp"
#include "core/state/json/json_reader.hpp"

namespace convloom::state {

// "op", which must be one of layer_kinds.hpp.
arith::Op read_op(const JsonReader& in);

// A number for each axis of the layer, or a [before, after] where it has two.
void read_axes(const JsonReader& in, arith::Layer& layer, const arith::LayerNumber& number);

// What is left out has PyTorch's default: padding_mode, the switches of layer_switches.hpp, the numbers of
// layer_numbers.hpp that stand in files where they are set; whether there is a bias. A divisor of 0 is refused, as by
// PyTorch; states of earlier versions have it for none.
enum class ZeroNumber { refused, none };
void read_options(const JsonReader& in, arith::Layer& layer, ZeroNumber zero = ZeroNumber::refused);

}  // namespace convloom::state
