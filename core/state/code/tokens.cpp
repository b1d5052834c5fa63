#include "core/state/code/tokens.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace convloom::state {
namespace {

using arith::Index;

constexpr std::size_t most_bytes = 1 << 18;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// What characters outside ASCII stand for in code. A newline stands for nothing.
struct StandIn {
    std::string_view from;
    char to;
};
constexpr StandIn stand_ins[] = {
    {"（", '('},     {"）", ')'},      {"［", '['},      {"］", ']'},      {"｛", '{'}, {"｝", '}'}, {"【", '['},
    {"】", ']'},     {"，", ','},      {"、", ','},      {"．", '.'},      {"。", '.'}, {"：", ':'}, {"；", ';'},
    {"＝", '='},     {"＋", '+'},      {"－", '-'},      {"−", '-'},       {"–", '-'},  {"＊", '*'}, {"／", '/'},
    {"％", '%'},     {"＿", '_'},      {"＂", '"'},      {"“", '"'},       {"”", '"'},  {"‘", '\''}, {"’", '\''},
    {"＇", '\''},    {"〈", '<'},      {"〉", '>'},      {"⟨", '<'},       {"⟩", '>'},  {"×", 'x'},  {"　", ' '},
    {"\u00A0", ' '}, {"\u200B", '\n'}, {"\uFEFF", '\n'}, {"\u200E", '\n'}, {"＃", '#'}, {"＠", '@'}, {"→", '>'}};

// One character of the code: what it counts as, and its bytes. Other characters outside ASCII count as '\x80', and
// bytes that are no character as '\xFF'.
struct Sign {
    char is = '\0';
    std::size_t bytes = 0;
};

Sign sign_at(std::string_view text) {
    if (text.empty()) return {};
    if (static_cast<unsigned char>(text[0]) < 0x80) return {text[0], 1};
    const std::size_t length = character_length(text);
    if (length == 0) return {'\xFF', 1};
    const std::string_view character = text.substr(0, length);
    for (const StandIn& one : stand_ins)
        if (one.from == character) return {one.to, length};
    // Fullwidth digits and letters are U+FF10 to U+FF5A, in the order of ASCII.
    if (length == 3 && character[0] == '\xEF') {
        const int code = ((character[1] & 0x3F) << 6 | (character[2] & 0x3F)) - 0xF10 + '0';
        const char ascii = static_cast<char>(code);
        if (code >= '0' && code <= 'z' && (is_digit(ascii) || is_letter(ascii))) return {ascii, length};
    }
    return {'\x80', length};
}

class Lexer {
  public:
    explicit Lexer(std::string_view text) : text_(text) {}

    std::vector<Token> tokens() {
        bool at_line_start = true;
        while (at_ < text_.size()) {
            if (at_line_start && skip_prompt()) continue;
            const Sign sign = peek();
            at_line_start = sign.is == '\n' && sign.bytes == 1;
            read(sign);
        }
        all_.push_back({});
        all_.back().span = {text_.size(), 0};
        return std::move(all_);
    }

  private:
    Sign peek(std::size_t after = 0) const { return sign_at(text_.substr(std::min(at_ + after, text_.size()))); }

    // ">>> " and "... " of an interactive session.
    bool skip_prompt() {
        const std::size_t from = at_;
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
        for (const std::string_view prompt : {">>>", "... "})
            if (text_.substr(at_).starts_with(prompt)) {
                at_ += prompt.size();
                return true;
            }
        at_ = from;
        return false;
    }

    Token& add(TokenKind kind, std::size_t from) {
        all_.push_back({});
        all_.back().kind = kind;
        all_.back().span = {from, at_ - from};
        return all_.back();
    }

    void read(Sign sign) {
        const std::size_t from = at_;
        if (sign.is == '\n' && sign.bytes == 1) {
            ++at_;
            add(TokenKind::line_end, from);
        } else if (sign.is == ' ' || sign.is == '\t' || sign.is == '\r' || sign.is == '\n' || sign.is == '\f') {
            at_ += sign.bytes;
        } else if (sign.is == '\\' && is_line_end(at_ + 1)) {
            at_ = text_.find('\n', at_) + 1;
        } else if (sign.is == '#') {
            at_ = std::min(text_.find('\n', at_), text_.size());
            add(TokenKind::comment, from).text =
                "#" + std::string(text_.substr(from + sign.bytes, at_ - from - sign.bytes));
        } else if (sign.is == '"' || sign.is == '\'') {
            quoted(sign);
        } else if (is_digit(sign.is) || (sign.is == '.' && is_digit(peek(sign.bytes).is))) {
            number();
        } else if (is_letter(sign.is) || sign.is == '\x80') {
            name();
        } else {
            punctuation(sign);
        }
    }

    bool is_line_end(std::size_t at) const {
        return at < text_.size() && (text_[at] == '\n' || (text_[at] == '\r' && text_.substr(at + 1, 1) == "\n"));
    }

    void quoted(Sign quote) {
        const std::size_t from = at_;
        const std::string_view raw = text_.substr(at_, quote.bytes);
        const bool triple = quote.bytes == 1 && text_.substr(at_, 3) == std::string(3, quote.is);
        at_ += triple ? 3 : quote.bytes;
        const std::size_t inside = at_;
        while (at_ < text_.size()) {
            const Sign sign = peek();
            if (sign.is == '\\' && sign.bytes == 1) {
                at_ += 1 + peek(1).bytes;
                continue;
            }
            // An ASCII quote ends with itself; typographic ones with any of their kind.
            const bool ends = triple            ? text_.substr(at_, 3) == std::string(3, quote.is)
                              : raw.size() == 1 ? text_.substr(at_, 1) == raw
                                                : sign.is == quote.is;
            if (ends) {
                std::string said(text_.substr(inside, at_ - inside));
                at_ += triple ? 3 : sign.bytes;
                add(TokenKind::text, from).text = std::move(said);
                return;
            }
            at_ += sign.bytes;
        }
        throw CodeFault("A text in quotes has no closing quote.",
                        {from, std::min<std::size_t>(text_.size() - from, 12)});
    }

