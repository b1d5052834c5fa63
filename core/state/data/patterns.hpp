// Patterns to fill tensors with, for exploring a layer without data of one's own.
//
// The one idea: every pattern is a pure function of position and seed, so a tensor that still contains one can be saved
// as its seed. Kernels can also be filled with the weights of filters from core/image.
#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "core/image/filters/kernel.hpp"
#include "core/state/model/data_action.hpp"

namespace convloom::state {

// Fills every plane (the last two axes; for rank 1 the last one) row by row. A ramp counts up from 0; a checker
// alternates 0 and 1; an impulse is 1 in the middle; random values are integers 0 to 9 from a seed; a digit is drawn in
// 0 and 1 (the last digit of the seed plus the plane's number).
arith::Tensor patterned(arith::Shape shape, int rank, Pattern pattern, std::uint32_t seed);

// The small integers of pattern_value, plane by plane: the values of a new State's tensors.
arith::Tensor patterned(arith::Shape shape, std::uint32_t seed);

// A filter of core/image that can fill a layer's kernel.
struct KernelPattern {
    std::string_view filter;  // its name there
    std::string_view title;   // short, for a button
    std::string_view sides;   // the side lengths it exists for: "odd sides"
    // The kernel of this size, if the filter has one.
    std::optional<image::Kernel> kernel(arith::Index rows, arith::Index columns) const;
};
std::span<const KernelPattern> kernel_patterns();
const KernelPattern* kernel_pattern_named(std::string_view filter);  // null if there is none

// The seed from which patterned() produces exactly this tensor, among the `count` seeds from `first` on.
std::optional<std::uint32_t> seed_of(const arith::Tensor& tensor, std::uint32_t first, std::uint32_t count);

}  // namespace convloom::state
