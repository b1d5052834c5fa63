// Computes the answer to a question of the tour.
#pragma once
#include <string>
#include <string_view>

#include "core/tour/tour.hpp"

namespace convloom::tour {

// value: the output at a step. taps: the number of products of that output. sizes, shape: the chain's output shape
// without and with its channels. multiplications, parameters: of the chain. extent: the cells that the kernel spans.
// depth: the channels that a kernel sees. field: the receptive field of an output cell at the chain's input.
// padding_inside, zeros_between: of a transposed layer drawn as a direct one. same_padding: the padding that keeps the
// size. unused: cells that no window reaches. percent: of the standard layer's multiplications.
bool is_asked(std::string_view what);
std::string all_asked();

// How to find the answer, without giving it.
std::string hint(const Ask& ask, scene::Language language);

// As a text that accepts() takes. Expects a valid `what`.
std::string answer(const Ask& ask);

}  // namespace convloom::tour
