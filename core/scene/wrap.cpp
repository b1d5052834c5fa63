#include "core/scene/wrap.hpp"

namespace convloom::scene {
namespace {

// Between two of these a line may end without a space.
bool is_ideograph(char32_t c) { return c >= 0x2E80; }

bool closes(char32_t c) {
    constexpr std::u32string_view signs = U"，。、：；？！）》」』】”’…,.:;?!)]}%";
    return signs.find(c) != std::u32string_view::npos;
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// A sign that stays at the end of its line.
bool joins(char32_t c) { return c == U'+' || c == U'−' || c == U'=' || c == U'/' || c == U'·'; }

bool opens(char32_t c) {
    constexpr std::u32string_view signs = U"（《「『【“‘([{";
    return signs.find(c) != std::u32string_view::npos;
}

// The pieces that a line is made of; a piece that follows a space begins with it.
std::vector<std::string> pieces_of(std::string_view text) {
    std::vector<std::string> pieces;
    char32_t before = U' ';
    bool space = false;
    while (!text.empty()) {
        std::string_view rest = text;
        const char32_t c = next_character(rest);
        const std::string_view bytes = text.substr(0, text.size() - rest.size());
        text = rest;
        if (c == U' ' || c == U'\n') {
            space = true;
            continue;
        }
        const bool together = (is_digit(before) && is_digit(c)) || joins(c);   // a row of numbers, a sum up to its sign
        const bool may_break = (space && !together) || (!space && (is_ideograph(c) || is_ideograph(before)) && !closes(c) && !opens(before));
        if (pieces.empty() || may_break) pieces.emplace_back();
        if (space && !pieces.empty() && before != U' ') pieces.back() += ' ';
        pieces.back() += bytes;
        before = c;
        space = false;
    }
    return pieces;
}

}  // namespace

std::vector<std::string> wrapped(std::string_view utf8, double width, double size, Weight weight) {
    std::vector<std::string> lines;
    for (const std::string& piece : pieces_of(utf8)) {
        if (!lines.empty() && text_width(lines.back() + piece, size, weight) <= width)
            lines.back() += piece;
        else
            lines.push_back(piece.front() == ' ' ? piece.substr(1) : piece);
    }
    return lines;
}

}  // namespace convloom::scene
