// Cuts code into tokens: names, numbers, texts in quotes, punctuation and line ends.
//
// Punctuation and digits of Chinese and Japanese keyboards count as the ASCII characters that they stand for, and
// typographic quotes as quotes. "4x3x5x5" is one token, a list of sizes. Prompts such as ">>>" are skipped. Comments
// are tokens, because a layer's comment can state what its code cannot.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/arith/layer/shape.hpp"
#include "core/state/code/fault.hpp"

namespace convloom::state {

enum class TokenKind { name, whole, real, sizes, text, punctuation, line_end, comment, end };

struct Token {
    TokenKind kind = TokenKind::end;
    std::string text;  // of a name, the inside of a text in quotes, the punctuation in ASCII, a comment from its “#”
    arith::Index whole = 0;
    double real = 0;
    std::vector<arith::Index> sizes;
    TextSpan span;
    bool is(std::string_view punctuation) const { return kind == TokenKind::punctuation && text == punctuation; }
};

// Ends with a token `end`. Throws a CodeFault for a number of more than 63 bits, a text without its closing quote, and
// a character that code does not contain.
std::vector<Token> tokens_of(std::string_view text);

// The decimal number at the start of a text and its number of digits. The number is -1 if it exceeds 63 bits.
struct LeadingWhole {
    arith::Index number = 0;
    std::size_t digits = 0;
};
LeadingWhole leading_whole(std::string_view text);

}  // namespace convloom::state
