#include <fmt/format.h>

#include <algorithm>

#include "app/files/picture/bmp.hpp"
#include "app/files/picture/numbers.hpp"

namespace convloom::files::picture {
namespace {

constexpr std::size_t file_header = 14;

Bmp::Compression compression_of(const Source& source, std::uint32_t number, bool os2) {
    switch (number) {
        case 0:
            return Bmp::plain;
        case 1:
            return Bmp::rle8;
        case 2:
            return Bmp::rle4;
        case 3:
            if (os2) source.not_read("an OS/2 picture with Huffman's compression");
            return Bmp::masks;
        case 4:
            return os2 ? Bmp::rle24 : Bmp::jpeg;
        case 5:
            return Bmp::png;
        case 6:
            return Bmp::masks;
    }
    source.damaged(fmt::format("BMP has no compression {}", number));
}

void check_bits(const Source& source, const Bmp& bmp) {
    const int only = bmp.compression == Bmp::rle8    ? 8
                     : bmp.compression == Bmp::rle4  ? 4
                     : bmp.compression == Bmp::rle24 ? 24
                                                     : 0;
    const bool embedded = bmp.compression == Bmp::jpeg || bmp.compression == Bmp::png;
    constexpr int known[] = {1, 2, 4, 8, 16, 24, 32};
    if (embedded) return;
    if (std::find(std::begin(known), std::end(known), bmp.bits) == std::end(known) || (only && bmp.bits != only) ||
        (bmp.compression == Bmp::masks && bmp.bits != 16 && bmp.bits != 32))
        source.damaged(fmt::format("a BMP with this compression cannot have {} bits a pixel", bmp.bits));
}

void take_masks(const Numbers& in, Bmp& bmp, std::size_t header, std::uint32_t compression) {
    if (bmp.bits == 16) bmp.mask = {0x7c00, 0x03e0, 0x001f, 0};
    if (bmp.bits == 32) bmp.mask = {0xff0000, 0xff00, 0xff, 0xff000000};
    bmp.alpha_may_be_unused = bmp.bits == 32 && bmp.compression == Bmp::plain;
    if (bmp.compression != Bmp::masks) return;
    const bool alpha = header >= 56 || compression == 6;
    for (std::size_t n = 0; n < 4; ++n) bmp.mask[n] = n == 3 && !alpha ? 0 : in.four(file_header + 40 + 4 * n);
}

// As many colours as there is data for, which may be fewer than the header says.
void take_palette(const Numbers& in, Bmp& bmp, std::size_t at, std::size_t entry, std::size_t promised) {
    std::size_t count = std::size_t{1} << bmp.bits;
    if (promised > 0) count = std::min(count, promised);
    if (bmp.pixels_at > at) count = std::min(count, (bmp.pixels_at - at) / entry);
    for (std::size_t n = 0; n < count && in.holds(at + n * entry, 3); ++n)
        for (std::size_t c = 0; c < 3; ++c)
            bmp.palette[n][c] = static_cast<std::uint8_t>(in.byte(at + n * entry + 2 - c));
    if (bmp.pixels_at <= at) bmp.pixels_at = at + (promised > 0 ? promised : count) * entry;
}

// For a header of 124 bytes, relative to its start.
void take_profile(const Source& source, const Numbers& in, Decoded& decoded) {
    constexpr std::uint32_t embedded = 0x4d424544;
    const std::size_t at = file_header + in.four(file_header + 112), size = in.four(file_header + 116);
    if (in.four(file_header + 56) == embedded && in.holds(at, size)) decoded.profile = source.bytes.substr(at, size);
}

}  // namespace

Bmp bmp_header(const Source& source, Decoded& decoded) {
    const Numbers in{source.bytes, true};
    if (!in.holds(0, file_header + 12)) source.ends_early();
    const std::size_t header = in.four(file_header);
    const bool core = header == 12;
    if (!core && (header < 16 || header > 124)) source.damaged(fmt::format("BMP has no header of {} bytes", header));
    // OS/2's second header may have any length; missing fields are 0.
    const Numbers within{
        source.bytes.substr(0, file_header + (header > 40 ? header : std::max<std::size_t>(header, 12))), true};
    if (!in.holds(file_header, header)) source.ends_early();
    const bool os2 = header == 64 || header == 16;
    Bmp bmp;
    const long long width = core ? static_cast<long long>(in.two(18)) : in.signed_four(18);
    long long height = core ? static_cast<long long>(in.two(20)) : in.signed_four(22);
    bmp.top_down = height < 0;
    height = std::abs(height);
    source.check_size(width, height);
    bmp.width = static_cast<int>(width);
    bmp.height = static_cast<int>(height);
    bmp.bits = static_cast<int>(core ? in.two(24) : in.two(28));
    const std::uint32_t compression = core ? 0 : within.four(30), promised = core ? 0 : within.four(46);
    bmp.compression = compression_of(source, compression, os2);
    check_bits(source, bmp);
    bmp.pixels_at = in.four(10);
    if (header >= 40) {
        decoded.notes.per_metre_x = std::max(in.signed_four(38), 0);
        decoded.notes.per_metre_y = std::max(in.signed_four(42), 0);
    }
    take_masks(in, bmp, header, compression);
    std::size_t after = file_header + header;
    if (bmp.compression == Bmp::masks && header == 40) after += compression == 6 ? 16 : 12;
    if (bmp.bits >= 1 && bmp.bits <= 8)
        take_palette(in, bmp, after, core ? 3 : 4, promised);
    else if (bmp.pixels_at < after)
        bmp.pixels_at = after;
    if (header == 124) take_profile(source, in, decoded);
    return bmp;
}

}  // namespace convloom::files::picture
