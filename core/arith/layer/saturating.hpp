// Sums and products of counts that saturate at the largest Index instead of overflowing.
//
// For numbers that are only shown or compared with a limit, such as costs. Sizes of tensors must be exact; they use
// element_count() in shape.hpp, which reports an overflow.
#pragma once
#include <limits>

#include "core/arith/layer/shape.hpp"

namespace convloom::arith {

inline Index saturating_product(Index a, Index b) {
    Index product = 0;
    return __builtin_mul_overflow(a, b, &product) ? std::numeric_limits<Index>::max() : product;
}

inline Index saturating_sum(Index a, Index b) {
    Index sum = 0;
    return __builtin_add_overflow(a, b, &sum) ? std::numeric_limits<Index>::max() : sum;
}

}  // namespace convloom::arith
