#include "core/state/links/link_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/state/base/error.hpp"

namespace convloom::state {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::size_t most_keys = 100;

bool is_link_digit(char c) {
    return c >= '0' && c <= '9';
}

int hex_digit(char c) {
    if (is_link_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// A percent sign that does not begin a code is kept.
std::string percent_decoded(std::string_view text, bool plus_is_space) {
    std::string plain;
    for (std::size_t n = 0; n < text.size(); ++n) {
        const int high = n + 2 < text.size() ? hex_digit(text[n + 1]) : -1,
                  low = n + 2 < text.size() ? hex_digit(text[n + 2]) : -1;
        if (text[n] == '%' && high >= 0 && low >= 0)
            plain += static_cast<char>(high * 16 + low), n += 2;
        else
            plain += plus_is_space && text[n] == '+' ? ' ' : text[n];
    }
    return plain;
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
        text.replace(at, what.size(), with);
}

// Joins lines broken by a mail client, without quotation marks at their beginnings, and removes zero-width characters,
// which chat programs insert to allow line breaks.
std::string joined_lines(std::string_view text) {
    std::string joined;
    bool at_begin = false;
    for (const char c : text) {
        if (c == '\n' || c == '\r') {
            at_begin = true;
            continue;
        }
        if (at_begin && (c == ' ' || c == '\t' || c == '>')) continue;
        at_begin = false;
        joined += c;
    }
    for (std::string_view none : {"\u200B", "\u2060", "\uFEFF", "\u00AD"}) replace_all(joined, none, "");
    return joined;
}

// Where the text after "#" begins, and where the keys begin.
struct Beginning {
    int version = 0;
    std::size_t at = 0;     // start of the keys
    bool encoded = false;   // "?" is written as "%3F", so everything else is percent-encoded too
    std::size_t begin = 0;  // position of the "v"
};

std::optional<Beginning> version_at(std::string_view text, std::size_t at) {
    Beginning found;
    found.begin = at;
    if (at >= text.size() || text[at] != 'v') return std::nullopt;
    const std::size_t first = ++at;
    for (; at < text.size() && is_link_digit(text[at]); ++at)
        if (found.version < 100'000) found.version = found.version * 10 + (text[at] - '0');
    if (at == first) return std::nullopt;
    const std::string_view rest = text.substr(at);
    for (std::string_view mark : {"?", "？", "%3F", "%3f", "%EF%BC%9F"})
        if (rest.starts_with(mark)) {
            found.at = at + mark.size();
            found.encoded = mark.starts_with("%3");
            return found;
        }
    if (!rest.empty()) return std::nullopt;
    found.at = at;
    return found;
}

std::optional<Beginning> beginning_of(std::string_view text) {
    if (const auto alone = version_at(text, text.find_first_not_of(" \t\""))) return alone;
    for (std::size_t at = 0; at < text.size(); ++at)
        for (std::string_view mark : {"#", "%23", "＃"})
            if (text.substr(at).starts_with(mark))
                if (const auto found = version_at(text, at + mark.size())) return found;
    return std::nullopt;
}

// Removes punctuation of a sentence that surrounds the link. A closing bracket is kept if the link opened it.
std::string_view without_punctuation(std::string_view text) {
    constexpr std::string_view marks[] = {"&gt;", "&quot;", ".",  ",",  ";",  ":",  "!",  "?",  "'",  "\"",
                                          "*",    "]",      "}",  ">",  " ",  "。", "，", "；", "：", "！",
                                          "？",   "、",     "）", "】", "》", "」", "”",  "’",  "…",  "&"};
    auto too_many = std::count(text.begin(), text.end(), ')') - std::count(text.begin(), text.end(), '(');
    for (bool cut = true; cut;) {
        cut = false;
        for (std::string_view mark : marks)
            if (text.ends_with(mark)) text.remove_suffix(mark.size()), cut = true;
        if (text.ends_with(')') && too_many > 0) text.remove_suffix(1), --too_many, cut = true;
    }
    return text;
}

LinkPair pair_of(std::string_view piece) {
    constexpr std::string_view wide = "＝";
    const std::size_t plain_at = piece.find('='), wide_at = piece.find(wide);
    const std::size_t at = std::min(plain_at, wide_at);
    LinkPair pair;
    pair.key = as_half_width(percent_decoded(piece.substr(0, at), true));
    std::replace(pair.key.begin(), pair.key.end(), '-', '_');
    if (at != std::string_view::npos)
        pair.value = percent_decoded(piece.substr(at + (at == plain_at ? 1 : wide.size())), true);
    return pair;
}

bool is_kept(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_link_digit(c) ||
           std::string_view("-_.~(),=:/").find(c) != std::string_view::npos;
}

void add_code(std::string& text, char c) {
    text += fmt::format("%{:02X}", static_cast<unsigned char>(c));
}

bool has_its_brackets(std::string_view text) {
    int open = 0;
    for (const char c : text)
        if (open += (c == '(') - (c == ')'); open < 0) return false;
    return open == 0;
}

std::string percent_encoded(std::string_view value) {
    const bool brackets = has_its_brackets(value);
    std::string text;
    for (const char c : value) {
        if (c == ' ')
            text += '+';
        else if (is_kept(c) && (brackets || (c != '(' && c != ')')))
            text += c;
        else
            add_code(text, c);
    }
    return text;
}

}  // namespace

bool looks_like_link(std::string_view text) {
    return text.size() <= most_read_characters && beginning_of(joined_lines(text)).has_value();
}

LinkText read_link_text(std::string_view text) {
    if (text.size() > most_read_characters)
        throw Error(fmt::format("The link has {} characters; at most {} are read.", text.size(), most_read_characters));
    std::string plain = joined_lines(text);
    const auto found = beginning_of(plain);
    if (!found) throw Error("This is not a link of Convloom: there is no #v1? in it.");
    LinkText link;
    link.version = found->version;
    plain.erase(0, found->at);
    if (found->encoded) plain = percent_decoded(plain, false);
    while (plain.find("&amp;") != std::string::npos) replace_all(plain, "&amp;", "&");
    replace_all(plain, "&#38;", "&");
    std::string_view rest = without_punctuation(plain);
    while (!rest.empty()) {
        const std::string_view piece = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), piece.size() + 1));
        if (piece.empty()) continue;
        if (link.pairs.size() == most_keys) throw Error(fmt::format("The link has more than {} keys.", most_keys));
        link.pairs.push_back(pair_of(piece));
    }
    return link;
}

