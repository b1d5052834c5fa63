// One reader per format: it turns a file's bytes into samples as stored, with the file's metadata. A format is a row of
// the table in readers.cpp; this header has what the readers share.
//
// Every reader checks the size before it allocates memory, reads only existing bytes, and returns no sample that it did
// not write: the same file always gives the same picture, or one UnreadableFile.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "core/image/picture/image.hpp"

namespace convloom::files::picture {

// The meaning of the channels before alpha.
enum class Colours {
    screen,  // one channel of grey or three of red, green and blue
    inks,    // four: cyan, magenta, yellow and black, the full scale for full ink
    lab      // three: lightness, a and b with 0 in the middle of the scale
};

struct Decoded {
    image::Image image;  // of inks with alpha, five channels
    Colours colours = Colours::screen;
    std::string profile;  // ICC
    image::Notes notes;
    int orientation = 1;  // from EXIF, not yet applied
};

struct Source {
    std::string_view bytes;
    std::string name;
    long long most_pixels;

    // Throws if the picture has no pixels or too many.
    void check_size(long long width, long long height) const;
    [[noreturn]] void damaged(std::string_view why) const;
    [[noreturn]] void ends_early() const;
    [[noreturn]] void not_read(std::string_view what) const;  // "a JPEG 2000 picture"
};

struct Format {
    bool (*is)(std::string_view bytes);
    Decoded (*read)(const Source& source);
    const char* names;    // "HEIC, AVIF"
    const char* endings;  // the extensions that are offered for opening: ".tif .tiff"
};
// The first row that fits reads the file.
std::span<const Format> formats();

// "a JPEG 2000 picture" and similar formats that are recognised by their first bytes but not read; empty if unknown.
std::string_view kind_not_read(std::string_view bytes);

Decoded read_png(const Source& source);
Decoded read_jpeg(const Source& source);
Decoded read_gif(const Source& source);
Decoded read_webp(const Source& source);
Decoded read_tiff(const Source& source);
Decoded read_heif(const Source& source);
Decoded read_bmp(const Source& source);
Decoded read_pnm(const Source& source);
Decoded read_psd(const Source& source);
Decoded read_tga(const Source& source);
Decoded read_hdr(const Source& source);

bool is_heif(std::string_view bytes);
bool is_tga(std::string_view bytes);
bool is_raw_in_tiff(std::string_view bytes);

// Rewrites Xcode's PNG for libpng; colours are still in reverse order and multiplied by alpha.
std::string without_cgbi(const Source& source);

// Sets NaN and infinite samples to 0, since a filter would spread them.
void make_finite(image::Image& image);

// Divides colours by alpha again.
void divide_by_alpha(image::Image& image);

template <class Sample>
Sample* samples_of(image::Image& image) {
    return std::get<image::SampleBuffer<Sample>>(image.samples).data();
}

}  // namespace convloom::files::picture
