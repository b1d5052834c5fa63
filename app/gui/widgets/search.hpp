// Search in both languages at once: English words find a Chinese entry and vice versa.
#pragma once
#include <string>
#include <string_view>

namespace convloom::gui {

// The words for finding a text of the interface: its English and its Chinese, in lower case, one line each.
std::string names_of(const std::string& english);

// How well names, one per line, match the typed text: 0 if a word of it is in none of them; more if names or words
// begin with it.
int found_by(std::string_view names, std::string_view typed);

}  // namespace convloom::gui
