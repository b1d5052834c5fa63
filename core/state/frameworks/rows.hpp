// What the tables of the frameworks' layers share.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace convloom::state {

// "Conv2D" of "Conv{}D".
inline std::string with_rank(std::string_view name, int rank) {
    const std::size_t at = name.find("{}");
    if (at == std::string_view::npos) return std::string(name);
    return std::string(name.substr(0, at)) + std::to_string(rank) + std::string(name.substr(at + 2));
}

// The words of "filters, kernel_size, strides".
inline std::vector<std::string_view> words_of(std::string_view list) {
    constexpr std::string_view between = ", ";
    std::vector<std::string_view> words;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(between), list.size());
        words.push_back(list.substr(0, end));
        list.remove_prefix(std::min(end + between.size(), list.size()));
    }
    return words;
}

}  // namespace convloom::state
