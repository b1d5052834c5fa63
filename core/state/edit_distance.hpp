// The nearest of some names to one that was mistyped, and whether it is near enough to be meant.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace convloom::state {

// Letters to change, add or leave out (Levenshtein), of the first 64.
inline std::size_t edit_distance(std::string_view a, std::string_view b) {
    a = a.substr(0, 64), b = b.substr(0, 64);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
            diagonal = above;
        }
    }
    return row[b.size()];
}

template <class Names>
std::string nearest(std::string_view name, const Names& names) {
    return std::string(*std::min_element(names.begin(), names.end(), [&](const auto& a, const auto& b) {
        return edit_distance(name, a) < edit_distance(name, b);
    }));
}

// A third of the shorter one's letters may be wrong, and always two.
inline bool is_near(std::string_view a, std::string_view b) {
    return edit_distance(a, b) <= std::max<std::size_t>(2, std::min(a.size(), b.size()) / 3);
}

}  // namespace convloom::state
