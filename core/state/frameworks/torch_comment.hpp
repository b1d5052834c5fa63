// Comments for the settings of a layer that code cannot express, in PyTorch or elsewhere. They are written with the
// code and read back, so that a layer that is copied and pasted stays the same:
//
//   nn.Conv2d(1, 1, kernel_size=2)  # padding 0+1 0+1           before and after, axis by axis
//   nn.Conv2d(1, 1, kernel_size=3)  # kernel flipped            a true convolution
//   nn.Conv2d(1, 1, kernel_size=3, padding=1)  # padding_mode=constant, which Conv2d has not  # padding_value=0.5
//   nn.AvgPool1d(kernel_size=2)  # divisor_override=3, which AvgPool1d has not
//   layers.MaxPooling2D(2)  # dilation=2x2, which MaxPooling2D has not
//
// Other comments are ignored.
#pragma once
#include <string>
#include <string_view>

#include "core/arith/layer/layer.hpp"

namespace convloom::state {

// Whether padding is written as a comment instead of an argument: it differs between sides, or is more than PyTorch
// allows for a pooling.
bool padding_needs_comment(const arith::Layer& layer);

// The comment, with two spaces and “#” before each part, or an empty text.
std::string torch_comment(const arith::Layer& layer);

// The comment for code that says `said` where `wanted` is meant; `name` is that of the layer in its framework.
std::string unsaid_comment(const arith::Layer& wanted, const arith::Layer& said, std::string_view name);

// Applies the comment to the layer. Padding given as an argument takes precedence.
void read_torch_comment(std::string_view comment, arith::Layer& layer);

}  // namespace convloom::state
