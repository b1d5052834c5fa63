// PNG by libpng: palettes, low-depth grey and transparent colours are expanded to samples; 16 bits are kept.
#include <png.h>

#include <algorithm>
#include <bit>
#include <cstdio>
#include <vector>

#include "app/files/picture/exif.hpp"
#include "app/files/picture/reader.hpp"

namespace convloom::files::picture {
namespace {

struct Png {
    png_structp png = nullptr;
    png_infop info = nullptr;
    std::string_view bytes;
    std::size_t at = 0;
    bool ended_early = false;
    char says[200] = "";

    explicit Png(std::string_view all) : bytes(all) {
        png = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, leave, [](png_structp, png_const_charp) {});
        if (png) info = png_create_info_struct(png);
        if (!info) throw std::bad_alloc();
    }
    Png(const Png&) = delete;
    Png& operator=(const Png&) = delete;
    ~Png() { png_destroy_read_struct(&png, &info, nullptr); }

    [[noreturn]] static void leave(png_structp png, png_const_charp says) {
        auto* self = static_cast<Png*>(png_get_error_ptr(png));
        std::snprintf(self->says, sizeof self->says, "%s", says);
        png_longjmp(png, 1);
    }
    static void give(png_structp png, png_bytep to, png_size_t size) {
        auto* self = static_cast<Png*>(png_get_io_ptr(png));
        if (size > self->bytes.size() - self->at) {
            self->ended_early = true;
            png_error(png, "the file ends");
        }
        std::copy_n(self->bytes.data() + self->at, size, to);
        self->at += size;
    }

    // Nothing in these two has a destructor, so that longjmp can leave them. False for an error.
    bool open() {
        if (setjmp(png_jmpbuf(png))) return false;
        png_set_read_fn(png, this, give);
        png_set_user_limits(png, 0x7fffffff, 0x7fffffff);  // our own code checks the size
        // Chunks that can be large and do not describe pixels.
        constexpr char passed_over[] = "tEXt\0zTXt\0iTXt\0sPLT\0hIST";
        png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, reinterpret_cast<png_const_bytep>(passed_over), 5);
        png_read_info(png, info);
        return true;
    }
    bool expand() {
        if (setjmp(png_jmpbuf(png))) return false;
        png_set_expand(png);
        if (std::endian::native == std::endian::little) png_set_swap(png);
        png_set_interlace_handling(png);
        png_read_update_info(png, info);
        return true;
    }
    bool read(png_bytepp rows) {
        if (setjmp(png_jmpbuf(png))) return false;
        png_read_image(png, rows);
        png_read_end(png, info);
        return true;
    }
};

[[noreturn]] void refuse(const Source& source, const Png& png) {
    if (png.ended_early) source.ends_early();
    source.damaged(png.says);
}

void take_notes(const Png& png, Decoded& decoded) {
    png_uint_32 size = 0;
    png_bytep exif = nullptr;
    if (png_get_eXIf_1(png.png, png.info, &size, &exif)) {
        decoded.notes.exif.assign(reinterpret_cast<const char*>(exif), size);
        decoded.orientation = orientation_in(decoded.notes.exif);
    }
    png_uint_32 x = 0, y = 0;
    int unit = 0;
    if (png_get_pHYs(png.png, png.info, &x, &y, &unit) && unit == PNG_RESOLUTION_METER) {
        decoded.notes.per_metre_x = x;
        decoded.notes.per_metre_y = y;
    }
    png_charp name = nullptr;
    int compression = 0, intent = 0;
    png_bytep profile = nullptr;
    png_uint_32 profile_size = 0;
    if (!png_get_sRGB(png.png, png.info, &intent) &&
        png_get_iCCP(png.png, png.info, &name, &compression, &profile, &profile_size))
        decoded.profile.assign(reinterpret_cast<const char*>(profile), profile_size);
}

Decoded read_plain(const Source& source) {
    Png png(source.bytes);
    if (!png.open()) refuse(source, png);
    const auto width = png_get_image_width(png.png, png.info), height = png_get_image_height(png.png, png.info);
    source.check_size(width, height);
    if (!png.expand()) refuse(source, png);
    const bool wide = png_get_bit_depth(png.png, png.info) == 16;
    Decoded decoded;
    decoded.image =
        image::unwritten(static_cast<int>(width), static_cast<int>(height), png_get_channels(png.png, png.info),
                         wide ? image::Depth::bits16 : image::Depth::bits8);
    const std::size_t row_size = png_get_rowbytes(png.png, png.info);
    auto* first = wide ? reinterpret_cast<png_bytep>(samples_of<std::uint16_t>(decoded.image))
                       : samples_of<std::uint8_t>(decoded.image);
    std::vector<png_bytep> rows(height);
    for (std::size_t y = 0; y < height; ++y) rows[y] = first + y * row_size;
    if (!png.read(rows.data())) refuse(source, png);
    take_notes(png, decoded);
    return decoded;
}

template <class Sample>
void swap_red_and_blue(image::Image& image) {
    Sample* samples = samples_of<Sample>(image);
    for (std::size_t p = 0; p < image.pixel_count(); ++p, samples += image.channels) std::swap(samples[0], samples[2]);
}

}  // namespace

Decoded read_png(const Source& source) {
    if (source.bytes.substr(std::min<std::size_t>(12, source.bytes.size()), 4) != "CgBI") return read_plain(source);
    const std::string plain = without_cgbi(source);
    Decoded decoded = read_plain({plain, source.name, source.most_pixels});
    if (decoded.image.channels >= 3) {
        decoded.image.depth() == image::Depth::bits16 ? swap_red_and_blue<std::uint16_t>(decoded.image)
                                                      : swap_red_and_blue<std::uint8_t>(decoded.image);
        if (decoded.image.has_alpha()) divide_by_alpha(decoded.image);
    }
    return decoded;
}

}  // namespace convloom::files::picture
