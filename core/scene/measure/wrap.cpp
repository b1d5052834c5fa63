#include "core/scene/measure/wrap.hpp"

#include <algorithm>
#include <span>

namespace convloom::scene {
namespace {

constexpr char32_t no_break_space = 0xA0;

// A line may end between two of these without a space.
bool is_ideograph(char32_t c) {
    return c >= 0x2E80;
}

bool closes(char32_t c) {
    constexpr std::u32string_view signs = U"，。、：；？！）》」』】〉〕”’…％,.:;?!)]}%";
    return signs.find(c) != std::u32string_view::npos;
}

bool is_digit(char32_t c) {
    return c >= U'0' && c <= U'9';
}

// Punctuation that stays at the end of its line.
bool joins(char32_t c) {
    return c == U'+' || c == U'−' || c == U'=' || c == U'/' || c == U'·';
}

bool opens(char32_t c) {
    constexpr std::u32string_view signs = U"（《「『【〈〔“‘([{";
    return signs.find(c) != std::u32string_view::npos;
}

int deeper(char32_t c) {
    if (c == U'(' || c == U'⌊' || c == U'⌈') return 1;
    return c == U')' || c == U'⌋' || c == U'⌉' ? -1 : 0;
}

// The penalty for ending a line before a piece.
enum Tie { word, equals, sum, inside };

// A piece of a line; one that follows a space begins with it.
struct Piece {
    std::string text;
    int tie = word;
};

// The rows of a table, "0 1 2 / 2 2 0", are not a division: several numbers stand before or after the stroke.
bool parts_rows(std::string_view before, std::string_view after) {
    auto numbers = [](std::string_view text) {
        for (std::size_t n = 1; n + 1 < text.size(); ++n)
            if (text[n] == ' ' && is_digit(text[n - 1]) && is_digit(text[n + 1])) return true;
        return false;
    };
    const auto end = after.find_first_not_of("0123456789. ");
    return numbers(before) || numbers(after.substr(0, end));
}

int tie_after(char32_t sign, const std::string& piece, std::string_view rest, int depth) {
    if (sign == U'/' && parts_rows(piece, rest)) return word;
    if (sign == U'=') return depth > 0 ? inside : equals;
    return depth == 0 && (sign == U'+' || sign == U'−') ? sum : inside;
}

std::vector<Piece> pieces_of(std::string_view text) {
    std::vector<Piece> pieces;
    char32_t before = U' ';
    bool space = false, sign_stands = false;  // alone between two spaces
    int depth = 0;
    while (!text.empty()) {
        std::string_view rest = text;
        const char32_t c = next_character(rest);
        const std::string_view bytes = text.substr(0, text.size() - rest.size());
        if (c == U' ' || c == U'\n') {
            text = rest;
            space = true;
            continue;
        }
        const bool held = c == no_break_space || before == no_break_space;
        const bool together = (is_digit(before) && is_digit(c)) || joins(c);  // a row of numbers, a sum up to its sign
        const bool between = (is_ideograph(c) || is_ideograph(before)) && !closes(c) && !opens(before);
        if (pieces.empty() || (!held && (space ? !together : between))) {
            const int tie = space && sign_stands ? tie_after(before, pieces.back().text, text, depth) : word;
            pieces.push_back({"", tie});
        }
        if (space && before != U' ') pieces.back().text += ' ';
        pieces.back().text += c == no_break_space ? " " : bytes;
        sign_stands = joins(c) && space && before != U' ';
        depth = std::max(0, depth + deeper(c));
        before = c;
        space = false;
        text = rest;
    }
    return pieces;
}

std::string text_of(std::span<const Piece> pieces) {
    std::string text;
    for (const Piece& piece : pieces) text += piece.text;
    return text;
}

// The piece without its leading space, for the beginning of a line.
std::string at_start(const std::string& text) {
    return text.front() == ' ' ? text.substr(1) : text;
}

// The parts between positions with at most the penalty `tie`, one after the other.
template <class Take>
void for_parts(std::span<const Piece> pieces, int tie, Take take) {
    for (std::size_t from = 0, to = 1; from < pieces.size(); from = to++) {
        while (to < pieces.size() && pieces[to].tie > tie) ++to;
        take(pieces.subspan(from, to - from));
    }
}

struct Lines {
    double width;
    const std::function<double(const std::string&)>& width_of;
    std::vector<std::string> lines = {};

    bool fits(const std::string& line) const { return width_of(line) <= width; }

    // Whole on this line or the next; if it is too wide for any line, in the parts given by `tie`.
    void add(std::span<const Piece> pieces, int tie) {
        const std::string text = text_of(pieces);
        if (!lines.empty() && fits(lines.back() + text))
            lines.back() += text;
        else if (pieces.size() == 1 || fits(at_start(text)))
            lines.push_back(at_start(text));
        else
            for_parts(pieces, tie, [&](std::span<const Piece> part) { add(part, tie + 1); });
    }
};

}  // namespace

std::vector<std::string> wrapped(std::string_view utf8, double width,
                                 const std::function<double(const std::string&)>& width_of) {
    Lines to{width, width_of};
    for_parts(pieces_of(utf8), word, [&](std::span<const Piece> part) { to.add(part, equals); });
    return std::move(to.lines);
}

std::vector<std::string> wrapped(std::string_view utf8, double width, double size, Weight weight) {
    return wrapped(utf8, width, [=](const std::string& line) { return text_width(line, size, weight); });
}

double whole_width(std::string_view utf8, double size, Weight weight) {
    double widest = 0;
    for_parts(pieces_of(utf8), word, [&](std::span<const Piece> part) {
        widest = std::max(widest, text_width(at_start(text_of(part)), size, weight));
    });
    return widest;
}

}  // namespace convloom::scene
