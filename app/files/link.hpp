// Links with zlib behind them: what core/state/links says in words, packed and unpacked.
#pragma once
#include <string>
#include <string_view>

#include "core/state/links/link.hpp"

namespace convloom::files {

// Of the whole program: deflate at its best, inflate within bounds.
const state::Codec& link_codec();

std::string link_of(const state::State& state, const state::PageOptions& page = {});
state::Link parse_link(std::string_view text);

// Behind an address, such as "https://example.org/convloom/"; "#" comes between where the address has none.
std::string with_address(std::string_view address, std::string_view link);

// Where the page lies that links of this machine open, from CONVLOOM_PAGE in the environment; empty for none.
std::string page_address();

// Of a state file or a link, whichever it is: a file of that very name comes first. A link to filters over a photo,
// whose pixels it lacks, is refused.
state::State load_state_or_link(const std::string& given);
bool is_link(const std::string& given);

}  // namespace convloom::files
