#include "core/image/image.hpp"

#include <algorithm>
#include <cmath>

namespace convloom::image {

Image from_bytes(int width, int height, int channels, const std::uint8_t* samples) {
    Image image{width, height, channels, {}};
    const std::size_t pixels = image.plane_size();
    image.values.resize(pixels * channels);
    for (int c = 0; c < channels; ++c) {
        float* plane = image.values.data() + pixels * c;
        for (std::size_t n = 0; n < pixels; ++n) plane[n] = samples[n * channels + c] / 255.0f;
    }
    return image;
}

namespace {

std::uint8_t to_byte(float value) {
    return static_cast<std::uint8_t>(std::clamp(value, 0.0f, 1.0f) * 255.0f + 0.5f);
}

std::uint8_t shown(float value, ShownAs shown_as) {
    switch (shown_as) {
        case ShownAs::absolute: return to_byte(std::abs(value));
        case ShownAs::signed_: return to_byte(0.5f + 0.5f * value);
        case ShownAs::clamped: break;
    }
    return to_byte(value);
}

}  // namespace

std::vector<std::uint8_t> to_rgba(const Image& image, ShownAs shown_as) {
    const std::size_t pixels = image.plane_size();
    std::vector<std::uint8_t> rgba(pixels * 4, 255);
    const int colours = image.colour_channels();
    for (int c = 0; c < 3; ++c) {
        const float* plane = image.values.data() + pixels * std::min(c, colours - 1);
        for (std::size_t n = 0; n < pixels; ++n) rgba[n * 4 + c] = shown(plane[n], shown_as);
    }
    if (image.has_alpha()) {
        const float* alpha = image.values.data() + pixels * colours;
        for (std::size_t n = 0; n < pixels; ++n) rgba[n * 4 + 3] = to_byte(alpha[n]);
    }
    return rgba;
}

Image shrunk_to(const Image& image, int most) {
    const int factor = (std::max(image.width, image.height) + most - 1) / most;
    if (factor <= 1) return image;
    Image small{std::max(1, image.width / factor), std::max(1, image.height / factor), image.channels, {}};
    small.values.resize(small.plane_size() * small.channels);
    // A side shorter than the factor is one cell wide.
    const int across = std::min(factor, image.width), down = std::min(factor, image.height);
    const float share = 1.0f / (static_cast<float>(across) * static_cast<float>(down));
    float* out = small.values.data();
    for (int c = 0; c < image.channels; ++c) {
        const float* plane = image.values.data() + image.plane_size() * c;
        for (int y = 0; y < small.height; ++y)
            for (int x = 0; x < small.width; ++x) {
                float sum = 0;
                for (int dy = 0; dy < down; ++dy) {
                    const float* row = plane + (static_cast<std::size_t>(y) * factor + dy) * image.width +
                                       static_cast<std::size_t>(x) * factor;
                    for (int dx = 0; dx < across; ++dx) sum += row[dx];
                }
                *out++ = sum * share;
            }
    }
    return small;
}

}  // namespace convloom::image
