// Frames -> one animated picture, played endlessly or a given number of times: GIF, APNG or lossless WebP. The same
// frames give the same bytes.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/scene/page/frames.hpp"

namespace convloom::paint {

// One palette for all frames: exact if 256 colours are enough, else found by median cut and refinement. Transparency is
// dropped. Frames are requested twice if together they take more memory than this.
constexpr std::size_t most_kept_bytes = 512u << 20;
bool gif_keeps_frames(std::size_t count, int width, int height);
std::string to_gif(const scene::Frames& frames);
std::string to_apng(const scene::Frames& frames);
std::string to_webp(const scene::Frames& frames);

// At most 256 colours for a set of colours with their counts, and for each colour of the set its index in the palette.
struct Palette {
    std::vector<std::uint32_t> colors;  // 0xRRGGBB
    std::vector<std::uint8_t> place;    // of each given colour
};
struct Counted {
    std::uint32_t color;
    std::uint64_t count;
};
Palette palette_of(const std::vector<Counted>& colors);

}  // namespace convloom::paint
