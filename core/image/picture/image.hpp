// A picture as interleaved samples, as its file stores them: 8 or 16 bits or float, not converted when read.
//
// Computations use them as values: 255, 65535 and 1.0f are all 1. Stored values are sRGB, except for float pictures of
// .hdr files, which hold linear light. Results of filters are float if they may lie outside 0 to 1.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/arith/layer/shared.hpp"
#include "core/arith/layer/tensor.hpp"
#include "core/image/picture/sample_buffer.hpp"

namespace convloom::image {

enum class Depth { bits8, bits16, float32 };

// In the order of Depth.
using Samples = std::variant<SampleBuffer<std::uint8_t>, SampleBuffer<std::uint16_t>, SampleBuffer<float>>;

// A file's metadata, kept for files that are made from it.
struct Notes {
    std::string exif;                         // an EXIF block, from its byte order mark on
    double per_metre_x = 0, per_metre_y = 0;  // resolution; 0 if unknown
    friend bool operator==(const Notes&, const Notes&) = default;
};

struct Image {
    int width = 0, height = 0;
    int channels = 0;              // 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha
    Samples samples;               // row by row, interleaved
    bool linear = false;           // proportional to light instead of sRGB-encoded
    arith::Shared<Notes> notes{};  // of a picture that was read, if it has some; computed pictures have none

    Depth depth() const { return static_cast<Depth>(samples.index()); }
    bool has_alpha() const { return channels == 2 || channels == 4; }
    int colour_channels() const { return has_alpha() ? channels - 1 : channels; }
    std::size_t pixel_count() const { return static_cast<std::size_t>(width) * height; }
    std::size_t sample_count() const { return pixel_count() * channels; }
    // From 0 to 1, or beyond for float samples.
    float value(int x, int y, int channel) const;
    friend bool operator==(const Image&, const Image&) = default;
};

// A part of a picture, in pixels from its upper left corner.
struct Box {
    int x = 0, y = 0, width = 0, height = 0;
    friend bool operator==(const Box&, const Box&) = default;
};

// Whether every pixel is opaque, as in a picture without alpha.
bool is_opaque(const Image& image);

// The sample that means 1: 255, 65535 or 1.
float full_scale(Depth depth);

// All zeros.
Image blank(int width, int height, int channels, Depth depth, bool linear = false);
// With uninitialised samples, to be overwritten.
Image unwritten(int width, int height, int channels, Depth depth, bool linear = false);

// From eight-bit interleaved samples, as decoders return them.
Image from_bytes(int width, int height, int channels, const std::uint8_t* samples);

// Rounded to the nearest step, and clamped to the range of the new depth.
Image with_depth(const Image& image, Depth depth);

// One plane per channel, as a layer's input; without alpha.
arith::Tensor to_tensor(const Image& image);

// How values outside 0 to 1 are mapped to visible ones.
enum class ShownAs {
    clamped,   // below 0 black, above 1 white
    absolute,  // absolute values: edges of both directions are bright
    signed_,   // 0 is mid-grey, -1 black, 1 white
    scaled     // the smallest value black, the largest white
};

// Smallest and largest value of the colour channels.
std::pair<float, float> range_of(const Image& image);

// Interleaved eight-bit RGBA, straight alpha. Linear light is converted to sRGB if it is clamped or scaled.
std::vector<std::uint8_t> to_rgba(const Image& image, ShownAs shown_as = ShownAs::clamped);

// What to_rgba() shows, as float values that a file can hold; alpha unchanged.
Image as_shown(Image image, ShownAs shown_as);

// Maps the smallest value to 0 and the largest to 1, as float; alpha unchanged.
Image scaled_to_range(const Image& image);

// The part in the box, which must lie inside, reduced by a whole factor: each pixel is the mean of the factor² pixels
// that it covers, weighted by their alpha; remaining pixels on the right and at the bottom are dropped.
Image reduced(const Image& image, const Box& box, int factor);

// The part in the box, which must lie inside.
Image cut_out(const Image& image, const Box& box);

// Rotates and mirrors the picture by its EXIF orientation (1 to 8); other values change nothing.
Image upright(const Image& image, int orientation);

}  // namespace convloom::image
