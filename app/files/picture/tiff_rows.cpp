#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "app/files/picture/tiff.hpp"

namespace convloom::files::picture {
namespace {

template <class Stored>
float number(const std::uint8_t* bytes, std::size_t n) {
    Stored stored;
    std::memcpy(&stored, bytes + n * sizeof stored, sizeof stored);
    return static_cast<float>(stored);
}

// An IEEE half-precision float.
float half(const std::uint8_t* bytes, std::size_t n) {
    std::uint16_t stored;
    std::memcpy(&stored, bytes + 2 * n, 2);
    const int exponent = stored >> 10 & 31, fraction = stored & 1023;
    const float sign = stored >> 15 ? -1.0f : 1.0f;
    if (exponent == 31) return 0;  // infinity or NaN
    if (exponent == 0) return sign * std::ldexp(static_cast<float>(fraction), -24);
    return sign * std::ldexp(static_cast<float>(1024 + fraction), exponent - 25);
}

float packed(const std::uint8_t* bytes, std::size_t n, int bits) {
    std::uint32_t value = 0;
    for (std::size_t bit = n * bits; bit < (n + 1) * bits; ++bit)
        value = value << 1 | (bytes[bit / 8] >> (7 - bit % 8) & 1);
    return static_cast<float>(value);
}

}  // namespace

void TiffRows::unpack(const std::uint8_t* bytes, std::size_t count) {
    numbers_.resize(count);
    const int bits = layout_.bits;
    for (std::size_t n = 0; n < count; ++n) {
        if (layout_.floats)
            numbers_[n] = bits == 16 ? half(bytes, n) : bits == 32 ? number<float>(bytes, n) : number<double>(bytes, n);
        else
            numbers_[n] = bits == 8    ? static_cast<float>(bytes[n])
                          : bits == 16 ? number<std::uint16_t>(bytes, n)
                          : bits == 32 ? number<std::uint32_t>(bytes, n)
                                       : packed(bytes, n, bits);
    }
}

template <class Sample>
void TiffRows::store(int y, int plane, float full) {
    const int channels = layout_.channels(), given = layout_.separate ? 1 : channels,
              stride = layout_.separate ? 1 : layout_.samples;
    const float most = layout_.floats ? 1.0f : std::ldexp(1.0f, layout_.bits) - 1;
    Sample* to = samples_of<Sample>(image_) + static_cast<std::size_t>(y) * image_.width * channels;
    for (std::size_t x = 0; x < static_cast<std::size_t>(image_.width); ++x)
        for (int c = 0; c < given; ++c) {
            const int channel = layout_.separate ? plane : c;
            float value = numbers_[x * stride + c];
            if (layout_.lab && channel > 0 && channel < 3) value += value > most / 2 ? -(most + 1) / 2 : (most + 1) / 2;
            if (layout_.inverted && channel < layout_.colours) value = most - value;
            Sample& sample = to[x * channels + channel];
            if constexpr (std::is_same_v<Sample, float>)
                sample = value / most;
            else
                sample = static_cast<Sample>(most == full ? value : std::floor(value * full / most + 0.5f));
        }
}

void TiffRows::store_colours(int y) {
    const int channels = layout_.channels();
    std::uint8_t* to = samples_of<std::uint8_t>(image_) + static_cast<std::size_t>(y) * image_.width * channels;
    const float most = std::ldexp(1.0f, layout_.bits) - 1;
    for (std::size_t x = 0; x < static_cast<std::size_t>(image_.width); ++x, to += channels) {
        const auto index = static_cast<std::size_t>(numbers_[x * layout_.samples]);
        const auto colour = index < layout_.palette.size() ? layout_.palette[index] : std::array<std::uint8_t, 3>{};
        std::copy(colour.begin(), colour.end(), to);
        if (layout_.alpha) to[3] = static_cast<std::uint8_t>(numbers_[x * layout_.samples + 1] * 255 / most + 0.5f);
    }
}

void TiffRows::put(const std::uint8_t* bytes, int y, int plane) {
    const std::size_t count = static_cast<std::size_t>(layout_.width) * (layout_.separate ? 1 : layout_.samples);
    const bool as_stored = !layout_.has_palette && !layout_.inverted && !layout_.lab && !layout_.separate &&
                           layout_.samples == layout_.channels() && !layout_.floats;
    if (as_stored && (layout_.bits == 8 || layout_.bits == 16)) {
        auto* to = layout_.bits == 8 ? samples_of<std::uint8_t>(image_)
                                     : reinterpret_cast<std::uint8_t*>(samples_of<std::uint16_t>(image_));
        const std::size_t size = count * layout_.bits / 8;
        std::copy_n(bytes, size, to + size * y);
        return;
    }
    unpack(bytes, count);
    if (layout_.has_palette) return store_colours(y);
    switch (layout_.depth()) {
        case image::Depth::bits8:
            return store<std::uint8_t>(y, plane, 255);
        case image::Depth::bits16:
            return store<std::uint16_t>(y, plane, 65535);
        case image::Depth::float32:
            return store<float>(y, plane, 1);
    }
}

}  // namespace convloom::files::picture
