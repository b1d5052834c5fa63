// Cases to compute, as files give them: a layer with its data, the form that tests/conformance uses.
//
//   {"format": …, "cases": [{"name", "op": conv|conv_transpose|avg_pool|max_pool, "rank", "input_shape": [N, C,
//    *spatial], "weight_shape" or "kernel", "stride", "padding": [[before, after], …], "dilation", "groups",
//    "output_padding", "padding_mode", "ceil_mode", "count_include_pad", "divisor_override", "flip", "input",
//    "weight", "bias"}, …]}
//
// Values are flat and row-major. What is left out has PyTorch's default. A file of another form is one Error; a
// case that is wrong is kept with its sentence, so that the others can run.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/arith/steps/recording.hpp"

namespace convloom::state {

struct Case {
    std::string name;
    std::string error;  // one sentence where the case cannot be run; the rest is then empty
    arith::Layer layer;
    arith::Index samples = 1;                          // N
    std::vector<arith::Shared<arith::Tensor>> inputs;  // one a sample
    arith::Shared<arith::Tensor> weight, bias;         // bias may be empty

    arith::Recording recording(arith::Index sample) const { return {layer, inputs[sample], weight, bias}; }
};

std::vector<Case> read_cases(std::string_view text);

}  // namespace convloom::state
