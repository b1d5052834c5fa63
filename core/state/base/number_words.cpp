#include "core/state/base/number_words.hpp"

#include <cmath>
#include <cstdlib>
#include <string>

namespace convloom::state {
namespace {

constexpr std::string_view typeset_minus = "\u2212";

// Digits with an optional decimal point and exponent. strtod also accepts other forms, which are not numbers here.
bool is_decimal(std::string_view text) {
    std::size_t at = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
    auto digits = [&] {
        const std::size_t start = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
        return at - start;
    };
    std::size_t count = digits();
    if (at < text.size() && text[at] == '.') ++at, count += digits();
    if (count == 0) return false;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
        if (digits() == 0) return false;
    }
    return at == text.size();
}

template <class Number>
std::optional<Number> read(std::string_view text, Number (*convert)(const char*, char**)) {
    text = trimmed(text);
    if (const std::size_t stroke = text.find('/'); stroke != std::string_view::npos) {
        const auto over = read<double>(text.substr(stroke + 1), std::strtod),
                   what = read<double>(text.substr(0, stroke), std::strtod);
        if (!what || !over || *over == 0 || text.find('/', stroke + 1) != std::string_view::npos) return std::nullopt;
        const auto value = static_cast<Number>(*what / *over);
        return std::isfinite(value) ? std::optional(value) : std::nullopt;
    }
    std::string plain(text);
    if (text.starts_with(typeset_minus)) plain.replace(0, typeset_minus.size(), "-");
    if (!is_decimal(plain)) return std::nullopt;
    const Number value = convert(plain.c_str(), nullptr);
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::optional<double> number_of(std::string_view text) {
    return read<double>(text, std::strtod);
}
std::optional<float> float_of(std::string_view text) {
    return read<float>(text, std::strtof);
}

}  // namespace convloom::state
