#include "core/state/code/fault.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace convloom::state {
namespace {

std::uint32_t code_point(std::string_view character) {
    const auto first = static_cast<unsigned char>(character[0]);
    if (character.size() == 1) return first;
    std::uint32_t code = first & (0x7Fu >> character.size());
    for (char c : character.substr(1)) code = code << 6 | (static_cast<unsigned char>(c) & 0x3Fu);
    return code;
}

// Control characters, and those that are invisible or change the direction of the text.
bool prints(std::uint32_t code) {
    return code >= 0x20 && (code < 0x7F || code >= 0xA0) && !(code >= 0x200B && code <= 0x200F) &&
           !(code >= 0x2028 && code <= 0x202E) && !(code >= 0x2060 && code <= 0x206F) && code != 0xFEFF &&
           !(code >= 0xE000 && code <= 0xF8FF) && code < 0xF0000;
}

// Whether a terminal shows the character two cells wide.
bool is_wide(std::uint32_t code) {
    return (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
           (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
           (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60) ||
           (code >= 0xFFE0 && code <= 0xFFE6) || (code >= 0x1F300 && code <= 0x1FAFF) ||
           (code >= 0x20000 && code <= 0x3FFFD);
}

struct Character {
    std::string text;
    std::size_t cells = 1, bytes = 1;
};

Character first_character(std::string_view text) {
    const std::size_t length = character_length(text);
    if (length == 0) return {"?", 1, 1};
    const std::uint32_t code = code_point(text.substr(0, length));
    if (!prints(code)) return {code == '\t' ? " " : "?", 1, length};
    return {std::string(text.substr(0, length)), is_wide(code) ? std::size_t{2} : 1, length};
}

}  // namespace

std::size_t character_length(std::string_view text) {
    if (text.empty()) return 0;
    const auto first = static_cast<unsigned char>(text[0]);
    const std::size_t length = first < 0x80                    ? 1
                               : first >= 0xC2 && first < 0xE0 ? 2
                               : first >= 0xE0 && first < 0xF0 ? 3
                               : first >= 0xF0 && first < 0xF5 ? 4
                                                               : 0;
    if (length == 0 || length > text.size()) return 0;
    for (std::size_t n = 1; n < length; ++n)
        if ((static_cast<unsigned char>(text[n]) & 0xC0) != 0x80) return 0;
    const std::uint32_t code = code_point(text.substr(0, length));
    const bool shortest = length < 3 || (length == 3 ? code >= 0x800 : code >= 0x10000);
    return shortest && code <= 0x10FFFF && !(code >= 0xD800 && code <= 0xDFFF) ? length : 0;
}

std::string shown(std::string_view text) {
    constexpr std::size_t most = 40;
    std::string plain;
    for (std::size_t n = 0; !text.empty(); ++n) {
        if (n == most) return plain + "…";
        const Character one = first_character(text);
        plain += one.text == " " && text[0] == '\t' ? "?" : one.text;
        text.remove_prefix(one.bytes);
    }
    return plain;
}

TextPlace place_of(std::string_view text, std::size_t at) {
    at = std::min(at, text.size());
    TextPlace place;
    std::size_t from = 0;
    for (std::size_t n = 0; n < at; ++n)
        if (text[n] == '\n') ++place.line, from = n + 1;
    for (std::string_view line = text.substr(from, at - from); !line.empty();) {
        line.remove_prefix(first_character(line).bytes);
        ++place.column;
    }
    return place;
}

std::string caret_lines(std::string_view text, TextSpan where) {
    constexpr std::size_t most_before = 50, most_cells = 72;
    const std::size_t at = std::min(where.at, text.size());
    const std::size_t line_from = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1 is 0
    std::size_t line_end = std::min(text.find('\n', at), text.size());
    if (line_end > line_from && text[line_end - 1] == '\r') --line_end;
    const std::size_t marked_end = std::clamp(where.end(), at, std::max(at, line_end));
    std::string line, before, marked;
    std::vector<Character> lead;
    std::size_t cells = 0;
    for (std::size_t n = line_from; n < std::min(at, line_end); n += lead.back().bytes) {
        lead.push_back(first_character(text.substr(n)));
        cells += lead.back().cells;
    }
    std::size_t first = 0;
    for (; cells > most_before; ++first) cells -= lead[first].cells;
    if (first > 0) line = "…", ++cells;
    for (; first < lead.size(); ++first) line += lead[first].text;
    before.assign(cells, ' ');
    for (std::size_t n = at; n < line_end;) {
        const Character one = first_character(text.substr(n));
        if (cells + one.cells > most_cells) {
            line += "…";
            break;
        }
        line += one.text;
        cells += one.cells;
        if (n < marked_end) marked += (marked.empty() ? "^" : "~") + std::string(one.cells - 1, '~');
        n += one.bytes;
    }
    if (marked.empty()) marked = "^";
    const TextPlace place = place_of(text, at);
    const std::string said = fmt::format("line {}, column {}: ", place.line, place.column);
    return fmt::format("{}{}\n{}{}{}", said, line, std::string(said.size(), ' '), before, marked);
}

}  // namespace convloom::state
