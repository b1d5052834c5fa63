// A decimal number at the beginning of a text, as std::from_chars reads it, which not every standard library has for
// numbers that are not whole.
#pragma once
#include <string_view>

namespace convloom::files {

// How many characters it takes; 0 where there is none, or one that is too large or too small.
std::size_t read_decimal(std::string_view text, double& to);

}  // namespace convloom::files
