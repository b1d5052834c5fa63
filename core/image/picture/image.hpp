// A picture as numbers: interleaved samples as its file stores them, 8 or 16 bits or float, never converted on the way
// in.
//
// What computes with them takes them as values: 255, 65535 and 1.0f are all 1. Stored values are sRGB, but for float
// pictures of .hdr files, which hold light itself. Results of filters are float where they may lie outside 0 to 1.
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

// What a file says beside its pixels, for a file that is made of them.
struct Notes {
    std::string exif;                         // a camera's words, from its byte order on
    double per_metre_x = 0, per_metre_y = 0;  // resolution; 0 where it is not known
    friend bool operator==(const Notes&, const Notes&) = default;
};

struct Image {
    int width = 0, height = 0;
    int channels = 0;              // 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha
    Samples samples;               // row by row, the channels of a pixel side by side
    bool linear = false;           // proportional to light, not sRGB's curve of it
    arith::Shared<Notes> notes{};  // of one that was read, where it has some; what is computed has none

    Depth depth() const { return static_cast<Depth>(samples.index()); }
    bool has_alpha() const { return channels == 2 || channels == 4; }
    int colour_channels() const { return has_alpha() ? channels - 1 : channels; }
    std::size_t pixel_count() const { return static_cast<std::size_t>(width) * height; }
    std::size_t sample_count() const { return pixel_count() * channels; }
    // From 0 to 1, or beyond where a float says so.
    float value(int x, int y, int channel) const;
    friend bool operator==(const Image&, const Image&) = default;
};

// A part of a picture, in pixels from its upper left corner.
struct Box {
    int x = 0, y = 0, width = 0, height = 0;
    friend bool operator==(const Box&, const Box&) = default;
};

// Whether no pixel lets anything through, as of a picture without alpha.
bool is_opaque(const Image& image);

// What stands for 1: 255, 65535 or 1.
float full_scale(Depth depth);

// All zeros.
Image blank(int width, int height, int channels, Depth depth, bool linear = false);
// Of any values, to be written over.
Image unwritten(int width, int height, int channels, Depth depth, bool linear = false);

// From eight-bit interleaved samples, as decoders give them.
Image from_bytes(int width, int height, int channels, const std::uint8_t* samples);

// Rounded to the nearest step and clamped where the new depth has no more room.
Image with_depth(const Image& image, Depth depth);

// One plane a channel, as a layer's input; alpha is left out.
arith::Tensor to_tensor(const Image& image);

// How values leave the range 0 to 1 for the eye.
enum class ShownAs {
    clamped,   // below 0 black, above 1 white
    absolute,  // the sign dropped: edges of both directions light
    signed_,   // 0 is mid-grey, -1 black, 1 white
    scaled     // the least black, the greatest white
};

// Least and greatest value of the colour channels.
std::pair<float, float> range_of(const Image& image);

// Interleaved eight-bit RGBA, straight alpha. Light is brought to sRGB where it is clamped or scaled.
std::vector<std::uint8_t> to_rgba(const Image& image, ShownAs shown_as = ShownAs::clamped);

// What to_rgba() shows, as float values that a file can hold; alpha as it is.
Image as_shown(Image image, ShownAs shown_as);

// Values so that the least becomes 0 and the greatest 1, as float; alpha as it is.
Image scaled_to_range(const Image& image);

// The part that the box covers, which lies inside, smaller by a whole factor: each pixel the mean of the factor² that
// it covers, where each counts as much as its alpha says; what is left over at the right and at the bottom is left out.
Image reduced(const Image& image, const Box& box, int factor);

// The part that the box covers, which lies inside.
Image cut_out(const Image& image, const Box& box);

// Turned and mirrored as a camera's note on its orientation (1 to 8, EXIF's) asks for; others change nothing.
Image upright(const Image& image, int orientation);

}  // namespace convloom::image
