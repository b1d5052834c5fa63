#include "core/scene/words/number_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

namespace convloom::scene {

std::string number_text(float value, int decimals) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value < 0 ? "−inf" : "inf";
    const double size = std::abs(static_cast<double>(value));
    std::string text;
    if (size >= 1e6) {
        text = fmt::format("{:.2g}", size);
    } else {
        text = fmt::format("{:.{}f}", size, decimals);
        if (decimals > 0) {
            text.erase(text.find_last_not_of('0') + 1);
            if (text.back() == '.') text.pop_back();
        }
    }
    return value < 0 && text != "0" ? "−" + text : text;
}

std::string with_minus(std::string_view formula) {
    std::string text;
    for (std::size_t n = 0; n < formula.size(); ++n) {
        const bool is_tight = n > 0 && formula[n - 1] != ' ';
        if (formula[n] != '-')
            text += formula[n];
        else
            text += is_tight ? " − " : "−";
    }
    return text;
}

std::string count_text(std::int64_t count) {
    std::string text = fmt::format("{}", count);
    const int first = count < 0 ? 1 : 0;
    for (int at = static_cast<int>(text.size()) - 3; at > first; at -= 3)
        text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

std::string with_article(std::string_view noun) {
    // Letters that are spoken one by one, such as LP, follow the sound of the first.
    const bool letters = noun.size() > 1 && noun[1] >= 'A' && noun[1] <= 'Z';
    const std::string_view vowels = letters ? "AEFHILMNORSX" : "aeiouAEIOU";
    const bool an = !noun.empty() && vowels.find(noun.front()) != std::string_view::npos;
    return fmt::format("{} {}", an ? "an" : "a", noun);
}

std::string cell_text(int rank, const arith::Cell& cell) {
    std::string text = "(";
    for (int a = 0; a < rank; ++a)
        text += fmt::format("{}{}{}", a > 0 ? ", " : "", cell[a] < 0 ? "−" : "", std::abs(cell[a]));
    return text + ")";
}

}  // namespace convloom::scene
