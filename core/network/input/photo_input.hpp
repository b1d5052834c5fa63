// A photo as a network's input: cut or stretched to its sizes, and normalised as the model was trained.
#pragma once
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "core/image/picture/image.hpp"
#include "core/network/evaluate/evaluate.hpp"

namespace convloom::network {

// A value from 0 to 1 becomes (value * range - mean) / deviation, channel by channel in the order of the network.
struct Normalisation {
    double range = 1;  // 255 for networks that take bytes
    bool bgr = false;  // blue first
    std::array<double, 3> mean{0, 0, 0}, deviation{1, 1, 1};
    // What differs from the border, from 0 to 1, whether it is dark on light or light on dark; then nothing else. Ink
    // that is small, large or far from the middle is brought to 0.7 of the picture.
    bool ink = false;
    bool operator==(const Normalisation&) const = default;
};

struct NamedNormalisation {
    const char* name;
    const char* says;
    Normalisation numbers;
};
std::span<const NamedNormalisation> normalisations();

// A name of the table, or numbers: "mean=0.5,0.5,0.5 deviation=0.25 range=1 order=bgr", each with a default. Throws a
// std::string, the sentence about what is wrong.
Normalisation read_normalisation(std::string_view words);

enum class Fit { crop, stretch };  // the middle of the photo at the shape asked for, or all of it

// Batch 1, with the channels second, or last if only that is possible. `sizes` are those of the network's input; throws
// a std::string if no photo has that form. The resampling is that of Pillow's BILINEAR: means when it shrinks.
Array photo_input(const image::Image& photo, const Sizes& sizes, const Normalisation& normalisation, Fit fit);

}  // namespace convloom::network
