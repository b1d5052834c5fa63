// Values to fill a tensor with: what one looks at a layer with before one has data of one's own.
#pragma once
#include "core/state/action.hpp"

namespace convloom::state {

// Row by row of every plane (the last two axes; of rank 1 the last): a ramp counts the plane's cells up from 0, a checker has 0 and 1, an
// impulse is 1 in the middle, random are the whole numbers 0 to 9 of a seed, a digit is drawn in 0 and 1 (that of the
// seed's last place, with a plane's number added).
arith::Tensor patterned(arith::Shape shape, int rank, Pattern pattern, std::uint32_t seed);

}  // namespace convloom::state
