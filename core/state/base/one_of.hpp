// Whether a word is in a list of words.
#pragma once
#include <algorithm>
#include <iterator>
#include <string_view>

namespace convloom::state {

template <class Words>
bool is_one_of(std::string_view word, const Words& words) {
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

}  // namespace convloom::state
