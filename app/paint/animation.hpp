// Frames -> one animated picture, shown for ever or as often as it says: GIF, APNG or lossless WebP. The same frames
// give the same bytes.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/scene/page/frames.hpp"

namespace convloom::paint {

// One palette for all frames: exact where 256 colours are enough, else the best that a median cut and its refinement
// find. Transparency is left out.
// Frames are asked for twice where all of them take more than this.
constexpr std::size_t most_kept_bytes = 512u << 20;
bool gif_keeps_frames(std::size_t count, int width, int height);
std::string to_gif(const scene::Frames& frames);
std::string to_apng(const scene::Frames& frames);
std::string to_webp(const scene::Frames& frames);

// At most 256 colours for a set of them with their counts, and for each colour of the set its place in the palette.
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
