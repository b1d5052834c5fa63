// Reads numbers as people write them: 3, .5, 1., +1, 1e-3, 1/9, and with a typographic minus. Used for kernels, filter
// parameters and table cells.
#pragma once
#include <optional>
#include <string_view>

namespace convloom::state {

// Nothing if the text is not a finite number. Spaces around it and around the slash of a fraction are ignored.
std::optional<double> number_of(std::string_view text);
// The nearest float to the written number, rounded once.
std::optional<float> float_of(std::string_view text);

// Without spaces, tabs and line ends on both sides.
std::string_view trimmed(std::string_view text);

}  // namespace convloom::state
