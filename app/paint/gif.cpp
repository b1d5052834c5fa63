#include <cgif.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <new>

#include "app/paint/animation.hpp"

namespace convloom::paint {
namespace {

std::uint32_t rgb(const std::uint8_t* p) {
    return static_cast<std::uint32_t>(p[0]) << 16 | static_cast<std::uint32_t>(p[1]) << 8 | p[2];
}

// A count for every colour, in blocks that exist once one of their colours occurs, since pictures use few.
class ColorTable {
  public:
    std::uint32_t& operator[](std::uint32_t color) {
        std::unique_ptr<Block>& block = blocks_[color / Block().size()];
        if (!block) block = std::make_unique<Block>();
        return (*block)[color % block->size()];
    }
    // The colours with a count above 0, in ascending order.
    template <class Visit>
    void visit(Visit visit) const {
        for (std::size_t b = 0; b < blocks_.size(); ++b)
            for (std::size_t n = 0; blocks_[b] && n < blocks_[b]->size(); ++n)
                if ((*blocks_[b])[n] > 0)
                    visit(static_cast<std::uint32_t>(b * blocks_[b]->size() + n), (*blocks_[b])[n]);
    }

  private:
    using Block = std::array<std::uint32_t, 4096>;
    std::vector<std::unique_ptr<Block>> blocks_{(1u << 24) / 4096};
};

int append(void* to, const std::uint8_t* data, std::size_t size) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), size);
    return 0;
}

}  // namespace

bool gif_keeps_frames(std::size_t count, int width, int height) {
    return count * static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4 <= most_kept_bytes;
}

std::string to_gif(const scene::Frames& frames) {
    const std::size_t pixels = static_cast<std::size_t>(frames.width) * frames.height;
    // First all colours that occur, then the frames as palette indices.
    ColorTable table;
    std::vector<scene::Pixels> kept;
    const bool keep = gif_keeps_frames(frames.count, frames.width, frames.height);
    for (std::size_t n = 0; n < frames.count; ++n) {
        scene::Pixels frame = frames.frame(n);
        // Most pixels have the colour of the one before.
        for (std::size_t p = 0, end = 0; p < pixels; p = end) {
            const std::uint32_t color = rgb(&frame.rgba[p * 4]);
            for (end = p + 1; end < pixels && rgb(&frame.rgba[end * 4]) == color;) ++end;
            std::uint32_t& count = table[color];
            count = static_cast<std::uint32_t>(std::min<std::uint64_t>(std::uint64_t{count} + (end - p), UINT32_MAX));
        }
        if (keep) kept.push_back(std::move(frame));
    }
    std::vector<Counted> colors;
    table.visit([&](std::uint32_t color, std::uint32_t count) { colors.push_back({color, count}); });
    const Palette palette = palette_of(colors);
    for (std::size_t n = 0; n < colors.size(); ++n) table[colors[n].color] = palette.place[n];

    std::vector<std::uint8_t> entries;
    for (std::uint32_t c : palette.colors)
        for (int shift : {16, 8, 0}) entries.push_back(static_cast<std::uint8_t>(c >> shift));
    std::string out;
    CGIF_Config config{};
    config.pGlobalPalette = entries.data();
    // The format stores the number of repetitions after the first time.
    config.attrFlags = CGIF_ATTR_IS_ANIMATED | (frames.plays == 1 ? CGIF_ATTR_NO_LOOP : 0);
    config.width = static_cast<std::uint16_t>(frames.width);
    config.height = static_cast<std::uint16_t>(frames.height);
    config.numGlobalPaletteEntries = static_cast<std::uint16_t>(palette.colors.size());
    config.numLoops = frames.plays > 1 ? static_cast<std::uint16_t>(frames.plays - 1) : CGIF_INFINITE_LOOP;
    config.pWriteFn = append;
    config.pContext = &out;
    // Also closed if a frame throws.
    std::unique_ptr<CGIF, int (*)(CGIF*)> gif(cgif_newgif(&config), cgif_close);
    if (!gif) throw std::bad_alloc();
    std::vector<std::uint8_t> indexed(pixels);
    bool good = true;
    for (std::size_t n = 0; n < frames.count && good; ++n) {
        if (keep && frames.again) frames.again(n);
        const scene::Pixels frame = keep ? std::move(kept[n]) : frames.frame(n);
        for (std::size_t p = 0, end = 0; p < pixels; p = end) {
            const std::uint32_t color = rgb(&frame.rgba[p * 4]);
            for (end = p + 1; end < pixels && rgb(&frame.rgba[end * 4]) == color;) ++end;
            std::fill(indexed.begin() + static_cast<std::ptrdiff_t>(p),
                      indexed.begin() + static_cast<std::ptrdiff_t>(end), static_cast<std::uint8_t>(table[color]));
        }
        CGIF_FrameConfig one{};
        one.pImageData = indexed.data();
        // Transparency between frames needs an index of its own beside the colours.
        one.genFlags =
            CGIF_FRAME_GEN_USE_DIFF_WINDOW | (palette.colors.size() < 256 ? CGIF_FRAME_GEN_USE_TRANSPARENCY : 0);
        one.delay = static_cast<std::uint16_t>(std::clamp(std::lround(100 / frames.per_second), 2L, 65535L));
        good = cgif_addframe(gif.get(), &one) == CGIF_OK;
    }
    if (cgif_close(gif.release()) != CGIF_OK || !good) throw std::bad_alloc();
    return out;
}

}  // namespace convloom::paint
