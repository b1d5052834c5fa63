// The output of `convloom info` for a chain of layers, in two forms.
#pragma once
#include <string>

#include "core/arith/chain/chain.hpp"

namespace convloom::cli {

// As aligned text. Expects a valid chain, as does info_json().
std::string info_text(const arith::Chain& chain);
// The same facts as one JSON object.
std::string info_json(const arith::Chain& chain);

}  // namespace convloom::cli
