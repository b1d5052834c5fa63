// The text of a link as keys and values, and back. It handles percent-encoding, the changes that chat programs and mail
// clients make to links, and base64url, but knows nothing of States.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convloom::state {

// The longest text that is read, including the address before "#".
constexpr std::size_t most_read_characters = 65536;

struct LinkPair {
    std::string key, value;  // decoded; "-" in a key is read as "_"
};

struct LinkText {
    int version = 1;
    std::vector<LinkPair> pairs;
};

// Whether the text has the form of a link: "#v1?…" at the end of an address, or "v1?…" alone. Its content is not
// checked.
bool looks_like_link(std::string_view text);

// Throws an Error if the text is not a link or is too long.
LinkText read_link_text(std::string_view text);

// "v1?key=value&…"; it never ends in a character that programs take for punctuation of a sentence.
std::string write_link_text(const LinkText& link);

// Converts text typed with a Chinese keyboard: "（１，３）" becomes "(1,3)".
std::string as_half_width(std::string_view text);

bool is_utf8(std::string_view text);

std::string to_base64url(std::string_view bytes);
// Accepts both base64 alphabets, with or without "=" at the end; nothing for other characters.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace convloom::state
