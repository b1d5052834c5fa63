// TGA and HDR by stb_image, which reads through a wrapper that notices the end of the file, since stb_image treats
// missing data as zeros. This file also handles TGAs with rows from right to left or a palette that does not begin at
// 0, which stb_image does not.
#include <fmt/format.h>
#include <stb_image.h>

#include <algorithm>
#include <climits>
#include <memory>
#include <type_traits>

#include "app/files/picture/numbers.hpp"
#include "app/files/picture/reader.hpp"

namespace convloom::files::picture {
namespace {

struct Reading {
    std::string_view bytes;
    std::size_t at = 0, made_up = 0;
    bool asked_beyond = false;
    static constexpr int ahead = 128;  // stb reads this many bytes at once, needed or not

    // Data that ends each of its loops: empty lines, an empty block.
    int beyond(char* to, int size) {
        constexpr char ends[] = {'\n', '\n', '\0'};
        constexpr std::size_t most_made_up = 4 << 20;
        asked_beyond = true;
        // A read of a whole block needs no such data: a short result ends it.
        if (made_up > most_made_up || size > ahead) return 0;
        for (int n = 0; n < size; ++n) to[n] = ends[made_up++ % sizeof ends];
        return size;
    }

    static int read(void* user, char* to, int size) {
        auto& self = *static_cast<Reading*>(user);
        const std::size_t got = std::min(self.bytes.size() - self.at, static_cast<std::size_t>(size));
        if (got == 0 && size > 0) return self.beyond(to, size);
        if (got < static_cast<std::size_t>(size) && size != ahead) self.asked_beyond = true;
        std::copy_n(self.bytes.data() + self.at, got, to);
        self.at += got;
        return static_cast<int>(got);
    }
    static void skip(void* user, int count) {
        auto& self = *static_cast<Reading*>(user);
        const auto at = static_cast<long long>(self.at) + count;
        if (at > static_cast<long long>(self.bytes.size())) self.asked_beyond = true;
        self.at = static_cast<std::size_t>(std::clamp<long long>(at, 0, static_cast<long long>(self.bytes.size())));
    }
    static int at_end(void* user) {
        const auto& self = *static_cast<Reading*>(user);
        return self.at >= self.bytes.size();
    }
};
constexpr stbi_io_callbacks callbacks{Reading::read, Reading::skip, Reading::at_end};

// Calls one of stb's functions; the picture is in its memory.
template <class Load>
Decoded decoded_by(Load load, const Source& source, std::string_view bytes) {
    int width = 0, height = 0, channels = 0;
    const auto size = static_cast<int>(std::min<std::size_t>(bytes.size(), INT_MAX));
    if (!stbi_info_from_memory(reinterpret_cast<const stbi_uc*>(bytes.data()), size, &width, &height, &channels))
        source.damaged("its beginning is damaged");
    source.check_size(width, height);
    Reading reading{bytes};
    auto* samples = load(&callbacks, &reading, &width, &height, &channels, 0);
    using Sample = std::remove_pointer_t<decltype(samples)>;
    std::unique_ptr<Sample, void (*)(void*)> held(samples, &stbi_image_free);
    if (reading.asked_beyond) source.ends_early();
    if (!samples) source.damaged(stbi_failure_reason());
    Decoded decoded;
    decoded.image = {width, height, channels, {}, false};
    decoded.image.samples = image::SampleBuffer<Sample>(held.release(), decoded.image.sample_count(), &stbi_image_free);
    return decoded;
}

struct TgaHeader {
    Numbers in;

    std::uint32_t words() const { return in.byte(0); }
    std::uint32_t palette() const { return in.byte(1); }
    std::uint32_t kind() const { return in.byte(2); }
    std::uint32_t palette_start() const { return in.two(3); }
    std::uint32_t palette_bits() const { return in.byte(7); }
    std::uint32_t width() const { return in.two(12); }
    std::uint32_t bits() const { return in.byte(16); }
    bool from_right() const { return (in.byte(17) & 0x10) != 0; }
};

// With a replaced palette, or none, since stb does not support a palette that begins beyond 0 or is unused.
std::string with_palette(std::string_view bytes, std::uint32_t length, std::string_view entries,
                         std::size_t pixels_at) {
    const TgaHeader header{{bytes, true}};
    std::string changed(bytes.substr(0, 18 + header.words()));
    changed[1] = length > 0;
    changed[3] = changed[4] = 0;
    changed[5] = static_cast<char>(length & 255);
    changed[6] = static_cast<char>(length >> 8 & 255);
    return changed.append(entries).append(bytes.substr(pixels_at));
}

std::string simplified(const Source& source, const TgaHeader& header) {
    const std::size_t at = 18 + header.words(), entry = (header.palette_bits() + 7) / 8,
                      size = header.in.two(5) * entry;
    if (!header.in.holds(at, size)) source.ends_early();
    if ((header.kind() & ~8u) != 1) return with_palette(source.bytes, 0, {}, at + size);
    const std::uint32_t length = header.palette_start() + header.in.two(5);
    if (length > 65535) source.damaged("its palette is too long");
    std::string entries(header.palette_start() * entry, '\0');
    return with_palette(source.bytes, length, entries.append(source.bytes.substr(at, size)), at + size);
}

}  // namespace

bool is_tga(std::string_view bytes) {
    const TgaHeader header{{bytes, true}};
    const std::uint32_t kind = header.kind() & ~8u, bits = header.bits();
    if (bytes.size() < 18 || !kind_not_read(bytes).empty() || kind < 1 || kind > 3 || header.kind() > 11 ||
        header.palette() > 1)
        return false;
    if (header.width() == 0 || header.in.two(14) == 0) return false;
    const auto one_of = [](std::uint32_t value, std::initializer_list<std::uint32_t> all) {
        return std::find(all.begin(), all.end(), value) != all.end();
    };
    if (kind == 1 && (header.palette() != 1 || !one_of(bits, {8, 16}))) return false;
    if (header.palette() == 1 && !one_of(header.palette_bits(), {15, 16, 24, 32})) return false;
    return kind == 1 || one_of(bits, kind == 2 ? std::initializer_list<std::uint32_t>{15, 16, 24, 32}
                                               : std::initializer_list<std::uint32_t>{8, 16});
}

Decoded read_tga(const Source& source) {
    const TgaHeader header{{source.bytes, true}};
    source.check_size(header.width(), header.in.two(14));
    if (18 + header.words() > source.bytes.size()) source.ends_early();
    const bool unused = (header.kind() & ~8u) != 1;
    std::string whole;
    if (header.palette() == 1 && (unused || header.palette_start() > 0)) whole = simplified(source, header);
    Decoded decoded = decoded_by(stbi_load_from_callbacks, source, whole.empty() ? source.bytes : whole);
    if (header.from_right()) decoded.image = image::upright(decoded.image, 2);
    return decoded;
}

Decoded read_hdr(const Source& source) {
    Decoded decoded = decoded_by(stbi_loadf_from_callbacks, source, source.bytes);
    decoded.image.linear = true;
    return decoded;
}

}  // namespace convloom::files::picture
