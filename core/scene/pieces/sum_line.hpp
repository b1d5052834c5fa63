// The sum of one step written out, "3·0 + 3·1 + 2·2 + … = 12", in at most two lines below a figure.
//
// All terms have slots of the same width, so nothing moves from tap to tap. At a tap, the terms already added have full
// colour, the current one has a filled box, the remaining ones are muted, and the result is marked "so far". Factors
// have as many digits as the result needs; if four are not enough, "≈" is printed. A sum too long for two lines shows
// its beginning, the terms around the current one and its end, with ellipses between them.
#pragma once
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

// Adds the sum's items to a plane in page units, inside `room` (two lines of sum_line_px). For a whole window over
// several channels the terms are the subtotals of the channels, or with `by_channel` false all products. Weights that
// are integers divided by `weights_over` are printed as these integers, followed by the division.
void add_sum(Plane& page, Rect room, const arith::Recording& recording, const Moment& moment,
             const ViewOptions& options, bool by_channel = true, int weights_over = 1);

constexpr double sum_line_px = 28;

// The indices of the terms to show, in order, if `slots` of `count` terms fit; -1 is an ellipsis. `current` is
// included.
std::vector<arith::Index> shown_terms(arith::Index count, arith::Index slots, arith::Index current);

}  // namespace convloom::scene
