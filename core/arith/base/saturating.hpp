// Sums and products of counts that saturate at the largest number instead of overflowing.
//
// For numbers that are only shown or compared with a limit, such as costs. Sizes of tensors must be exact; they use
// element_count() in shape.hpp, which reports an overflow.
#pragma once
#include <cstdint>
#include <limits>

namespace convloom::arith {

inline std::int64_t saturating_product(std::int64_t a, std::int64_t b) {
    std::int64_t product = 0;
    return __builtin_mul_overflow(a, b, &product) ? std::numeric_limits<std::int64_t>::max() : product;
}

inline std::int64_t saturating_sum(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    return __builtin_add_overflow(a, b, &sum) ? std::numeric_limits<std::int64_t>::max() : sum;
}

}  // namespace convloom::arith
