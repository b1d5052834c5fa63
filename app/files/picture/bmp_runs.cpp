#include <algorithm>

#include "app/files/picture/bmp.hpp"
#include "app/files/picture/numbers.hpp"

namespace convloom::files::picture {
namespace {

class Runs {
  public:
    Runs(const Source& source, const Bmp& bmp, image::Image& image)
        : source_(source), bmp_(bmp), to_(samples_of<std::uint8_t>(image)), at_(bmp.pixels_at) {
        for (std::size_t p = 0; p < image.pixel_count(); ++p) std::copy_n(bmp.palette[0].begin(), 3, to_ + 3 * p);
    }

    void read() {
        for (;;) {
            // A picture is complete once its last pixel was read, even without the end marker.
            if (at_ + 2 > source_.bytes.size()) {
                if (y_ >= bmp_.height || (y_ == bmp_.height - 1 && x_ >= bmp_.width)) return;
                source_.ends_early();
            }
            const int count = next();
            if (count > 0) {
                run(count);
                continue;
            }
            const int what = next();
            if (what == 1) return;
            if (what == 0) {
                x_ = 0;
                ++y_;
            } else if (what == 2) {
                need(2);
                x_ += next();
                y_ += next();
            } else {
                pixels(what);
            }
        }
    }

  private:
    int next() { return static_cast<unsigned char>(source_.bytes[at_++]); }
    void need(std::size_t count) const {
        if (count > source_.bytes.size() - at_) source_.ends_early();
    }
    Rgb next_rgb() {
        Rgb colour;
        for (std::size_t c = 0; c < 3; ++c) colour[2 - c] = static_cast<std::uint8_t>(next());
        return colour;
    }
    void put(const Rgb& colour) {
        if (x_ < bmp_.width && y_ < bmp_.height) {
            const int row = bmp_.top_down ? y_ : bmp_.height - 1 - y_;
            std::copy_n(colour.begin(), 3, to_ + (static_cast<std::size_t>(row) * bmp_.width + x_) * 3);
        }
        ++x_;
    }

    void run(int count) {
        if (bmp_.compression == Bmp::rle24) {
            need(3);
            const Rgb colour = next_rgb();
            for (int n = 0; n < count; ++n) put(colour);
            return;
        }
        const int indices = next();
        for (int n = 0; n < count; ++n)
            put(bmp_.palette[bmp_.compression == Bmp::rle8 ? indices : n % 2 == 0 ? indices >> 4 : indices & 15]);
    }
    // Literal pixels, padded to an even number of bytes.
    void pixels(int count) {
        const bool halves = bmp_.compression == Bmp::rle4, whole = bmp_.compression == Bmp::rle24;
        const std::size_t bytes = static_cast<std::size_t>(halves ? (count + 1) / 2 : whole ? 3 * count : count);
        need(bytes);
        const std::size_t end = at_ + bytes + bytes % 2;
        int indices = 0;
        for (int n = 0; n < count; ++n) {
            if (whole) {
                put(next_rgb());
                continue;
            }
            if (!halves || n % 2 == 0) indices = next();
            put(bmp_.palette[!halves ? indices : n % 2 == 0 ? indices >> 4 : indices & 15]);
        }
        at_ = end;
    }

    const Source& source_;
    const Bmp& bmp_;
    std::uint8_t* to_;
    std::size_t at_;
    int x_ = 0, y_ = 0;
};

}  // namespace

void read_runs(const Source& source, const Bmp& bmp, image::Image& image) {
    Runs(source, bmp, image).read();
}

}  // namespace convloom::files::picture
