// Layers as code in the words of each framework.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/arith/chain/chain.hpp"

namespace convloom::state {

struct FrameworkWords {
    arith::Framework framework;
    std::string_view name;  // in flags: "keras"
    const char* title;      // in the window: "Keras"
};
std::span<const FrameworkWords> framework_words();
std::optional<arith::Framework> framework_named(std::string_view name);

// "nn.Conv2d(3, 64, kernel_size=3)", "layers.Conv2D(64, 3)", "Conv kernel_shape=[3,3] W=64x3x3x3 B=64". What a
// framework cannot say stands in a comment that read_layers() reads, so that a layer without problems is read back
// unchanged.
std::string code_of(const arith::Layer& layer, arith::Framework framework);
std::string code_of(const arith::Link& link, arith::Framework framework);
std::string code_of(const arith::Chain& chain, arith::Framework framework);

}  // namespace convloom::state
