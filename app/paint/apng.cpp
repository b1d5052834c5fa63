// An animated PNG is a PNG whose further frames follow in chunks of their own (PNG, third edition, 11.3.6: acTL, fcTL,
// fdAT). Each frame is encoded as a PNG by itself; here the chunks are put together.
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

}  // namespace

std::string to_apng(const scene::Frames& frames) {
    std::string out;
    std::uint32_t sequence = 0;
    const auto thousandths = static_cast<std::uint32_t>(std::clamp(std::lround(1000 / frames.per_second), 1L, 65535L));
    for (std::size_t n = 0; n < frames.count; ++n) {
        const std::string png = encode_png(frames.frame(n));
        if (n == 0) out.append(png, 0, signature_size);
        auto control = [&] {
            out += chunk("fcTL", number(sequence++) + number(static_cast<std::uint32_t>(frames.width)) + number(static_cast<std::uint32_t>(frames.height)) +
                                     number(0) + number(0) + number(thousandths, 2) + number(1000, 2) + std::string(2, '\0'));
        };
        bool begun = false;
        for_each_chunk(png, [&](std::string_view type, std::string_view data, std::string_view whole) {
            if (type == "IEND" || (n > 0 && type != "IDAT")) return;
            if (type == "IDAT" && !begun) {
                if (n == 0) out += chunk("acTL", number(static_cast<std::uint32_t>(frames.count)) + number(0));
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
