// Reads one layer of PyTorch: the classes of torch.nn, their Lazy forms, and the functions of torch.nn.functional, with
// the names, order, defaults and rules of their arguments.
#pragma once
#include <optional>
#include <string_view>

#include "core/arith/layer/layer.hpp"
#include "core/state/frameworks/arguments.hpp"

namespace convloom::state {

struct TorchLayer {
    const arith::LayerKind* kind;
    int rank;               // 0 for a class of every rank
    bool lazy = false;      // LazyConv2d takes in_channels from its input
    bool function = false;  // F.conv2d
};

// "Conv2d" is a convolution of rank 2; nothing for an unknown name.
std::optional<TorchLayer> torch_layer_named(std::string_view name);

Arguments torch_arguments(const Module& call, const TorchLayer& named, ReadingNotes& notes);

// The arguments that a field of a layer stands in, the likeliest first.
std::vector<std::string_view> torch_arguments_of(arith::LayerField field);

// `coming` is the number of channels that the layer receives. The input's sizes are left open.
arith::Layer read_torch_layer(const Arguments& in, const TorchLayer& named, arith::Index coming);

}  // namespace convloom::state
