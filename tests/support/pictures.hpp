// Random pictures for tests.
#pragma once
#include <cstdint>
#include <type_traits>

#include "core/image/picture/image.hpp"

namespace convloom::tests {

// Random values, the same for the same seed; floats are from -0.25 to 1.25.
inline image::Image noise(int width, int height, int channels, image::Depth depth, std::uint32_t seed) {
    image::Image picture = image::blank(width, height, channels, depth);
    std::visit(
        [&](auto& samples) {
            using Sample = typename std::decay_t<decltype(samples)>::value_type;
            for (Sample& s : samples) {
                seed = seed * 1664525u + 1013904223u;
                if constexpr (std::is_same_v<Sample, float>)
                    s = static_cast<float>(seed >> 8) / static_cast<float>(1 << 24) * 1.5f - 0.25f;
                else
                    s = static_cast<Sample>(seed >> 12);
            }
        },
        picture.samples);
    return picture;
}

}  // namespace convloom::tests
