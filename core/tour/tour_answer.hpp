// What the core computes for a question of the tour, and whether what somebody typed is the same.
#pragma once
#include <string>
#include <string_view>

#include "core/tour/tour.hpp"

namespace convloom::tour {

// value: the output at a step. taps: the products that reach it. sizes, shape: of the chain's output without and with
// its channels. multiplications, parameters: of the chain. extent: what the kernel spans. depth: the channels that a
// kernel sees. field: what an output cell sees of the chain's input. padding_inside, zeros_between: of a transposed
// layer as a direct one. same_padding: that keeps the size. unused: cells that no window reaches. percent: of the
// standard layer's multiplications.
bool is_asked(std::string_view what);
std::string all_asked();

// How to find the answer, without saying it.
std::string hint(const Ask& ask, scene::Language language);

// As a text that accepts() takes. Expects a `what` that is asked.
std::string answer(const Ask& ask);

}  // namespace convloom::tour
