// A chain of layers, each fed with the output of the previous one; a depthwise separable convolution is a chain of two.
//
// Declares the checks of a chain and the receptive field of each layer in the chain's input.
#pragma once
#include <optional>
#include <vector>

#include "core/arith/layer/layer.hpp"

namespace convloom::arith {

enum class Activation { none, relu };

struct Link {
    Layer layer;
    Activation after = Activation::none;
    Activation before = Activation::none;  // of the first link only: the activation already applied to its input
    friend bool operator==(const Link&, const Link&) = default;
};

using Chain = std::vector<Link>;

// A problem of one link; its sentence begins with "Layer 2: ".
struct ChainProblem {
    int link = 0;
    Problem problem;
};

// Checks every layer and that neighbours fit: each layer's input must be the output of the previous one.
std::vector<ChainProblem> check(const Chain& chain);

// Sets the sizes of every layer after the first, and its in_channels where they are 0, to the output of the previous
// layer. Stops at the first layer that has problems.
void connect(Chain& chain);

// The receptive field of a layer's cells along one axis, in cells of the chain's input. A transposed layer moves its
// cells closer together in the input, so the stride may be a fraction.
struct ReceptiveField {
    double size = 1;    // cells from the first to the last one seen, inclusive
    double stride = 1;  // distance in the input between the fields of neighbouring cells
    double offset = 0;  // the first input cell that cell 0 sees; negative in the padding
};

// The receptive field after each layer, as receptive_fields(chain)[link][axis]. Uses the recursion r += (extent - 1) j,
// j *= stride of Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural Networks" (Distill, 2019).
std::vector<std::vector<ReceptiveField>> receptive_fields(const Chain& chain);

// The depthwise separable form of a convolution: a depthwise layer with one kernel per channel, then a 1x1 layer. Sizes
// are kept; only the second layer has the bias.
Chain depthwise_separable(const Layer& standard);

// The standard layer whose depthwise separable form `separable` is, or nothing. A bias or an activation between the two
// layers is ignored, because it adds no multiplications.
std::optional<Layer> standard_of(const Chain& separable);

}  // namespace convloom::arith
