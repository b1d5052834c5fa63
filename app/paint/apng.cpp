// An animated PNG is a PNG whose further frames follow in their own chunks (PNG, third edition, 11.3.6: acTL, fcTL,
// fdAT). Each frame is encoded as a separate PNG; here the chunks are combined.
#include <png.h>
#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "app/paint/animation.hpp"
#include "app/paint/png.hpp"

namespace convloom::paint {
namespace {

constexpr std::size_t signature_size = 8;

std::string number(std::uint32_t n, int bytes = 4) {
    std::string text;
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) text += static_cast<char>(n >> shift & 255);
    return text;
}

std::string chunk(const char* type, std::string_view data) {
    std::string all = number(static_cast<std::uint32_t>(data.size())) + type;
    all += data;
    const uLong crc = crc32(0, reinterpret_cast<const Bytef*>(all.data() + 4), static_cast<uInt>(all.size() - 4));
    return all + number(static_cast<std::uint32_t>(crc));
}

// Calls visit(type, data, whole chunk) for each chunk of a PNG that we have encoded ourselves.
template <class Visit>
void for_each_chunk(std::string_view png, Visit visit) {
    for (std::size_t at = signature_size; at + 12 <= png.size();) {
        std::uint32_t size = 0;
        for (int n = 0; n < 4; ++n) size = size << 8 | static_cast<unsigned char>(png[at + n]);
        visit(png.substr(at + 4, 4), png.substr(at + 8, size), png.substr(at, size + 12));
        at += size + 12;
    }
}

// The part of a frame that differs from the previous one; never empty, since a frame must have pixels.
struct Part {
    int x = 0, y = 0, width = 1, height = 1;
};

Part changed(const scene::Pixels& before, const scene::Pixels& now) {
    int left = now.width, right = -1, top = now.height, bottom = -1;
    for (int y = 0; y < now.height; ++y) {
        const std::size_t from = static_cast<std::size_t>(y) * now.width * 4;
        const auto a = before.rgba.begin() + static_cast<std::ptrdiff_t>(from),
                   b = now.rgba.begin() + static_cast<std::ptrdiff_t>(from);
        const auto row = static_cast<std::ptrdiff_t>(now.width) * 4;
        const auto first = std::mismatch(a, a + row, b).first - a;
        if (first == row) continue;
        auto last = row - 1;
        while (a[last] == b[last]) --last;
        left = std::min(left, static_cast<int>(first / 4));
        right = std::max(right, static_cast<int>(last / 4));
        top = std::min(top, y);
        bottom = y;
    }
    return right < 0 ? Part{} : Part{left, top, right - left + 1, bottom - top + 1};
}

scene::Pixels cut(const scene::Pixels& pixels, const Part& part) {
    scene::Pixels out{part.width, part.height, {}};
    out.rgba.reserve(static_cast<std::size_t>(part.width) * part.height * 4);
    for (int y = part.y; y < part.y + part.height; ++y) {
        const auto row = pixels.rgba.begin() + (static_cast<std::ptrdiff_t>(y) * pixels.width + part.x) * 4;
        out.rgba.insert(out.rgba.end(), row, row + static_cast<std::ptrdiff_t>(part.width) * 4);
    }
    return out;
}

}  // namespace

std::string to_apng(const scene::Frames& frames) {
    std::string out;
    std::uint32_t sequence = 0;
    scene::Pixels before;
    const auto thousandths = static_cast<std::uint32_t>(std::clamp(std::lround(1000 / frames.per_second), 1L, 65535L));
    for (std::size_t n = 0; n < frames.count; ++n) {
        // All frames have the first one's pixel format, so a frame with transparency is written completely.
        scene::Pixels now = frames.frame(n);
        const bool whole_frame = n == 0 || !is_opaque(now) || !is_opaque(before);
        const Part part = whole_frame ? Part{0, 0, now.width, now.height} : changed(before, now);
        const std::string png = encode_png(whole_frame ? now : cut(now, part));
        before = std::move(now);
        if (n == 0) out.append(png, 0, signature_size);
        auto control = [&] {
            out += chunk("fcTL", number(sequence++) + number(static_cast<std::uint32_t>(part.width)) +
                                     number(static_cast<std::uint32_t>(part.height)) +
                                     number(static_cast<std::uint32_t>(part.x)) +
                                     number(static_cast<std::uint32_t>(part.y)) + number(thousandths, 2) +
                                     number(1000, 2) + std::string(2, '\0'));
        };
        bool begun = false;
        for_each_chunk(png, [&](std::string_view type, std::string_view data, std::string_view whole) {
            if (type == "IEND" || (n > 0 && type != "IDAT")) return;
            if (type == "IDAT" && !begun) {
                if (n == 0)
                    out += chunk("acTL", number(static_cast<std::uint32_t>(frames.count)) +
                                             number(static_cast<std::uint32_t>(frames.plays)));
                control();
                begun = true;
            }
            if (n == 0)
                out += whole;
            else
                out += chunk("fdAT", number(sequence++) + std::string(data));
        });
    }
    return out + chunk("IEND", "");
}

}  // namespace convloom::paint