    std::string digits() {
        std::string all;
        for (Sign sign = peek(); is_digit(sign.is) || (sign.is == '_' && is_digit(peek(sign.bytes).is));
             sign = peek()) {
            if (sign.is != '_') all += sign.is;
            at_ += sign.bytes;
        }
        return all;
    }

    Index whole_of(const std::string& digits, std::size_t from) const {
        const LeadingWhole whole = leading_whole(digits);
        if (whole.number < 0)
            throw CodeFault(fmt::format("{} is too large; a number may have at most 63 bits.", shown(digits)),
                            {from, at_ - from});
        return whole.number;
    }

    void number() {
        const std::size_t from = at_;
        const std::string first = digits();
        Sign next = peek();
        if (!first.empty() && next.is == 'x' && is_digit(peek(next.bytes).is)) return sizes(first, from);
        std::string fraction, power;
        bool real = false;
        if (next.is == '.') {
            at_ += next.bytes;
            fraction = digits();
            real = true;
            next = peek();
        }
        if (next.is == 'e' || next.is == 'E') {
            const Sign sign = peek(next.bytes);
            const std::size_t signs = sign.is == '-' || sign.is == '+' ? sign.bytes : 0;
            if (is_digit(peek(next.bytes + signs).is)) {
                at_ += next.bytes + signs;
                power = (sign.is == '-' ? "-" : "") + digits();
                real = true;
                next = peek();
            }
        }
        if (is_letter(next.is) || next.is == '\x80') {
            while (is_letter(peek().is) || is_digit(peek().is) || peek().is == '\x80') at_ += peek().bytes;
            throw CodeFault(fmt::format("“{}” is not a number.", shown(text_.substr(from, at_ - from))),
                            {from, at_ - from});
        }
        if (!real) {
            const Index whole = whole_of(first, from);
            add(TokenKind::whole, from).whole = whole;
            return;
        }
        add(TokenKind::real, from).real = real_of(first, fraction, power);
    }

    static double real_of(const std::string& whole, const std::string& fraction, const std::string& power) {
        double value = 0;
        for (char c : whole + fraction) value = value * 10 + (c - '0');
        double shift = 0;
        for (char c : power)
            if (c != '-') shift = std::min(shift * 10 + (c - '0'), 1e6);
        shift = (power.starts_with('-') ? -shift : shift) - static_cast<double>(fraction.size());
        return shift < 0 ? value / std::pow(10, -shift) : value * std::pow(10, shift);
    }

    void sizes(const std::string& first, std::size_t from) {
        std::vector<Index> all = {whole_of(first, from)};
        for (Sign next = peek(); next.is == 'x' && is_digit(peek(next.bytes).is); next = peek()) {
            at_ += next.bytes;
            const std::size_t part = at_;
            all.push_back(whole_of(digits(), part));
        }
        add(TokenKind::sizes, from).sizes = std::move(all);
    }

    void name() {
        const std::size_t from = at_;
        std::string said;
        for (Sign sign = peek(); is_letter(sign.is) || is_digit(sign.is) || sign.is == '\x80'; sign = peek()) {
            said += sign.is == '\x80' ? std::string(text_.substr(at_, sign.bytes)) : std::string(1, sign.is);
            at_ += sign.bytes;
        }
        // r"...", f'...'
        const Sign next = peek();
        if (said.size() <= 2 && next.bytes == 1 && (next.is == '"' || next.is == '\'') &&
            said.find_first_not_of("rRbBuUfF") == std::string::npos)
            return quoted(next);
        add(TokenKind::name, from).text = std::move(said);
    }

    void punctuation(Sign sign) {
        const std::size_t from = at_;
        constexpr std::string_view known = "()[]{},.:;=+-*/%<>!@|&^~$?`";
        if (known.find(sign.is) == std::string_view::npos)
            throw CodeFault(fmt::format("Code does not contain “{}”.", shown(text_.substr(at_, sign.bytes))),
                            {at_, sign.bytes});
        at_ += sign.bytes;
        std::string said(1, sign.is);
        const Sign next = peek();
        constexpr std::string_view pairs[] = {"**", "//", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "->", ":="};
        for (const std::string_view pair : pairs)
            if (pair[0] == sign.is && pair[1] == next.is) {
                at_ += next.bytes;
                said = pair;
                break;
            }
        add(TokenKind::punctuation, from).text = std::move(said);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<Token> all_;
};

}  // namespace

LeadingWhole leading_whole(std::string_view text) {
    LeadingWhole whole;
    for (; whole.digits < text.size() && is_digit(text[whole.digits]); ++whole.digits) {
        const Index digit = text[whole.digits] - '0';
        if (whole.number < 0) continue;
        if (__builtin_mul_overflow(whole.number, Index{10}, &whole.number) ||
            __builtin_add_overflow(whole.number, digit, &whole.number))
            whole.number = -1;
    }
    return whole;
}

std::vector<Token> tokens_of(std::string_view text) {
    if (text.size() > most_bytes)
        throw Error(fmt::format("The layers are {} bytes of text; the limit is {}.", text.size(), most_bytes));
    return Lexer(text).tokens();
}

}  // namespace convloom::state
