// Converts a State to and from a link: "#v1?preset=dilation&view=stacked". docs/links.md has the full grammar:
//
//   link  = [address "#"] "v1?" [pair *("&" pair)]
//   base  = preset=NAME | layer=WORDS & input=SHAPE | state=PACKED      default: the preset that opens on start
//   more  = view=flat & step=4 & tap=2 & shown=2 & theme=dark & lang=zh-CN & title=…      link_keys.hpp
//   page  = hide=gallery,inspector & play=1 & lock=1                                       page_options.hpp
//
// PACKED is the State's JSON without spaces, deflated (RFC 1950), in base64url (RFC 4648). Links of version 1 stay
// valid: keys may be added, but none changes its meaning.
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "core/state/links/link_text.hpp"
#include "core/state/links/page_options.hpp"
#include "core/state/model/state.hpp"

namespace convloom::state {

// Compression, supplied by the caller because the core has no library for it.
struct Codec {
    enum class Ending { whole, broken, too_large };
    struct Inflated {
        Ending ending = Ending::broken;
        std::string bytes;
    };
    std::function<std::string(std::string_view)> deflate;
    // Never produces more than `most` bytes.
    std::function<Inflated(std::string_view, std::size_t most)> inflate;
};

constexpr std::size_t most_link_characters = 32768;              // for links that are written, without an address
constexpr std::size_t most_packed_bytes = std::size_t{4} << 20;  // of the decompressed state

struct Link {
    State state;
    PageOptions page;
};

// The part of a State that a link contains: everything except the pixels and the folder of a photo, and without the
// photo if a layer is shown.
State in_link(const State& state);

// The shortest link, starting with "v1?", from which parse_link() reproduces in_link(state) exactly. Throws an Error if
// it would be longer than most_link_characters.
std::string link_of(const State& state, const PageOptions& page, const Codec& codec);

// Accepts all forms of links and validates everything; throws an Error that names the key. If a photo is shown, the
// State has no pixels and cannot be drawn until set_pixels() has added them.
Link parse_link(std::string_view text, const Codec& codec);

}  // namespace convloom::state
