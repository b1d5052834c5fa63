// Our own BMP reader, since no library in the distributions reads only BMP: every header and depth, plain, with masks
// and run-length encoded. Samples are 8 bits; masks with fewer bits are scaled by repeating their bits.
#include "app/files/picture/bmp.hpp"

#include <algorithm>
#include <bit>

#include "app/files/picture/numbers.hpp"

namespace convloom::files::picture {
namespace {

struct Channel {
    std::uint32_t mask;
    int shift = mask ? std::countr_zero(mask) : 0;
    int width = mask ? static_cast<int>(std::bit_width(mask >> shift)) : 0;

    std::uint8_t of(std::uint32_t pixel) const {
        std::uint32_t value = (pixel & mask) >> shift;
        if (width == 0) return 0;
        if (width >= 8) return static_cast<std::uint8_t>(value >> (width - 8));
        value <<= 8 - width;
        for (int filled = width; filled < 8; filled *= 2) value |= value >> filled;
        return static_cast<std::uint8_t>(value);
    }
};

void read_indices(const Bmp& bmp, std::string_view row, std::uint8_t* to) {
    const std::uint32_t last = (1u << bmp.bits) - 1;
    for (int x = 0; x < bmp.width; ++x) {
        const int bit = x * bmp.bits;
        const auto byte = static_cast<unsigned char>(row[static_cast<std::size_t>(bit / 8)]);
        to = std::copy_n(bmp.palette[byte >> (8 - bmp.bits - bit % 8) & last].begin(), 3, to);
    }
}

void read_masked(const Bmp& bmp, std::string_view row, std::uint8_t* to, int channels) {
    const Channel of[] = {{bmp.mask[0]}, {bmp.mask[1]}, {bmp.mask[2]}, {bmp.mask[3]}};
    const Numbers in{row, true};
    for (std::size_t x = 0; x < static_cast<std::size_t>(bmp.width); ++x) {
        const std::uint32_t pixel = bmp.bits == 16 ? in.two(2 * x) : in.four(4 * x);
        for (int c = 0; c < channels; ++c) *to++ = of[c].of(pixel);
    }
}

void read_row(const Bmp& bmp, std::string_view row, std::uint8_t* to, int channels) {
    if (bmp.bits <= 8) return read_indices(bmp, row, to);
    if (bmp.bits != 24) return read_masked(bmp, row, to, channels);
    for (std::size_t n = 0; n + 2 < row.size(); n += 3)
        for (std::size_t c = 0; c < 3; ++c) *to++ = static_cast<std::uint8_t>(row[n + 2 - c]);
}

void read_plain(const Source& source, const Bmp& bmp, image::Image& image) {
    const std::size_t row_bits = static_cast<std::size_t>(bmp.width) * bmp.bits, row_bytes = (row_bits + 7) / 8,
                      stride = (row_bits + 31) / 32 * 4;
    for (int y = 0; y < bmp.height; ++y) {
        const auto to = static_cast<std::size_t>(bmp.top_down ? y : bmp.height - 1 - y);
        read_row(bmp, source.bytes.substr(bmp.pixels_at + y * stride, row_bytes),
                 samples_of<std::uint8_t>(image) + to * bmp.width * image.channels, image.channels);
    }
}

bool holds_plain(const Source& source, const Bmp& bmp) {
    const std::uint64_t row_bits = static_cast<std::uint64_t>(bmp.width) * bmp.bits;
    const std::uint64_t needed = (row_bits + 31) / 32 * 4 * (bmp.height - 1) + (row_bits + 7) / 8;
    return bmp.pixels_at <= source.bytes.size() && needed <= source.bytes.size() - bmp.pixels_at;
}

void fill_unused_alpha(image::Image& image) {
    std::uint8_t* alpha = samples_of<std::uint8_t>(image) + 3;
    const std::size_t count = image.pixel_count();
    for (std::size_t p = 0; p < count; ++p)
        if (alpha[4 * p] != 0) return;
    for (std::size_t p = 0; p < count; ++p) alpha[4 * p] = 255;
}

}  // namespace

Decoded read_bmp(const Source& source) {
    Decoded decoded;
    const Bmp bmp = bmp_header(source, decoded);
    if (bmp.compression == Bmp::jpeg || bmp.compression == Bmp::png) {
        const Source inside{source.bytes.substr(std::min(bmp.pixels_at, source.bytes.size())), source.name,
                            source.most_pixels};
        return bmp.compression == Bmp::jpeg ? read_jpeg(inside) : read_png(inside);
    }
    const bool in_runs = bmp.compression == Bmp::rle8 || bmp.compression == Bmp::rle4 || bmp.compression == Bmp::rle24;
    if (!in_runs && !holds_plain(source, bmp)) source.ends_early();
    const int channels = bmp.bits == 32 || bmp.bits == 16 ? (bmp.mask[3] ? 4 : 3) : 3;
    decoded.image = image::unwritten(bmp.width, bmp.height, channels, image::Depth::bits8);
    in_runs ? read_runs(source, bmp, decoded.image) : read_plain(source, bmp, decoded.image);
    if (bmp.alpha_may_be_unused) fill_unused_alpha(decoded.image);
    return decoded;
}

}  // namespace convloom::files::picture
