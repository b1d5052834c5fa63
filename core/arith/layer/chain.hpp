// A chain of layers, each fed by the one before: a depthwise separable convolution is such a chain of two. Here
// are the checks link by link, and what one cell of each layer sees of the chain's input.
#pragma once
#include <optional>
#include <vector>

#include "core/arith/layer/layer.hpp"

namespace convloom::arith {

enum class Activation { none, relu };

struct Link {
    Layer layer;
    Activation after = Activation::none;
    Activation before = Activation::none;  // of the first link: what its input has passed
    friend bool operator==(const Link&, const Link&) = default;
};

using Chain = std::vector<Link>;

// A problem of one link; the sentence begins with "Layer 2: ".
struct ChainProblem {
    int link = 0;
    Problem problem;
};

// Everything wrong with the layers and with how they fit: each layer's input is the output of the one before.
std::vector<ChainProblem> check(const Chain& chain);

// Gives each layer but the first the sizes, and where 0 the in_channels, that come out of the one before. Stops
// at the first layer that has problems.
void connect(Chain& chain);

// What a cell of a layer sees of the chain's input along one axis, in input cells. A transposed layer spreads
// cells apart, so its stride is a fraction.
struct ReceptiveField {
    double size = 1;    // cells between the first and the last that it sees, both counted
    double stride = 1;  // how far its window moves in the input from one cell to the next
    double offset = 0;  // the first input cell that cell 0 sees; negative in the padding
};

// After each layer, by the recursion r += (extent - 1) j, j *= stride of Araujo, Norris and Sim, "Computing
// Receptive Fields of Convolutional Neural Networks" (Distill, 2019). receptive_fields(chain)[link][axis].
std::vector<std::vector<ReceptiveField>> receptive_fields(const Chain& chain);

// The depthwise separable form of a convolution: one kernel a channel, then 1x1 over the channels. The same
// sizes; the second layer has the bias.
Chain depthwise_separable(const Layer& standard);

// The layer that the chain is the depthwise separable form of, where it is one. A bias or an activation between the two
// does not matter, for it multiplies nothing.
std::optional<Layer> standard_of(const Chain& separable);

}  // namespace convloom::arith
