#include <gif_lib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <span>

#include "app/paint/animation.hpp"

namespace convloom::paint {
namespace {

std::uint32_t rgb(const std::uint8_t* p) {
    return static_cast<std::uint32_t>(p[0]) << 16 | static_cast<std::uint32_t>(p[1]) << 8 | p[2];
}

// Calls visit(color, from, to) for each run of pixels of one colour; most pixels have the colour of the one before.
template <class Visit>
void visit_runs(const scene::Pixels& frame, std::size_t pixels, Visit visit) {
    const std::uint8_t* rgba = frame.rgba.data();
    const auto four = [rgba](std::size_t p) {
        std::uint32_t value;
        std::memcpy(&value, rgba + p * 4, 4);
        return value;
    };
    for (std::size_t p = 0, end = 0; p < pixels; p = end) {
        const std::uint32_t first = four(p);
        end = p + 1;
        // Sixteen bytes at once, without a branch between them.
        while (end + 4 <= pixels &&
               ((four(end) ^ first) | (four(end + 1) ^ first) | (four(end + 2) ^ first) | (four(end + 3) ^ first)) == 0)
            end += 4;
        while (end < pixels && four(end) == first) ++end;
        visit(rgb(rgba + p * 4), p, end);
    }
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

void check(int result) {
    if (result != GIF_OK) throw std::bad_alloc();  // there is nothing else that can fail
}

// The part of a frame that is not as it was: from (left, top), as wide and as high.
struct Changed {
    int left, top, width, height;
};

// One whose pixels are all as before is a single pixel, since a frame has at least one.
Changed changed_part(std::span<const std::uint8_t> now, std::span<const std::uint8_t> before, int width, int height) {
    int left = width, right = -1, top = height, bottom = -1;
    for (int y = 0; y < height; ++y) {
        const auto row = now.subspan(static_cast<std::size_t>(y) * width, width),
                   old = before.subspan(static_cast<std::size_t>(y) * width, width);
        if (std::equal(row.begin(), row.end(), old.begin())) continue;
        const int first = static_cast<int>(std::mismatch(row.begin(), row.end(), old.begin()).first - row.begin());
        int last = width - 1;
        while (row[last] == old[last]) --last;
        left = std::min(left, first), right = std::max(right, last);
        top = std::min(top, y), bottom = y;
    }
    if (bottom < 0) return {0, 0, 1, 1};
    return {left, top, right - left + 1, bottom - top + 1};
}

// Frames in numbers of one palette. After the first, only the part that changed is written, and in it what did not
// change is transparent, which makes longer runs.
class GifWriter {
  public:
    GifWriter(int width, int height, const std::vector<std::uint32_t>& colors, int plays)
        : width_(width), height_(height), before_(static_cast<std::size_t>(width) * height) {
        // The number for what is transparent comes after the colours.
        if (colors.size() < 256) clear_ = static_cast<std::uint8_t>(colors.size());
        std::vector<GifColorType> entries(std::size_t{1}
                                          << GifBitSize(static_cast<int>(colors.size() + (clear_ ? 1 : 0))));
        for (std::size_t n = 0; n < colors.size(); ++n)
            entries[n] = {static_cast<GifByteType>(colors[n] >> 16), static_cast<GifByteType>(colors[n] >> 8),
                          static_cast<GifByteType>(colors[n])};
        const std::unique_ptr<ColorMapObject, decltype(&GifFreeMapObject)> map(
            GifMakeMapObject(static_cast<int>(entries.size()), entries.data()), GifFreeMapObject);
        if (!map) throw std::bad_alloc();
        gif_.reset(EGifOpen(&bytes_, append, nullptr));
        if (!gif_) throw std::bad_alloc();
        EGifSetGifVersion(gif_.get(), true);
        check(EGifPutScreenDesc(gif_.get(), width, height, map->BitsPerPixel, 0, map.get()));
        if (plays != 1) put_plays(plays);
    }

    void add(std::span<const std::uint8_t> pixels, int hundredths) {
        const Changed part = first_ ? Changed{0, 0, width_, height_} : changed_part(pixels, before_, width_, height_);
        const bool clears = !first_ && clear_;
        written_.resize(static_cast<std::size_t>(part.width) * part.height);
        for (int y = 0; y < part.height; ++y) {
            const std::size_t from = static_cast<std::size_t>(part.top + y) * width_ + part.left;
            const std::uint8_t *now = pixels.data() + from, *old = before_.data() + from, clear = clear_.value_or(0);
            std::uint8_t* to = written_.data() + static_cast<std::size_t>(y) * part.width;
            for (int x = 0; x < part.width; ++x) to[x] = clears && now[x] == old[x] ? clear : now[x];
        }
        const GraphicsControlBlock control{DISPOSE_DO_NOT, false, hundredths, clears ? *clear_ : NO_TRANSPARENT_COLOR};
        std::array<GifByteType, 4> block;
        EGifGCBToExtension(&control, block.data());
        check(EGifPutExtension(gif_.get(), GRAPHICS_EXT_FUNC_CODE, static_cast<int>(block.size()), block.data()));
        check(EGifPutImageDesc(gif_.get(), part.left, part.top, part.width, part.height, false, nullptr));
        check(EGifPutLine(gif_.get(), written_.data(), static_cast<int>(written_.size())));
        std::copy(pixels.begin(), pixels.end(), before_.begin());
        first_ = false;
    }

    std::string finish() {
        check(EGifCloseFile(gif_.release(), nullptr));
        return std::move(bytes_);
    }

  private:
    struct Close {
        void operator()(GifFileType* gif) const { EGifCloseFile(gif, nullptr); }
    };

    static int append(GifFileType* gif, const GifByteType* data, int size) {
        static_cast<std::string*>(gif->UserData)
            ->append(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size));
        return size;
    }

    // 0 is for ever; else the format counts what comes after the first time.
    void put_plays(int plays) {
        const int repeats = plays > 1 ? plays - 1 : 0;
        const std::array<GifByteType, 3> block{1, static_cast<GifByteType>(repeats),
                                               static_cast<GifByteType>(repeats >> 8)};
        check(EGifPutExtensionLeader(gif_.get(), APPLICATION_EXT_FUNC_CODE));
        check(EGifPutExtensionBlock(gif_.get(), 11, "NETSCAPE2.0"));
        check(EGifPutExtensionBlock(gif_.get(), static_cast<int>(block.size()), block.data()));
        check(EGifPutExtensionTrailer(gif_.get()));
    }

    int width_, height_;
    std::optional<std::uint8_t> clear_;
    std::string bytes_;
    std::vector<std::uint8_t> before_, written_;
    bool first_ = true;
    std::unique_ptr<GifFileType, Close> gif_;  // writes its end when it is closed, so goes before the bytes
};

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
        visit_runs(frame, pixels, [&](std::uint32_t color, std::size_t from, std::size_t to) {
            std::uint32_t& count = table[color];
            count = static_cast<std::uint32_t>(std::min<std::uint64_t>(std::uint64_t{count} + (to - from), UINT32_MAX));
        });
        if (keep) kept.push_back(std::move(frame));
    }
    std::vector<Counted> colors;
    table.visit([&](std::uint32_t color, std::uint32_t count) { colors.push_back({color, count}); });
    const Palette palette = palette_of(colors);
    for (std::size_t n = 0; n < colors.size(); ++n) table[colors[n].color] = palette.place[n];

    GifWriter gif(frames.width, frames.height, palette.colors, frames.plays);
    const int hundredths = static_cast<int>(std::clamp(std::lround(100 / frames.per_second), 2L, 65535L));
    std::vector<std::uint8_t> indexed(pixels);
    for (std::size_t n = 0; n < frames.count; ++n) {
        if (keep && frames.again) frames.again(n);
        const scene::Pixels frame = keep ? std::move(kept[n]) : frames.frame(n);
        visit_runs(frame, pixels, [&](std::uint32_t color, std::size_t from, std::size_t to) {
            std::memset(indexed.data() + from, static_cast<int>(table[color]), to - from);
        });
        gif.add(indexed, hundredths);
    }
    return gif.finish();
}

}  // namespace convloom::paint
