// Finding by words, in both languages at once: what is typed in English finds a Chinese entry and the other way round.
#pragma once
#include <string>
#include <string_view>

namespace convloom::gui {

// What a text of the interface is found by: its English and its Chinese, in small letters, a line each.
std::string names_of(const std::string& english);

// How well names, a line each, answer what is typed: 0 where a word of it is in none of them; more where names or words
// begin with it.
int found_by(std::string_view names, std::string_view typed);

}  // namespace convloom::gui
