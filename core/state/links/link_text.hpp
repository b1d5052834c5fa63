// The text of a link as keys and values, and back. It knows no State: percent-encoding, what chat programs and mail
// clients do to a link on its way, and base64url.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convloom::state {

// Characters that are read at most, the address before the "#" included.
constexpr std::size_t most_read_characters = 65536;

struct LinkPair {
    std::string key, value;  // decoded; "-" in a key is read as "_"
};

struct LinkText {
    int version = 1;
    std::vector<LinkPair> pairs;
};

// Whether the text has the form of a link, whatever it says: "#v1?…" at the end of an address, or "v1?…" alone.
bool looks_like_link(std::string_view text);

// Throws an Error for a text that is no link or is too long.
LinkText read_link_text(std::string_view text);

// "v1?key=value&…", whose last character no program takes for the punctuation of a sentence.
std::string write_link_text(const LinkText& link);

// Typed with a Chinese keyboard, "（１，３）" is "(1,3)".
std::string as_half_width(std::string_view text);

bool is_utf8(std::string_view text);

std::string to_base64url(std::string_view bytes);
// Of either alphabet, with or without "=" at its end; nothing for other characters.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace convloom::state
