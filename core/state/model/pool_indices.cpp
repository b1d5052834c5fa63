#include "core/state/model/pool_indices.hpp"

#include <algorithm>

#include "core/arith/layer/unpooling.hpp"

namespace convloom::state {
namespace {

bool undoes(const arith::Layer& unpooling, const arith::Layer& pool) {
    if (pool.op != arith::Op::max_pooling || pool.rank() != unpooling.rank() ||
        arith::input_shape(pool) != arith::output_shape(unpooling) ||
        arith::output_shape(pool) != arith::input_shape(unpooling))
        return false;
    for (std::size_t a = 0; a < pool.axes.size(); ++a) {
        const arith::Axis &x = pool.axes[a], &y = unpooling.axes[a];
        if (x.kernel != y.kernel || x.stride != y.stride || x.pad_before != y.pad_before || x.dilation != 1)
            return false;
    }
    return true;
}

}  // namespace

int pool_of(const std::vector<Stage>& stages, int unpooling) {
    // Of nested pairs the inner ones come first.
    std::vector<int> taken;
    for (int n = 0; n <= unpooling; ++n) {
        const arith::Layer& layer = stages[static_cast<std::size_t>(n)].layer;
        if (layer.op != arith::Op::max_unpooling) continue;
        int found = n - 1;
        while (found >= 0 && (std::count(taken.begin(), taken.end(), found) > 0 ||
                              !undoes(layer, stages[static_cast<std::size_t>(found)].layer)))
            --found;
        if (n == unpooling) return found;
        taken.push_back(found);
    }
    return -1;
}

void follow_pools(State& state) {
    for (int n = 1; n < static_cast<int>(state.stages.size()); ++n) {
        Stage& stage = state.stages[static_cast<std::size_t>(n)];
        if (stage.layer.op != arith::Op::max_unpooling) continue;
        const int pool = pool_of(state.stages, n);
        if (pool < 0) continue;
        arith::Tensor indices = arith::pooled_for(stage.layer, *stage_input(state, pool)).indices;
        if (!stage.sides[0] || *stage.sides[0] != indices) stage.sides[0] = std::move(indices);
    }
}

}  // namespace convloom::state
