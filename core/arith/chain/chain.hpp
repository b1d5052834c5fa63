// A chain of layers, each fed with the output of the previous one, perhaps through activations and other betweens. A
// depthwise separable convolution is a chain of two.
//
// Declares the checks of a chain and the receptive field of each layer in the chain's input.
#pragma once
#include <optional>
#include <vector>

#include "core/arith/chain/between.hpp"
#include "core/arith/layer/layer.hpp"

namespace convloom::arith {

struct Link {
    Layer layer;
    Betweens after;   // what stands between it and the next layer, or after the last
    Betweens before;  // of the first link only: what was already applied to its input
    Shape given;      // of the first link only: the shape in front of `before`; empty if nothing changes the shape
    friend bool operator==(const Link&, const Link&) = default;
};

using Chain = std::vector<Link>;

// A problem of one link, or of what stands after it; its sentence begins with "Layer 2: " or "After layer 2: ".
struct ChainProblem {
    int link = 0;
    Problem problem;
    int between = -1;       // its index in `after`, or in `before`; -1 for a problem of the layer
    bool in_front = false;  // it is one of `before`
};

// Checks every layer and that neighbours fit: each layer's input must be the output of the previous one, after what
// stands between them.
std::vector<ChainProblem> check(const Chain& chain);

// Sets the sizes of every layer after the first, and its in_channels where they are 0, to the output of the previous
// layer after what stands between them. Sets what betweens take from the shape: those that were left open, or, after
// an edit, all that follow from it. Stops at the first problem.
enum class Fit { open_settings, all_settings };
void connect(Chain& chain, Fit fit = Fit::open_settings);

// The same for the first layer of a chain that is given an input of this shape, to which `before` is not yet applied.
// Sets nothing if `before` cannot take it, or gives another rank.
void connect(Chain& chain, const Shape& input);

// The shape of what goes into the chain, and of what comes out at the end. Both expect a chain without problems.
Shape input_shape(const Chain& chain);
Shape output_shape(const Chain& chain);
// The shapes after each of the betweens that follow the layer, or that stand in front of the first one.
std::vector<Shape> shapes_after(const Link& link);
std::vector<Shape> shapes_before(const Link& first);
inline bool is_relu(const Betweens& betweens) {
    return betweens.size() == 1 && betweens.front() == relu();
}

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

// The standard layer whose depthwise separable form `separable` is, or nothing. A bias, an activation or a
// normalization between the two layers is ignored.
std::optional<Layer> standard_of(const Chain& separable);

}  // namespace convloom::arith
