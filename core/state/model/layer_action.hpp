// What the user wants of the layers: their numbers, and their places in the chain.
#pragma once
#include <variant>

#include "core/arith/layer/chain.hpp"
#include "core/arith/layer/layer.hpp"
#include "core/arith/layer/layer_numbers.hpp"
#include "core/arith/layer/relationship.hpp"

namespace convloom::state {

// A number of every axis at once, as of a square layer.
constexpr int every_axis = -1;

// The layer's numbers. A size is that of the chain's input; all others are of the layer shown.
struct SetSize {
    arith::Index value;
    int axis = every_axis;
};
struct SetKernel {
    arith::Index value;
    int axis = every_axis;
};
struct SetStride {
    arith::Index value;
    int axis = every_axis;
};
enum class Side { both, before, after };
struct SetPadding {
    arith::Index value;
    int axis = every_axis;
    Side side = Side::both;
};
struct SetPaddingRule {
    arith::PaddingRule rule;
};  // on every axis, by its numbers
struct SetDilation {
    arith::Index value;
    int axis = every_axis;
};
struct SetOutputPadding {
    arith::Index value;
    int axis = every_axis;
};  // of a transposed layer
// Any number that is a row of a table; those above are asked for by name.
struct SetLayerNumber {
    const arith::LayerNumber* of;  // one of arith::layer_numbers()
    arith::Index value;
    int axis = every_axis;   // of a number per axis
    Side side = Side::both;  // of one with two sides
};
struct SetChannels {
    arith::Index in, out;
};  // later layers follow; what a later layer takes in is not free
struct SetGroups {
    arith::Index value;
};
struct SetOp {
    arith::Op op;
};  // what the new kind does not have is dropped: groups, bias, dilation, …
struct SetBias {
    bool on;
};
struct SetPaddingMode {
    arith::PaddingMode mode;
};
struct SetLayerSwitch {
    bool arith::Layer::*of;
    bool on;
};  // one of arith::layer_switches()

// The chain's layers, by their places from 0. The channels of those after a change follow it.
constexpr int most_layers = 64;
struct AddLayer {
    int after;
};  // a 3x3 convolution that keeps the size and the channels; it is shown
struct RemoveLayer {
    int number;
};
struct MoveLayer {
    int from, to;
};
struct DuplicateLayer {
    int number;
};  // the copy stands after it and is shown
struct SetActivation {
    arith::Activation after;
};  // of the layer shown, on the way to the next

using LayerAction =
    std::variant<SetSize, SetKernel, SetStride, SetPadding, SetPaddingRule, SetDilation, SetOutputPadding,
                 SetLayerNumber, SetChannels, SetGroups, SetOp, SetBias, SetPaddingMode, SetLayerSwitch, AddLayer,
                 RemoveLayer, MoveLayer, DuplicateLayer, SetActivation>;

}  // namespace convloom::state
