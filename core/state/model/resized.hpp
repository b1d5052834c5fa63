// A tensor in another shape: cells keep their values by channel, row and column, new cells get the pattern of a seed.
#pragma once
#include <cstdint>

#include "core/arith/layer/shared.hpp"
#include "core/arith/layer/tensor.hpp"

namespace convloom::state {

// The index in `to` of the cell with index `at` in `from`, of the same rank; -1 if there is none.
arith::Index place_in(const arith::Shape& from, arith::Index at, const arith::Shape& to);

// `old` may be empty. Its pointer is returned if it has the shape already.
arith::Shared<arith::Tensor> resized(const arith::Shared<arith::Tensor>& old, arith::Shape shape, std::uint32_t seed);

}  // namespace convloom::state
