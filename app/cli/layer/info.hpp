// The output of `convloom info` for a chain of layers, in two forms.
#pragma once
#include <optional>
#include <string>

#include "core/arith/chain/chain.hpp"
#include "core/arith/layer/tensor.hpp"

namespace convloom::cli {

// As aligned text, with the values of the output if they were computed. Expects a valid chain, as does info_json().
std::string info_text(const arith::Chain& chain, const std::optional<arith::Tensor>& output);
// The same facts as one JSON object.
std::string info_json(const arith::Chain& chain, const std::optional<arith::Tensor>& output);

}  // namespace convloom::cli