std::string write_link_text(const LinkText& link) {
    std::string text = fmt::format("v{}?", link.version);
    for (const LinkPair& pair : link.pairs)
        text += fmt::format("{}{}={}", &pair == link.pairs.data() ? "" : "&", pair.key, percent_encoded(pair.value));
    // Programs that turn addresses into links take these final characters for punctuation or emphasis.
    const char last = text.back();
    const std::string_view at_risk = ".,:)+=_~-";
    if (!link.pairs.empty() && at_risk.find(last) != std::string_view::npos && !link.pairs.back().value.empty()) {
        text.pop_back();
        add_code(text, last == '+' ? ' ' : last);
    }
    return text;
}

std::string as_half_width(std::string_view text) {
    std::string half;
    for (std::size_t n = 0; n < text.size(); ++n) {
        const auto byte = [&](std::size_t k) { return k < text.size() ? static_cast<unsigned char>(text[k]) : 0u; };
        // U+FF01 to U+FF5E correspond to ASCII from "!" on; U+3000 is a space.
        const unsigned point = (byte(n + 1) & 0x3F) << 6 | (byte(n + 2) & 0x3F);
        if (byte(n) == 0xEF && point >= 0xF01 && point <= 0xF5E && n + 2 < text.size())
            half += static_cast<char>(point - 0xF01 + '!'), n += 2;
        else if (text.substr(n).starts_with("\u3000"))
            half += ' ', n += 2;
        else
            half += text[n];
    }
    return half;
}

bool is_utf8(std::string_view text) {
    for (std::size_t n = 0; n < text.size(); ++n) {
        const auto first = static_cast<unsigned char>(text[n]);
        const int more = first < 0x80   ? 0
                         : first < 0xC2 ? -1
                         : first < 0xE0 ? 1
                         : first < 0xF0 ? 2
                         : first < 0xF5 ? 3
                                        : -1;
        if (more < 0 || n + static_cast<std::size_t>(more) >= text.size()) return false;
        unsigned point = more == 0 ? first : first & (0x3Fu >> more);
        for (int k = 0; k < more; ++k) {
            const auto next = static_cast<unsigned char>(text[++n]);
            if ((next & 0xC0) != 0x80) return false;
            point = point << 6 | (next & 0x3F);
        }
        if ((more == 2 && point < 0x800) || (more == 3 && point < 0x10000) || point > 0x10FFFF ||
            (point >= 0xD800 && point < 0xE000))
            return false;
    }
    return true;
}

std::string to_base64url(std::string_view bytes) {
    std::string text;
    unsigned held = 0;
    int bits = 0;
    for (const char c : bytes) {
        held = (held << 8 | static_cast<unsigned char>(c)) & 0xFFFF;
        for (bits += 8; bits >= 6;) bits -= 6, text += alphabet[held >> bits & 63];
    }
    if (bits > 0) text += alphabet[held << (6 - bits) & 63];
    return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
    while (text.ends_with('=')) text.remove_suffix(1);
    std::string bytes;
    unsigned held = 0;
    int bits = 0;
    for (char c : text) {
        if (c == '+' || c == ' ') c = '-';  // a plus may have been decoded as a space
        if (c == '/') c = '_';
        const std::size_t value = alphabet.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        held = (held << 6 | static_cast<unsigned>(value)) & 0xFFFF;
        if (bits += 6; bits >= 8) bits -= 8, bytes += static_cast<char>(held >> bits & 0xFF);
    }
    return bytes;
}

}  // namespace convloom::state
