// Values to fill a tensor with: what one looks at a layer with before one has data of one's own.
#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "core/image/filters/kernel.hpp"
#include "core/state/model/data_action.hpp"

namespace convloom::state {

// Row by row of every plane (the last two axes; of rank 1 the last): a ramp counts the plane's cells up from 0, a
// checker has 0 and 1, an impulse is 1 in the middle, random are the whole numbers 0 to 9 of a seed, a digit is drawn
// in 0 and 1 (that of the seed's last place, with a plane's number added).
arith::Tensor patterned(arith::Shape shape, int rank, Pattern pattern, std::uint32_t seed);

// The small whole numbers of pattern_value, plane by plane: what a new State's tensors hold.
arith::Tensor patterned(arith::Shape shape, std::uint32_t seed);

// A filter of core/image that a layer's kernel can be filled with.
struct KernelPattern {
    std::string_view filter;  // its name there
    std::string_view title;   // short, as on a button
    std::string_view sides;   // those that it exists for: "odd sides"
    // Of this size, where the filter has one.
    std::optional<image::Kernel> kernel(arith::Index rows, arith::Index columns) const;
};
std::span<const KernelPattern> kernel_patterns();
const KernelPattern* kernel_pattern_named(std::string_view filter);  // null for none

// The seed from which patterned() gives this very tensor; `count` of them from `first` on are tried.
std::optional<std::uint32_t> seed_of(const arith::Tensor& tensor, std::uint32_t first, std::uint32_t count);

}  // namespace convloom::state
