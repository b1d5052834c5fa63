#include <cgif.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <new>

#include "app/paint/animation.hpp"

namespace convloom::paint {
namespace {

std::uint32_t rgb(const std::uint8_t* p) { return static_cast<std::uint32_t>(p[0]) << 16 | static_cast<std::uint32_t>(p[1]) << 8 | p[2]; }

int append(void* to, const std::uint8_t* data, std::size_t size) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), size);
    return 0;
}

}  // namespace

std::string to_gif(const scene::Frames& frames) {
    const std::size_t pixels = static_cast<std::size_t>(frames.width) * frames.height;
    // First every colour that occurs, then the frames in the palette's numbers.
    std::vector<std::uint32_t> table(1u << 24);
    std::vector<scene::Pixels> kept;
    const bool keep = frames.count * pixels * 4 <= most_kept_bytes;
    for (std::size_t n = 0; n < frames.count; ++n) {
        scene::Pixels frame = frames.frame(n);
        for (std::size_t p = 0; p < pixels; ++p)
            if (auto& count = table[rgb(&frame.rgba[p * 4])]; count != UINT32_MAX) ++count;
        if (keep) kept.push_back(std::move(frame));
    }
    std::vector<Counted> colors;
    for (std::uint32_t c = 0; c < table.size(); ++c)
        if (table[c] > 0) colors.push_back({c, table[c]});
    const Palette palette = palette_of(colors);
    for (std::size_t n = 0; n < colors.size(); ++n) table[colors[n].color] = palette.place[n];

    std::vector<std::uint8_t> entries;
    for (std::uint32_t c : palette.colors)
        for (int shift : {16, 8, 0}) entries.push_back(static_cast<std::uint8_t>(c >> shift));
    std::string out;
    CGIF_Config config{};
    config.pGlobalPalette = entries.data();
    config.attrFlags = CGIF_ATTR_IS_ANIMATED;
    config.width = static_cast<std::uint16_t>(frames.width);
    config.height = static_cast<std::uint16_t>(frames.height);
    config.numGlobalPaletteEntries = static_cast<std::uint16_t>(palette.colors.size());
    config.numLoops = CGIF_INFINITE_LOOP;
    config.pWriteFn = append;
    config.pContext = &out;
    // Closed too where a frame ends it all by throwing.
    std::unique_ptr<CGIF, int (*)(CGIF*)> gif(cgif_newgif(&config), cgif_close);
    if (!gif) throw std::bad_alloc();
    std::vector<std::uint8_t> indexed(pixels);
    bool good = true;
    for (std::size_t n = 0; n < frames.count && good; ++n) {
        if (keep && frames.again) frames.again(n);
        const scene::Pixels frame = keep ? std::move(kept[n]) : frames.frame(n);
        for (std::size_t p = 0; p < pixels; ++p) indexed[p] = static_cast<std::uint8_t>(table[rgb(&frame.rgba[p * 4])]);
        CGIF_FrameConfig one{};
        one.pImageData = indexed.data();
        // The transparency trick needs a number of its own beside the colours.
        one.genFlags = CGIF_FRAME_GEN_USE_DIFF_WINDOW | (palette.colors.size() < 256 ? CGIF_FRAME_GEN_USE_TRANSPARENCY : 0);
        one.delay = static_cast<std::uint16_t>(std::clamp(std::lround(100 / frames.per_second), 2L, 65535L));
        good = cgif_addframe(gif.get(), &one) == CGIF_OK;
    }
    if (cgif_close(gif.release()) != CGIF_OK || !good) throw std::bad_alloc();
    return out;
}

}  // namespace convloom::paint
