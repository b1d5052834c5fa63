// In a chain the indices of a max unpooling are those that an earlier max pooling finds.
//
// The pooling is the nearest one with the same windows whose input has the size of the unpooling's output; each pooling
// belongs to one unpooling. An unpooling without such a pooling has indices of its own.
#pragma once
#include "core/state/model/state.hpp"

namespace convloom::state {

// The number of the stage whose maxima an unpooling puts back; -1 if there is none.
int pool_of(const std::vector<Stage>& stages, int unpooling);

// Sets the indices of all unpoolings that have a pooling.
void follow_pools(State& state);

}  // namespace convloom::state
