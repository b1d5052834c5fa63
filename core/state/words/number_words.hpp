// A number as people write it: 3, .5, 1., +1, 1e-3, 1/9, and the minus of typeset texts. One reader for kernels, for
// parameters of filters and for cells of a table.
#pragma once
#include <optional>
#include <string_view>

namespace convloom::state {

// Nothing for what is no finite number; spaces around it, and around a fraction's stroke, do not count.
std::optional<double> number_of(std::string_view text);
// The nearest float to what is written, which is rounded once.
std::optional<float> float_of(std::string_view text);

// Without spaces, tabs and ends of lines at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace convloom::state
