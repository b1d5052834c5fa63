// A picture as numbers: planar float32, (channels, height, width) like a tensor, stored sRGB values from 0 to
// 1. Results of filters may lie outside that range; they are brought back only when shown or saved.
#pragma once
#include <cstdint>
#include <vector>

#include "core/arith/shape.hpp"

namespace convloom::image {

struct Image {
    int width = 0, height = 0;
    int channels = 0;            // 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha
    std::vector<float> values;   // row-major planes, one a channel

    bool has_alpha() const { return channels == 2 || channels == 4; }
    int colour_channels() const { return has_alpha() ? channels - 1 : channels; }
    std::size_t plane_size() const { return static_cast<std::size_t>(width) * height; }
    friend bool operator==(const Image&, const Image&) = default;
};

// From eight-bit interleaved samples, as decoders give them.
Image from_bytes(int width, int height, int channels, const std::uint8_t* samples);

// How values leave the range 0 to 1 for the eye.
enum class ShownAs {
    clamped,    // below 0 black, above 1 white
    absolute,   // the sign dropped: edges of both directions light
    signed_     // 0 is mid-grey, -1 black, 1 white
};

// Interleaved eight-bit RGBA, straight alpha.
std::vector<std::uint8_t> to_rgba(const Image& image, ShownAs shown_as = ShownAs::clamped);

// Smaller by whole factors, each pixel the mean of those it covers, until neither side exceeds `most`.
Image shrunk_to(const Image& image, int most);

}  // namespace convloom::image
