#include "core/state/words/torch_parser.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace convloom::state {
namespace {

constexpr std::size_t most_bytes = 1 << 16, most_calls = 1000, most_arguments = 32;
constexpr int deepest_sequential = 8;

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

class Parser {
  public:
    explicit Parser(std::string_view text) : text_(text) {}

    std::vector<TorchCall> calls() {
        read_calls(0, '\0');
        if (calls_.empty())
            throw Error("There is no layer in the text; write one such as nn.Conv2d(3, 64, 7, stride=2, padding=3).");
        return std::move(calls_);
    }

  private:
    [[noreturn]] void fail(std::string_view wanted) const {
        const std::string near = shown(text_.substr(at_, 12));
        const std::size_t end = std::min(text_.find_first_of(" \t\r\n,;()[]", at_), text_.size());
        throw TorchFault(
            at_ >= text_.size()
                ? fmt::format("The layers end too early: expected {} at character {}.", wanted, at_ + 1)
                : fmt::format("Expected {} at character {} of the layers, before “{}”.", wanted, at_ + 1, near),
            {std::min(at_, text_.size()), at_ < text_.size() ? std::max<std::size_t>(1, end - at_) : 0});
    }
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void skip_space() {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '#') {
                const std::size_t end = std::min(text_.find('\n', at_), text_.size());
                if (call_ends_on_line_) calls_.back().comment = text_.substr(at_, end - at_);
                at_ = end;
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                if (c == '\n') call_ends_on_line_ = false;
                ++at_;
            } else {
                break;
            }
        }
    }
    bool take(char c) {
        skip_space();
        if (peek() != c || at_ >= text_.size()) return false;
        ++at_;
        return true;
    }
    void expect(char c, std::string_view name) {
        if (!take(c)) fail(name);
    }
    std::string word() {
        skip_space();
        const std::size_t from = at_;
        while (at_ < text_.size() && (is_letter(text_[at_]) || (at_ > from && is_digit(text_[at_])))) ++at_;
        return std::string(text_.substr(from, at_ - from));
    }

    // Reads up to `end`, without consuming it.
    void read_calls(int depth, char end) {
        for (;;) {
            while (take(';') || take(',')) {
            }
            skip_space();
            if (at_ >= text_.size() || (end != '\0' && peek() == end)) return;
            read_call(depth);
        }
    }

    void read_call(int depth) {
        call_ends_on_line_ = false;
        std::string name = word();
        if (name.empty()) fail("a layer's name");
        TextSpan span{at_ - name.size(), name.size()};
        while (take('.')) {
            name = word();
            if (name.empty()) fail("a layer's name after the point");
            span = {at_ - name.size(), name.size()};
        }
        expect('(', "an opening parenthesis");
        if (name == "Sequential") {
            if (depth >= deepest_sequential)
                throw Error(fmt::format("Sequential is nested more than {} times.", deepest_sequential));
            read_calls(depth + 1, ')');
            expect(')', "a closing parenthesis");
            return;
        }
        TorchCall call{std::move(name), {}, {}, span};
        while (!take(')')) {
            if (!call.arguments.empty()) {
                expect(',', "a comma or a closing parenthesis");
                if (take(')')) break;
            }
            if (call.arguments.size() >= most_arguments)
                throw Error(fmt::format("{} has more than {} arguments.", shown(call.name), most_arguments));
            call.arguments.push_back(argument());
        }
        if (calls_.size() >= most_calls) throw Error(fmt::format("There are more than {} layers.", most_calls));
        calls_.push_back(std::move(call));
        call_ends_on_line_ = true;
    }

    TorchArgument argument() {
        skip_space();
        const std::size_t from = at_;
        std::string name;
        if (is_letter(peek())) {
            name = word();
            if (!take('=')) name.clear(), at_ = from;
        }
        TorchValue given = value();
        return {std::move(name), std::move(given), {from, at_ - from}};
    }

    TorchValue value() {
        skip_space();
        const char c = peek();
        if (c == '\'' || c == '"') return quoted();
        if (c == '(' || c == '[') return numbers(c == '(' ? ')' : ']');
        if (c == '-' || c == '+' || is_digit(c)) return number();
        const std::size_t from = at_;
        const std::string name = word();
        if (name == "True") return true;
        if (name == "False") return false;
        if (name == "None") return TorchNone{};
        at_ = from;
        fail("a number, a tuple, a text, True, False or None");
    }

    std::string quoted() {
        const char quote = text_[at_++];
        const std::size_t end = text_.find(quote, at_);
        if (end == std::string_view::npos) fail("a closing quote");
        std::string inside(text_.substr(at_, end - at_));
        at_ = end + 1;
        return inside;
    }

    arith::Index number() {
        skip_space();
        const std::size_t from = at_;
        const bool negative = peek() == '-';
        if (negative || peek() == '+') ++at_;
        const LeadingWhole whole = leading_whole(text_.substr(at_));
        if (whole.digits == 0) fail("a number");
        if (whole.number < 0) fail("a number of at most 63 bits");
        const arith::Index value = negative ? -whole.number : whole.number;
        at_ += whole.digits;
        if (peek() == '.' || is_letter(peek())) {
            at_ = from;
            fail("a whole number");
        }
        return value;
    }

    std::vector<arith::Index> numbers(char end) {
        ++at_;
        std::vector<arith::Index> all;
        while (!take(end)) {
            if (!all.empty()) {
                expect(',', "a comma or the end of the tuple");
                if (take(end)) break;
            }
            if (all.size() >= most_arguments) fail("a shorter tuple");
            skip_space();
            if (text_.substr(at_).starts_with("None")) {
                at_ += 4;
                all.push_back(none_in_tuple);
            } else {
                all.push_back(number());
            }
        }
        return all;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<TorchCall> calls_;
    bool call_ends_on_line_ = false;
};

}  // namespace

LeadingWhole leading_whole(std::string_view text) {
    LeadingWhole whole;
    for (; whole.digits < text.size() && is_digit(text[whole.digits]); ++whole.digits) {
        const arith::Index digit = text[whole.digits] - '0';
        if (whole.number < 0) continue;
        if (__builtin_mul_overflow(whole.number, arith::Index{10}, &whole.number) ||
            __builtin_add_overflow(whole.number, digit, &whole.number))
            whole.number = -1;
    }
    return whole;
}

std::string shown(std::string_view text) {
    constexpr std::size_t most = 40;
    std::string plain;
    for (char c : text.substr(0, most)) plain += c >= ' ' && c < 127 ? c : '?';
    return text.size() > most ? plain + "…" : plain;
}

std::vector<TorchCall> read_torch_calls(std::string_view text) {
    if (text.size() > most_bytes)
        throw Error(fmt::format("The layers are {} bytes of text; the limit is {}.", text.size(), most_bytes));
    return Parser(text).calls();
}

}  // namespace convloom::state
