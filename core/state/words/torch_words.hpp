// Layers in PyTorch's own words: Conv1d to Conv3d, ConvTranspose1d to 3d, MaxPool1d to 3d, AvgPool1d to 3d and ReLU,
// with the names, the order, the defaults and the rules of torch.nn's arguments.
#pragma once
#include <string>
#include <string_view>

#include "core/arith/layer/chain.hpp"
#include "core/state/words/torch_parser.hpp"

namespace convloom::state {

// The chain that the text describes for an input (C, *spatial). A pooling takes the channels that come to it.
// Throws a TorchFault in one sentence for words that are not understood, an argument that does not fit (with its name
// and numbers), and a rank that is not the input's. Layers that do not run are not refused here: check(chain).
arith::Chain read_torch(std::string_view text, const arith::Shape& input);

// Where the text says what check() finds wrong with a link of its chain: the argument, or else the layer's name.
TextSpan torch_place(std::string_view text, int link, arith::LayerField field);

// The shape "3x224x224", with x, × or commas between the numbers. Throws an Error.
arith::Shape read_shape(std::string_view text);

// "nn.Conv2d(3, 64, kernel_size=7, stride=2, padding=3)", as torch.nn prints it with defaults left out. What PyTorch
// cannot say follows in a comment that read_torch() understands (torch_comment.hpp): a layer without problems comes
// back as it was. With a ReLU after it: "nn.Conv2d(…), nn.ReLU()"; a chain: "nn.Sequential(…)".
std::string torch_code(const arith::Layer& layer);
std::string torch_code(const arith::Link& link);
std::string torch_code(const arith::Chain& chain);

}  // namespace convloom::state
