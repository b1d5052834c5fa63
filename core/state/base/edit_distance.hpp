// Suggestions for mistyped names: the nearest of several names, if it is near enough to have been meant.
//
// The one idea: a suggestion that is wrong is worse than none, so a name counts as near only if few of its letters
// differ. Names are compared byte by byte, as written.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convloom::state {

// The number of letters to replace, insert, delete or swap with a neighbour (optimal string alignment distance),
// computed over the first 64 letters.
inline std::size_t edit_distance(std::string_view a, std::string_view b) {
    a = a.substr(0, 64), b = b.substr(0, 64);
    std::vector<std::size_t> before, above, row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before = std::move(above);
        above = row;
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
    }
    return row[b.size()];
}

// Allows errors in a quarter of the shorter name's letters, and at least one.
inline bool is_near(std::string_view a, std::string_view b) {
    return edit_distance(a, b) <= std::max<std::size_t>(1, std::min(a.size(), b.size()) / 4);
}

template <class Names>
std::string nearest(std::string_view name, const Names& names) {
    return std::string(*std::min_element(names.begin(), names.end(), [&](const auto& a, const auto& b) {
        return edit_distance(name, a) < edit_distance(name, b);
    }));
}

// The end of a sentence: `guess`, such as "; did you mean {}?", if a name is near, otherwise the alternative.
template <class Names>
std::string meant(std::string_view name, const Names& names, fmt::format_string<std::string> guess,
                  std::string_view otherwise) {
    if (names.begin() == names.end()) return std::string(otherwise);
    std::string near = nearest(name, names);
    return is_near(name, near) ? fmt::format(guess, std::move(near)) : std::string(otherwise);
}

}  // namespace convloom::state
