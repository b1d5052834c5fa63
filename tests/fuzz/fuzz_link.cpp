// Arbitrary bytes as a link: they are read or throw an Error, without a crash, overflow or sanitizer report.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "app/files/link.hpp"
#include "core/state/base/error.hpp"

using namespace convloom;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    state::Link link;
    try {
        link = files::parse_link(text);
    } catch (const Error&) {
        return 0;
    }
    if (!state::looks_like_link(text)) std::abort();
    std::string again;
    try {
        again = files::link_of(link.state, link.page);
    } catch (const Error&) {  // too large
        return 0;
    }
    // A link that was read can be written and read again, also with characters that chat programs append.
    const state::Link second = files::parse_link("see <https://example.org/#" + again + ">.");
    if (second.state != in_link(link.state)) std::abort();
    return 0;
}
