// The header of a BMP file: Windows headers of every length, and OS/2.
#pragma once
#include <array>
#include <cstdint>

#include "app/files/picture/reader.hpp"

namespace convloom::files::picture {

using Rgb = std::array<std::uint8_t, 3>;

struct Bmp {
    enum Compression { plain, rle8, rle4, rle24, masks, jpeg, png };

    int width = 0, height = 0, bits = 0;
    bool top_down = false;
    Compression compression = plain;
    std::size_t pixels_at = 0;
    std::array<std::uint32_t, 4> mask{};  // red, green, blue and alpha
    bool alpha_may_be_unused = false;     // with plain 32 bits no header says whether the fourth byte is alpha
    std::array<Rgb, 256> palette{};       // missing entries are black
};

Bmp bmp_header(const Source& source, Decoded& decoded);

// Run-length encoding; skipped pixels keep the palette's first colour.
void read_runs(const Source& source, const Bmp& bmp, image::Image& image);

}  // namespace convloom::files::picture
