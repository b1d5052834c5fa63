// Information about a cell that is pointed at: its value, its index in its tensor, its sum, the moment in which it is
// used, and why it is padding.
#pragma once
#include <optional>
#include <string>

#include "core/arith/steps/recording.hpp"
#include "core/scene/looks/moment.hpp"
#include "core/scene/pointing/pointing.hpp"

namespace convloom::scene {

// For an output cell, the final value.
float value_of(const arith::Recording& recording, const Pointed& at);

// The row-major index in the input or the weight; nothing for an output cell and for cells outside the tensors.
std::optional<arith::Index> place_in_tensor(const arith::Layer& layer, const Pointed& at);

// "1*3 + 2*(-1) + 0.5 = 1.5": the sum of a step with all digits, in a form that calculators and Python accept. Max
// pooling gives "max(1, 2) = 2", without padding. Nothing if there are too many products to read.
std::optional<std::string> sum_text(const arith::Recording& recording, arith::Index step);

// For an output cell, its own step; for an input cell or a weight, a product that uses it, of the current step if
// possible. Nothing for a cell that no step uses.
std::optional<Moment> moment_of(const arith::Recording& recording, const Moment& now, const Pointed& at);

// Explains in a few sentences why a cell is padding or an inserted zero.
std::string why_padded(const arith::Layer& layer, const Pointed& at, Language language);

// The box on the page of a bias at a point: in the sum below the figure, or between two channels.
std::optional<Rect> bias_at(const Scene& scene, const arith::Layer& layer, Point page);

}  // namespace convloom::scene
