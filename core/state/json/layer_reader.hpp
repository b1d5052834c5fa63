// Reads the layer fields that state files and case files have in common.
//
// The fields come from the tables in core/arith/layer, so a new number or switch needs no change here. Errors name the
// field; whether the layer as a whole is valid is the task of arith::check().
#pragma once
#include "core/arith/layer/layer_numbers.hpp"
#include "core/state/json/json_reader.hpp"

namespace convloom::state {

// Reads "op", which must be a kind of layer_kinds.hpp.
arith::Op read_op(const JsonReader& in);

// Reads one number per axis, or a pair [before, after] if the number has two sides.
void read_axes(const JsonReader& in, arith::Layer& layer, const arith::LayerNumber& number);

// Missing fields have PyTorch's defaults: padding_mode, padding_value, the switches of layer_switches.hpp, the numbers
// of layer_numbers.hpp that files contain only if set, and bias. Cases are written by people: their padding_mode may be
// a library's word, as "scipy:mirror", and a divisor of 0 is refused, as by PyTorch. In states of earlier versions it
// means "not set".
enum class LayerFile { cases, state };
void read_options(const JsonReader& in, arith::Layer& layer, LayerFile file);

}  // namespace convloom::state
