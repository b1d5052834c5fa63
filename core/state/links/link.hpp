// A State as a link, and back: "#v1?preset=dilation&view=stacked". docs/links.md has the whole grammar:
//
//   link  = [address "#"] "v1?" [pair *("&" pair)]
//   base  = preset=NAME | layer=WORDS & input=SHAPE | state=PACKED      without one, the example that opens on start
//   more  = view=flat & step=4 & tap=2 & shown=2 & theme=dark & lang=zh-CN & title=…      link_keys.hpp
//   page  = hide=gallery,inspector & play=1 & lock=1                                       page_options.hpp
//
// PACKED is the State's JSON without its spaces, deflated (RFC 1950), as base64url (RFC 4648). A link of version 1
// opens for ever: keys may be added, none changes its meaning.
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "core/state/links/link_text.hpp"
#include "core/state/links/page_options.hpp"
#include "core/state/model/state.hpp"

namespace convloom::state {

// Given by whoever has a library for it; the core has none.
struct Codec {
    enum class Ending { whole, broken, too_large };
    struct Inflated {
        Ending ending = Ending::broken;
        std::string bytes;
    };
    std::function<std::string(std::string_view)> deflate;
    // Never makes more than `most` bytes.
    std::function<Inflated(std::string_view, std::size_t most)> inflate;
};

constexpr std::size_t most_link_characters = 32768;              // that are written, without an address before them
constexpr std::size_t most_packed_bytes = std::size_t{4} << 20;  // that the packed text unfolds to

struct Link {
    State state;
    PageOptions page;
};

// Of a State, what a link carries: all but a photo's pixels and the folder it lies in, and while a layer is shown
// nothing of the photo.
State in_link(const State& state);

// The shortest link, from "v1?" on, that parse_link() makes in_link(state) of, bit by bit. Throws an Error where it
// would be longer than most_link_characters.
std::string link_of(const State& state, const PageOptions& page, const Codec& codec);

// Expects a link in any of its forms. Everything is checked; throws one Error that names the key. Where a photo is
// shown, the State lacks its pixels: set_pixels() takes them, and without them it cannot be shown.
Link parse_link(std::string_view text, const Codec& codec);

}  // namespace convloom::state
