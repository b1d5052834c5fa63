// Reads sliding layers in the words of Keras: Conv2D, Conv2DTranspose, DepthwiseConv2D, SeparableConv2D,
// MaxPooling2D, AveragePooling2D, and theirs of ranks 1 and 3.
#pragma once
#include <string>
#include <string_view>

#include "core/arith/layer/layer.hpp"
#include "core/state/frameworks/arguments.hpp"

namespace convloom::state {

enum class KerasForm { plain, depthwise, separable };

struct KerasLayer {
    std::string_view name;  // {} for the rank
    arith::Op op;
    std::string_view arguments;  // in Keras's order
    KerasForm form = KerasForm::plain;
    int least_rank = 1, most_rank = 3;
    std::string_view other_name = {};
};

struct KerasNamed {
    const KerasLayer* kind;
    int rank;
};
std::optional<KerasNamed> keras_layer_named(std::string_view name);
std::vector<std::string> keras_layer_names();

Arguments keras_arguments(const Module& call, const KerasNamed& named, ReadingNotes& notes);

// One layer, or two of a separable one, for the shape that it receives.
std::vector<arith::Layer> read_keras_layer(const Arguments& in, const KerasNamed& named, const arith::Shape& coming);

}  // namespace convloom::state
