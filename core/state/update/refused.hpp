// Helper for refusing an action with a reason.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "core/arith/layer/layer.hpp"

namespace convloom::state {

using Problems = std::vector<arith::Problem>;

inline Problems refused(arith::LayerField field, std::string sentence) {
    return {{field, -1, std::move(sentence), {}}};
}

}  // namespace convloom::state
