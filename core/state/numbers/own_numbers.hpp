// The user's own numbers for a layer: its input, its kernel and its bias.
//
// An array of numbers fits a tensor if the sizes along the axes are the same; axes of one channel or filter may be left
// out. Where no layer is given, the sizes of the layer follow from the arrays.
#pragma once
#include <optional>
#include <string_view>

#include "core/state/model/state.hpp"
#include "core/state/numbers/array_text.hpp"
#include "core/state/numbers/named_weights.hpp"

namespace convloom::state {

struct OwnNumbers {
    std::optional<Array> data, kernel, bias;
    std::optional<NamedWeights> weights = {};  // of all layers
    bool any() const { return data || kernel || bias || weights; }
};

// The spatial axes that the arrays have, at least 1: a row has 1, a table 2, "|" and a leading axis are channels.
int rank_of(const OwnNumbers& own);

// The channels and sizes of an input of that rank, and the (C_out, C_in/groups, *kernel) of a weight; of a transposed
// layer (C_in, C_out/groups, *kernel). A weight's leading axis counts input channels where it agrees with them, else
// filters. Throw an Error if the array has too many axes.
arith::Shape input_shape_of(const Array& data, int rank);
arith::Shape weight_shape_of(const Array& kernel, int rank, arith::Index in_channels_of_group, bool transposed);

// The shapes that layers in words may take the data as, the likeliest first.
std::vector<arith::Shape> possible_input_shapes(const Array& data);

// Puts the numbers into the State's input and into its shown layer, the named weights into all layers first. A kernel
// without a bias makes the bias zeros, unless `keeps_bias`. Throws an Error with both shapes if they do not fit.
void set_own_numbers(State& state, const OwnNumbers& own, bool keeps_bias);

}  // namespace convloom::state
