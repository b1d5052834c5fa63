// Actions on layers: their numbers and their order in the chain, implemented in update_layer.cpp.
//
// All numbers are in cells. An action that would make a layer invalid is refused with Problems and changes nothing.
// Data is adapted to new sizes: cells keep their values, new cells get the pattern of the State's seed.
#pragma once
#include <variant>

#include "core/arith/chain/chain.hpp"
#include "core/arith/layer/layer.hpp"
#include "core/arith/layer/layer_numbers.hpp"
#include "core/arith/layer/relationship.hpp"

namespace convloom::state {

// Sets all axes at once, as for a square layer.
constexpr int every_axis = -1;

// Numbers of a layer. The size is that of the chain's input; all others belong to the current layer.
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
};  // on every axis, computed from the axis's numbers
struct SetDilation {
    arith::Index value;
    int axis = every_axis;
};
struct SetOutputPadding {
    arith::Index value;
    int axis = every_axis;
};  // for transposed layers
// Any row of the table of numbers; the common ones above have actions of their own.
struct SetLayerNumber {
    const arith::LayerNumber* of;  // one of arith::layer_numbers()
    arith::Index value;
    int axis = every_axis;   // for a number per axis
    Side side = Side::both;  // for a number with two sides
};
struct SetChannels {
    arith::Index in, out;
};  // later layers adapt; the input channels of a later layer cannot be set
struct SetGroups {
    arith::Index value;
};
struct SetOp {
    arith::Op op;
};  // settings that the new kind does not have are reset: groups, bias, dilation, …
struct SetBias {
    bool on;
};
struct SetPaddingMode {
    arith::PaddingMode mode;
};
struct SetPaddingValue {
    float value;
};  // of the mode constant
struct SetLayerSwitch {
    bool arith::Layer::*of;
    bool on;
};  // one of arith::layer_switches()

// The layers of the chain, numbered from 0. The channels of later layers adapt to a change.
constexpr int most_layers = 64;
struct AddLayer {
    int after;
};  // adds a 3x3 convolution that keeps size and channels, and makes it current
struct RemoveLayer {
    int number;
};
struct MoveLayer {
    int from, to;
};
struct DuplicateLayer {
    int number;
};  // inserts the copy after it and makes it current
// What stands after a layer and does not slide. What it takes from the shape, such as num_features, is adapted.
struct AddBetween {
    int layer;
    arith::Between between;
};  // as the last one after the layer
struct SetBetween {
    int layer, number;
    arith::Between between;
};  // the same kind with other settings, or another kind
struct RemoveBetween {
    int layer, number;
};

using LayerAction = std::variant<SetSize, SetKernel, SetStride, SetPadding, SetPaddingRule, SetDilation,
                                 SetOutputPadding, SetLayerNumber, SetChannels, SetGroups, SetOp, SetBias,
                                 SetPaddingMode, SetPaddingValue, SetLayerSwitch, AddLayer, RemoveLayer, MoveLayer,
                                 DuplicateLayer, AddBetween, SetBetween, RemoveBetween>;

}  // namespace convloom::state
