// Our own reader for Photoshop's PSD and PSB: the merged picture at the end of the file, in every mode and depth.
// 32-bit samples are linear light.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "app/files/picture/exif.hpp"
#include "app/files/picture/numbers.hpp"
#include "app/files/picture/reader.hpp"
#include "core/arith/layer/counts.hpp"

namespace convloom::files::picture {
namespace {

enum Mode { bitmap = 0, grey = 1, indexed = 2, rgb = 3, cmyk = 4, duotone = 8, lab = 9 };

class Psd {
  public:
    explicit Psd(const Source& source) : source_(source), in_{source.bytes} {}

    Decoded read() {
        read_header();
        Decoded decoded;
        read_resources(decoded);
        const bool alpha = read_layers();
        const int colours = mode_ == rgb || mode_ == lab ? 3 : mode_ == cmyk ? 4 : 1;
        if (planes_ < colours)
            source_.damaged(fmt::format("it has {}, which is too few", arith::counted(planes_, "channel")));
        const bool with_alpha = alpha && planes_ > colours && mode_ != indexed && mode_ != bitmap;
        make_room(decoded, colours, with_alpha);
        read_planes(decoded, colours + (with_alpha ? 1 : 0));
        decoded.colours = mode_ == cmyk ? Colours::inks : mode_ == lab ? Colours::lab : Colours::screen;
        if (mode_ == rgb || mode_ == grey || mode_ == duotone) {
            if (with_alpha) take_off_white(decoded.image);
        }
        return decoded;
    }

  private:
    void read_header() {
        if (!in_.holds(0, 30)) source_.ends_early();
        large_ = in_.two(4) == 2;
        if (in_.two(4) != 1 && !large_) source_.damaged(fmt::format("PSD has no version {}", in_.two(4)));
        planes_ = static_cast<int>(in_.two(12));
        height_ = static_cast<int>(in_.four(14));
        width_ = static_cast<int>(in_.four(18));
        bits_ = static_cast<int>(in_.two(22));
        mode_ = static_cast<int>(in_.two(24));
        source_.check_size(width_, height_);
        if (planes_ < 1 || planes_ > 56) source_.damaged(fmt::format("it has {} channels", planes_));
        if (mode_ == 7) source_.not_read("a Photoshop picture of many separate channels");
        if (mode_ != bitmap && mode_ != grey && mode_ != indexed && mode_ != rgb && mode_ != cmyk && mode_ != duotone &&
            mode_ != lab)
            source_.damaged(fmt::format("PSD has no mode {}", mode_));
        const bool fits = mode_ == bitmap    ? bits_ == 1
                          : mode_ == indexed ? bits_ == 8
                                             : bits_ == 8 || bits_ == 16 || bits_ == 32;
        if (!fits) source_.damaged(fmt::format("PSD has no {} bits a channel in this mode", bits_));
        palette_at_ = 30;
        at_ = 26;
        pass_section(4);
        if (mode_ == indexed && at_ - palette_at_ < 768) source_.damaged("its palette is too short");
    }

    std::size_t length(std::size_t bytes) const {
        return static_cast<std::size_t>(bytes == 8 ? in_.eight(at_) : in_.four(at_));
    }
    void pass_section(std::size_t length_bytes) {
        if (!in_.holds(at_, length_bytes) || !in_.holds(at_ + length_bytes, length(length_bytes))) source_.ends_early();
        at_ += length_bytes + length(length_bytes);
    }

    void read_resources(Decoded& decoded) {
        const std::size_t start = at_ + 4;
        pass_section(4);
        for (std::size_t n = start; n + 12 <= at_ && source_.bytes.substr(n, 4) == "8BIM";) {
            const std::size_t name = in_.byte(n + 6) + 1, size_at = n + 6 + name + name % 2;
            const std::size_t size = in_.four(size_at);
            if (size_at + 4 > at_ || size > at_ - size_at - 4) return;
            const std::string_view contents = source_.bytes.substr(size_at + 4, size);
            const std::uint32_t id = in_.two(n + 4);
            if (id == 1039) decoded.profile = contents;
            if (id == 1058) {
                decoded.notes.exif = contents;
                decoded.orientation = orientation_in(decoded.notes.exif);
            }
            if (id == 1005 && size >= 16) {  // pixels per inch, as 16.16 fixed point
                decoded.notes.per_metre_x = Numbers{contents}.four(0) / 65536.0 / 0.0254;
                decoded.notes.per_metre_y = Numbers{contents}.four(8) / 65536.0 / 0.0254;
            }
            n = size_at + 4 + size + size % 2;
        }
    }

    // Whether an extra channel is the merged picture's alpha. A positive layer count says that it is something else,
    // such as a saved selection.
    bool read_layers() {
        const std::size_t length_bytes = large_ ? 8 : 4, start = at_;
        pass_section(length_bytes);
        const bool any = at_ - start >= 2 * length_bytes + 2;
        return !any || static_cast<std::int16_t>(in_.two(start + 2 * length_bytes)) <= 0;
    }

    void make_room(Decoded& decoded, int colours, bool alpha) {
        // RGB always gets alpha, as in other readers; indices are converted to colours.
        const int channels = mode_ == rgb ? 4 : mode_ == indexed ? 3 : colours + (alpha ? 1 : 0);
        const image::Depth depth = bits_ == 32   ? image::Depth::float32
                                   : bits_ == 16 ? image::Depth::bits16
                                                 : image::Depth::bits8;
        if (!in_.holds(at_, 2)) source_.ends_early();
        packed_ = in_.two(at_) == 1;
        if (in_.two(at_) > 1) source_.not_read("a Photoshop picture whose merged copy is zipped");
        at_ += 2;
        row_bytes_ = (static_cast<std::size_t>(width_) * bits_ + 7) / 8;
        const std::size_t rows = static_cast<std::size_t>(height_) * planes_;
        if (!in_.holds(at_, packed_ ? rows * (large_ ? 4 : 2) : row_bytes_ * height_ * colours)) source_.ends_early();
        decoded.image = image::unwritten(width_, height_, channels, depth, bits_ == 32);
        if (mode_ == rgb && !alpha) fill_alpha(decoded.image);
    }

