// Layers as PyTorch code, and shapes as people write them. read_layers() in reading.hpp reads more than PyTorch.
#pragma once
#include <string>
#include <string_view>

#include "core/arith/chain/chain.hpp"
#include "core/state/code/fault.hpp"

namespace convloom::state {

// The chain that the text describes for an input (C, *spatial), as read_layers() reads it. Throws a CodeFault if no
// layer slides.
arith::Chain read_torch(std::string_view text, const arith::Shape& input);

// Reads a shape such as "3x224x224", "3 × 224 × 224", "(3, 224, 224)" or "[3,224,224]". Throws an Error.
arith::Shape read_shape(std::string_view text);

// "nn.Conv2d(3, 64, kernel_size=7, stride=2, padding=3)", in torch.nn's style without default arguments. Settings that
// PyTorch cannot express are written as a comment that read_torch() reads (torch_comment.hpp), so a layer without
// problems is read back unchanged. A following ReLU gives "nn.Conv2d(…), nn.ReLU()", a chain "nn.Sequential(…)".
std::string torch_code(const arith::Layer& layer);
std::string torch_code(const arith::Link& link);
std::string torch_code(const arith::Chain& chain);

}  // namespace convloom::state
