// Reads and writes layers as PyTorch code: Conv1d to Conv3d, ConvTranspose1d to 3d, MaxPool1d to 3d, AvgPool1d to 3d
// and ReLU, with the argument names, order, defaults and rules of torch.nn.
#pragma once
#include <string>
#include <string_view>

#include "core/arith/chain/chain.hpp"
#include "core/state/words/torch_parser.hpp"

namespace convloom::state {

// The chain that the text describes for an input (C, *spatial). A pooling takes the number of its input's channels.
// Throws a TorchFault of one sentence for code that is not understood, an invalid argument (with its name and numbers)
// and a rank other than the input's. Layers that cannot be computed are not refused here; check(chain) finds them.
arith::Chain read_torch(std::string_view text, const arith::Shape& input);

// The position of the cause of a problem found by check(): the argument, or else the layer's name.
TextSpan torch_place(std::string_view text, int link, arith::LayerField field);

// Reads a shape such as "3x224x224", with x, × or commas between the numbers. Throws an Error.
arith::Shape read_shape(std::string_view text);

// "nn.Conv2d(3, 64, kernel_size=7, stride=2, padding=3)", in torch.nn's style without default arguments. Settings that
// PyTorch cannot express are written as a comment that read_torch() reads (torch_comment.hpp), so a layer without
// problems is read back unchanged. A following ReLU gives "nn.Conv2d(…), nn.ReLU()", a chain "nn.Sequential(…)".
std::string torch_code(const arith::Layer& layer);
std::string torch_code(const arith::Link& link);
std::string torch_code(const arith::Chain& chain);

}  // namespace convloom::state
