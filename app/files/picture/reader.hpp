// One reader a format: a file's bytes become samples as they are stored, and what the file says beside them. A row of
// the table in readers.cpp is a format; what they share is here.
//
// Every reader looks at the size before it makes room, reads only bytes that are there, and gives no sample that it did
// not write: the same file gives the same picture at every run, or one UnreadableFile.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "core/image/picture/image.hpp"

namespace convloom::files::picture {

// What the channels before alpha stand for.
enum class Colours {
    screen,  // one of grey or three of red, green and blue
    inks,    // four: cyan, magenta, yellow and black, the full scale for full ink
    lab      // three: lightness, a and b with 0 in the middle of the scale
};

struct Decoded {
    image::Image image;  // of inks with alpha, five channels
    Colours colours = Colours::screen;
    std::string profile;  // ICC
    image::Notes notes;
    int orientation = 1;  // EXIF's, still to be followed
};

struct Source {
    std::string_view bytes;
    std::string name;
    long long most_pixels;

    // Throws where the picture has no pixels or too many.
    void check_size(long long width, long long height) const;
    [[noreturn]] void damaged(std::string_view why) const;
    [[noreturn]] void ends_early() const;
    [[noreturn]] void not_read(std::string_view what) const;  // "a JPEG 2000 picture"
};

struct Format {
    bool (*is)(std::string_view bytes);
    Decoded (*read)(const Source& source);
    const char* names;    // "HEIC, AVIF"
    const char* endings;  // of files that are offered to open: ".tif .tiff"
};
// The first that fits reads the file.
std::span<const Format> formats();

// "a JPEG 2000 picture" and its like, known by its first bytes and not read; empty for what is not known.
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

// Xcode's PNG as one that libpng reads, with what it changed still in it: colours in reverse, multiplied by alpha.
std::string without_cgbi(const Source& source);

// Samples that are not numbers, or endless, become 0: a filter would spread them.
void make_finite(image::Image& image);

// Colours that were multiplied by alpha as they were before.
void divide_by_alpha(image::Image& image);

template <class Sample>
Sample* samples_of(image::Image& image) {
    return std::get<image::SampleBuffer<Sample>>(image.samples).data();
}

}  // namespace convloom::files::picture
