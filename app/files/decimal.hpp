// A decimal number at the beginning of a text, as std::from_chars reads it, which not every standard library has for
// numbers that are not whole.
#pragma once
#include <string_view>

namespace convloom::files {

// The number of characters read; 0 if there is no number, or it is out of range.
std::size_t read_decimal(std::string_view text, double& to);

}  // namespace convloom::files
