#include "app/files/decimal.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>

namespace convloom::files {

std::size_t read_decimal(std::string_view text, double& to) {
    // Neither a sign that strtod() takes besides, nor spaces, hexadecimals or words.
    const std::string digits(text.substr(0, text.find_first_not_of("0123456789.eE+-")));
    if (digits.empty() || digits.front() == '+') return 0;
    char* end = nullptr;
    errno = 0;
    const double value = std::strtod(digits.c_str(), &end);
    if (end == digits.c_str() || errno == ERANGE) return 0;
    to = value;
    return static_cast<std::size_t>(end - digits.c_str());
}

}  // namespace convloom::files
