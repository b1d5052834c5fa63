#include "app/files/link.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <cstdlib>

#include "app/files/files.hpp"
#include "core/state/base/error.hpp"

namespace convloom::files {
namespace {

using state::Codec;

std::string deflated(std::string_view bytes) {
    uLongf size = compressBound(static_cast<uLong>(bytes.size()));
    std::string packed(size, '\0');
    if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
                  static_cast<uLong>(bytes.size()), Z_BEST_COMPRESSION) != Z_OK)
        throw Failure("There is not enough memory to pack a link.");
    packed.resize(size);
    return packed;
}

Codec::Inflated inflated(std::string_view packed, std::size_t most) {
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK) throw Failure("There is not enough memory to unpack a link.");
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));  // zlib's type, which it only reads
    stream.avail_in = static_cast<uInt>(packed.size());
    Codec::Inflated result;
    std::array<char, 16384> piece;
    int status = Z_OK;
    while (status == Z_OK && result.bytes.size() <= most) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        status = inflate(&stream, Z_NO_FLUSH);
        result.bytes.append(piece.data(), piece.size() - stream.avail_out);
    }
    const bool all_read = stream.avail_in == 0;
    inflateEnd(&stream);
    if (result.bytes.size() > most)
        result = {Codec::Ending::too_large, {}};
    else if (status == Z_STREAM_END && all_read)
        result.ending = Codec::Ending::whole;
    else
        result = {Codec::Ending::broken, {}};
    return result;
}

}  // namespace

const Codec& link_codec() {
    static const Codec codec{deflated, inflated};
    return codec;
}

std::string link_of(const state::State& state, const state::PageOptions& page) {
    return state::link_of(state, page, link_codec());
}

state::Link parse_link(std::string_view text) {
    return state::parse_link(text, link_codec());
}

std::string with_address(std::string_view address, std::string_view link) {
    return fmt::format("{}{}{}", address, address.find('#') == std::string_view::npos ? "#" : "", link);
}

std::string page_address() {
    const char* address = std::getenv("CONVLOOM_PAGE");
    return address ? address : "";
}

bool is_link(const std::string& given) {
    std::error_code ec;
    return state::looks_like_link(given) && !fs::exists(fs::path(given), ec);
}

state::State load_state_or_link(const std::string& given) {
    if (!is_link(given)) return load_state(given);
    state::State state = parse_link(given).state;
    if (state.photo)
        throw Error(
            fmt::format("The link's filters are over a photo, {}, which no link carries; give it with --photo, "
                        "and the filters with --filter.",
                        state.photo->path));
    return state;
}

}  // namespace convloom::files
