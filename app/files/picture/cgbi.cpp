// Xcode's PNG ("CgBI"): its data lack zlib's header and checksum. With both put back it is a PNG again.
#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>

#include "app/files/picture/numbers.hpp"
#include "app/files/picture/reader.hpp"

namespace convloom::files::picture {
namespace {

void append_four(std::string& to, std::uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) to += static_cast<char>(number >> shift & 255);
}

void append_chunk(std::string& to, std::string_view kind, std::string_view data) {
    append_four(to, static_cast<std::uint32_t>(data.size()));
    const std::size_t start = to.size();
    to += kind;
    to += data;
    append_four(to, static_cast<std::uint32_t>(
                        crc32_z(0, reinterpret_cast<const Bytef*>(to.data() + start), to.size() - start)));
}

// The checksum of the decompressed data; stops after `most` bytes, against decompression bombs.
std::uint32_t checksum(const Source& source, const std::string& deflated, std::uint64_t most) {
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) throw std::bad_alloc();
    const std::unique_ptr<z_stream, int (*)(z_stream*)> held(&stream, &inflateEnd);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(deflated.data()));
    stream.avail_in = static_cast<uInt>(deflated.size());
    std::array<Bytef, 1 << 15> part;
    uLong sum = adler32(0, nullptr, 0);
    std::uint64_t made = 0;
    for (int status = Z_OK; status != Z_STREAM_END;) {
        stream.next_out = part.data();
        stream.avail_out = part.size();
        status = inflate(&stream, Z_NO_FLUSH);
        const std::size_t got = part.size() - stream.avail_out;
        made += got;
        if (status == Z_BUF_ERROR && got == 0) source.ends_early();
        if ((status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) || made > most)
            source.damaged("its data are not valid PNG data");
        sum = adler32_z(sum, part.data(), got);
    }
    return static_cast<std::uint32_t>(sum);
}

}  // namespace

std::string without_cgbi(const Source& source) {
    const Numbers in{source.bytes};
    std::string head(source.bytes.substr(0, 8)), data("\x78\x01", 2), tail, deflated;
    std::uint64_t most = 0;
    for (std::size_t at = 8;;) {
        if (!in.holds(at, 12)) source.ends_early();
        const std::size_t length = in.four(at);
        const std::string_view kind = source.bytes.substr(at + 4, 4);
        if (!in.holds(at + 12, length)) source.ends_early();
        const std::string_view contents = source.bytes.substr(at + 8, length);
        if (kind == "IHDR" && length >= 8) {
            source.check_size(in.four(at + 8), in.four(at + 12));
            // At most eight bytes per pixel, and one filter byte per row in each of seven passes.
            most = 8ull * in.four(at + 8) * in.four(at + 12) + 2ull * in.four(at + 12) + 64;
        }
        if (kind == "IDAT")
            deflated += contents;
        else if (kind != "CgBI")
            append_chunk(deflated.empty() ? head : tail, kind, contents);
        if (kind == "IEND") break;
        at += 12 + length;
    }
    data += deflated;
    append_four(data, checksum(source, deflated, most));
    append_chunk(head, "IDAT", data);
    return head + tail;
}

}  // namespace convloom::files::picture
