// Errors in code that people typed or pasted, with their place in the text: a range of bytes, and for people a line, a
// column counted in characters, and a caret under the text.
#pragma once
#include <string>
#include <string_view>

#include "core/state/base/error.hpp"

namespace convloom::state {

// A range of the text, in bytes.
struct TextSpan {
    std::size_t at = 0, length = 0;
    std::size_t end() const { return at + length; }
    friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

// An error in the code, with the range of the text that the message refers to.
class CodeFault : public Error {
  public:
    CodeFault(const std::string& sentence, TextSpan where) : Error(sentence), where_(where) {}
    TextSpan where() const { return where_; }

  private:
    TextSpan where_;
};

// The length in bytes of the UTF-8 character at the start of the text; 0 for bytes that are none.
std::size_t character_length(std::string_view text);

// The start of a user's text, made safe for one line of a terminal: characters that do not print become “?”.
std::string shown(std::string_view text);

// Counted from 1, the column in characters.
struct TextPlace {
    std::size_t line = 1, column = 1;
};
TextPlace place_of(std::string_view text, std::size_t at);

// Two lines for a terminal: the place and its line of the text, shortened where it is long, and below it a caret.
std::string caret_lines(std::string_view text, TextSpan where);

}  // namespace convloom::state
