// The reasons why an action was refused, and the layer that it would have made.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/arith/layer/layer.hpp"

namespace convloom::state {

struct Problems : std::vector<arith::Problem> {
    using std::vector<arith::Problem>::vector;
    // The first layer of the chain that cannot be; nothing if the reason is another.
    std::optional<arith::Layer> tried;
};

inline Problems refused(arith::LayerField field, std::string sentence) {
    Problems problems;
    problems.push_back({field, -1, std::move(sentence), {}});
    return problems;
}

}  // namespace convloom::state
