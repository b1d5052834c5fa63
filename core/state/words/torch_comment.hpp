// What a layer has that PyTorch's words cannot say, as a comment after them. It is written with the code and read back
// with it, so that a layer that is copied and pasted is the same layer:
//
//   nn.Conv2d(1, 1, kernel_size=2)  # padding 0+1 0+1           before and after, axis by axis
//   nn.Conv2d(1, 1, kernel_size=3)  # kernel flipped            a true convolution
//   nn.AvgPool1d(kernel_size=2)  # divisor_override=3, which AvgPool1d has not
//
// Any other comment means nothing.
#pragma once
#include <string>
#include <string_view>

#include "core/arith/layer/layer.hpp"

namespace convloom::state {

// Whether the padding is said by the comment in place of the argument: it differs from side to side, or a pooling's is
// more than PyTorch takes.
bool padding_needs_comment(const arith::Layer& layer);

// The comment with its two spaces and “#” before each part, or an empty text.
std::string torch_comment(const arith::Layer& layer);

// Sets what the comment says. A padding that the words gave stays.
void read_torch_comment(std::string_view comment, arith::Layer& layer);

}  // namespace convloom::state