    static void fill_alpha(image::Image& image) {
        std::visit(
            [&](auto& samples) {
                using Sample = typename std::remove_reference_t<decltype(samples)>::value_type;
                for (std::size_t n = 3; n < samples.size(); n += 4)
                    samples[n] = std::is_same_v<Sample, float> ? Sample(1) : static_cast<Sample>(-1);
            },
            image.samples);
    }

    // A row's bytes, unpacked, or where they are stored.
    std::string_view row(std::string_view packed, std::vector<char>& room) const {
        if (!packed_) return packed;
        std::fill(room.begin(), room.end(), '\0');
        std::size_t made = 0;
        for (std::size_t n = 0; n < packed.size() && made < room.size();) {
            const int head = static_cast<signed char>(packed[n++]);
            if (head == -128) continue;
            const std::size_t count = std::min<std::size_t>(head < 0 ? 1 - head : head + 1, room.size() - made);
            if (n + (head < 0 ? 1 : count) > packed.size()) source_.damaged("a packed row is too short");
            if (head < 0)
                std::fill_n(room.begin() + static_cast<std::ptrdiff_t>(made), count, packed[n]);
            else
                std::copy_n(packed.begin() + static_cast<std::ptrdiff_t>(n), count,
                            room.begin() + static_cast<std::ptrdiff_t>(made));
            n += head < 0 ? 1 : count;
            made += count;
        }
        if (made < room.size()) source_.damaged("a packed row is too short");
        return {room.data(), room.size()};
    }

    void read_planes(Decoded& decoded, int count) {
        const std::size_t count_bytes = large_ ? 4 : 2, rows = static_cast<std::size_t>(height_) * planes_;
        std::size_t counts_at = at_, data_at = at_ + (packed_ ? rows * count_bytes : 0);
        std::vector<char> room(row_bytes_);
        for (int plane = 0; plane < count; ++plane)
            for (int y = 0; y < height_; ++y, counts_at += count_bytes) {
                const std::size_t size = !packed_ ? row_bytes_ : large_ ? in_.four(counts_at) : in_.two(counts_at);
                if (!in_.holds(data_at, size)) source_.ends_early();
                put_row(decoded.image, row(source_.bytes.substr(data_at, size), room), plane, y);
                data_at += size;
            }
        if (bits_ == 32) make_finite(decoded.image);
    }

    void put_row(image::Image& image, std::string_view bytes, int plane, int y) const {
        const Numbers row{bytes};
        const std::size_t start = static_cast<std::size_t>(y) * image.width * image.channels + plane;
        for (std::size_t x = 0; x < static_cast<std::size_t>(width_); ++x) {
            const std::size_t to = start + x * image.channels;
            if (bits_ == 32)
                samples_of<float>(image)[to] = float_of(row.four(4 * x));
            else if (bits_ == 16)
                samples_of<std::uint16_t>(image)[to] = static_cast<std::uint16_t>(turned(row.two(2 * x), 65535));
            else
                put_byte(samples_of<std::uint8_t>(image) + to, row, x);
        }
    }
    void put_byte(std::uint8_t* to, const Numbers& row, std::size_t x) const {
        if (mode_ == bitmap)
            *to = row.byte(x / 8) >> (7 - x % 8) & 1 ? 0 : 255;
        else if (mode_ == indexed)
            for (std::size_t c = 0; c < 3; ++c)
                to[c] = static_cast<std::uint8_t>(in_.byte(palette_at_ + 256 * c + row.byte(x)));
        else
            *to = static_cast<std::uint8_t>(turned(row.byte(x), 255));
    }
    // CMYK is stored inverted.
    std::uint32_t turned(std::uint32_t value, std::uint32_t full) const { return mode_ == cmyk ? full - value : value; }

    // Photoshop composites the merged picture onto white.
    static void take_off_white(image::Image& image) {
        std::visit(
            [&](auto& samples) {
                using Sample = typename std::remove_reference_t<decltype(samples)>::value_type;
                const float full = std::is_same_v<Sample, float> ? 1.0f : static_cast<float>(static_cast<Sample>(-1));
                const int channels = image.channels;
                for (std::size_t p = 0; p < samples.size(); p += channels) {
                    const float alpha = static_cast<float>(samples[p + channels - 1]) / full;
                    if (!(alpha > 0) || alpha >= 1) continue;
                    const float inverse = 1 / alpha, white = full * (1 - inverse);
                    for (int c = 0; c + 1 < channels; ++c) {
                        const float value = static_cast<float>(samples[p + c]) * inverse + white;
                        samples[p + c] = static_cast<Sample>(std::clamp(value, 0.0f, full));
                    }
                }
            },
            image.samples);
    }

    const Source& source_;
    Numbers in_;
    bool large_ = false, packed_ = false;
    int planes_ = 0, width_ = 0, height_ = 0, bits_ = 0, mode_ = 0;
    std::size_t at_ = 0, palette_at_ = 0, row_bytes_ = 0;
};

}  // namespace

Decoded read_psd(const Source& source) {
    return Psd(source).read();
}

}  // namespace convloom::files::picture
