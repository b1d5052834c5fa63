// What there is to know of one cell that is pointed at: its value, where it stands in its tensor, the sum that makes
// it, the moment in which it is at work, and why it is padding.
#pragma once
#include <optional>
#include <string>

#include "core/arith/steps/recording.hpp"
#include "core/scene/looks/moment.hpp"
#include "core/scene/pointing/pointing.hpp"

namespace convloom::scene {

// Of an output, what it comes to when it is made.
float value_of(const arith::Recording& recording, const Pointed& at);

// Its place in the input or the weight, row-major; nothing for an output and for what is no cell of a tensor.
std::optional<arith::Index> place_in_tensor(const arith::Layer& layer, const Pointed& at);

// "1*3 + 2*(-1) + 0.5 = 1.5": the sum of a step with all its digits, as a calculator or Python reads it. A maximum is
// "max(1, 2) = 2" without the padding. Nothing where it has more products than one can read.
std::optional<std::string> sum_text(const arith::Recording& recording, arith::Index step);

// An output's own step; of an input cell or a weight a product that it takes part in, of the step shown where there is
// one. Nothing for what takes part in none.
std::optional<Moment> moment_of(const arith::Recording& recording, const Moment& now, const Pointed& at);

// In a few sentences, for a cell that is padding or put in.
std::string why_padded(const arith::Layer& layer, const Pointed& at, Language language);

// The box on the page of a bias that is seen at a point: in the sum under the figure, or between two channels.
std::optional<Rect> bias_at(const Scene& scene, const arith::Layer& layer, Point page);

}  // namespace convloom::scene
