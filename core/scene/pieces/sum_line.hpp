// The sum of one step written out, "3·0 + 3·1 + 2·2 + … = 12", in at most two lines under a figure.
//
// Every term has a slot of the same width, so that nothing shifts from tap to tap. At tap resolution the terms
// done stand in full colour, the current one in a filled box, those to come muted, and the result is said to be what
// the terms come to so far. Factors have the digits that the result needs; where four are too few, “≈” says so. A sum
// too long for two lines keeps its beginning, the terms around the current one and its end, with an ellipsis between.
#pragma once
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

// Adds the sum's items to a plane in page units, inside `room` (two lines of sum_line_px). Of a whole window over
// several channels, what each channel adds, or all products. Weights that are whole numbers over `weights_over` stand
// as these, with what they are over after the sum.
void add_sum(Plane& page, Rect room, const arith::Recording& recording, const Moment& moment,
             const ViewOptions& options, bool by_channel = true, int weights_over = 1);

constexpr double sum_line_px = 28;

// Which of `count` terms are shown when `slots` fit, in order; -1 stands for an ellipsis. `current` is kept.
std::vector<arith::Index> shown_terms(arith::Index count, arith::Index slots, arith::Index current);

}  // namespace convloom::scene
