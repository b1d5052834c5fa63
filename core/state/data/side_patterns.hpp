// Made-up values for the tensors that a layer takes beside its input, for use without data of one's own.
//
// Offsets and modulations are quarters, so that their products have few digits; a mask has a hole in the middle.
#pragma once
#include "core/arith/layer/side_tensors.hpp"
#include "core/state/data/patterns.hpp"

namespace convloom::state {

// The tensor with this number among the layer's side tensors.
arith::Tensor made_up_side(const arith::Layer& layer, std::size_t number, std::uint32_t seed);
// All of them.
arith::SideTensors made_up_sides(const arith::Layer& layer, std::uint32_t seed);

// A pattern for such a tensor: random values are those made up here, the others are the same as elsewhere.
arith::Tensor patterned_side(const arith::Layer& layer, std::size_t number, Pattern pattern, std::uint32_t seed);

}  // namespace convloom::state
