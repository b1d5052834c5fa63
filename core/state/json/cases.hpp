// Cases to compute, read from files: a layer with its data, in the format of tests/conformance.
//
//   {"format": …, "cases": [{"name", "op": conv|conv_transpose|avg_pool|max_pool, "rank", "input_shape": [N, C,
//    *spatial], "weight_shape" or "kernel", "stride", "padding": [[before, after], …], "dilation", "groups",
//    "output_padding", "padding_mode", "padding_value", "ceil_mode", "count_include_pad", "divisor_override", "flip",
//    "input", "weight", "bias", and what else the kind takes, such as "offset" and "mask"}, …]}
//
// Values are flat and row-major. Missing fields have PyTorch's defaults. A file in another format throws an Error; an
// invalid case is kept with its error message, so that the others can run.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/arith/steps/recording.hpp"

namespace convloom::state {

struct Case {
    std::string name;
    std::string error;  // one sentence if the case is invalid; the other members are then empty
    arith::Layer layer;
    arith::Index samples = 1;                          // N
    std::vector<arith::Shared<arith::Tensor>> inputs;  // one per sample
    arith::Shared<arith::Tensor> weight, bias;         // bias may be empty
    arith::SideTensors sides = {};                     // the same for every sample

    arith::Recording recording(arith::Index sample) const { return {layer, inputs[sample], weight, bias, sides}; }
};

std::vector<Case> read_cases(std::string_view text);

}  // namespace convloom::state
