// What stands between layers as PyTorch code.
#pragma once
#include <string>

#include "core/arith/chain/between.hpp"

namespace convloom::state {

// "nn.BatchNorm2d(64)", and what PyTorch has no word for: "  # max_value=6". One that is not known is called by its
// name.
struct BetweenCode {
    std::string code, comment;
};
BetweenCode torch_code(const arith::Between& between);

}  // namespace convloom::state
