// Colours for values: viridis if all have one sign, else a diverging map whose middle is 0.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/arith/steps/recording.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

// The map of one plane. The palette's colours are evenly spaced from `low` to `high`, so that a Field can hold it.
struct ValueMap {
    static constexpr int levels = 65;  // odd: a diverging map has its 0 in the middle
    float low = 0, high = 0;
    std::vector<Color> palette;

    // The index of a value in the palette; NaN and infinity give the nearer end.
    std::uint8_t level(float value) const;
    Color color(float value) const { return palette[level(value)]; }
    bool diverges() const { return low < 0 && high > 0; }
    // If values are shown in greys, a sign in the cell also marks values below 0 and equal to 0.
    bool one_ink = false;
    bool has_signs() const { return one_ink && diverges(); }
    friend bool operator==(const ValueMap&, const ValueMap&) = default;
};

// The map for values between these two, in a theme's colours: light or dark, or greys in a theme for one ink.
ValueMap value_map(float low, float high, const Theme& theme);
// The diverging one whatever the values' signs are, as wide on both sides of 0 as the larger of the two.
ValueMap value_map_around_zero(float low, float high, const Theme& theme);

// The maps of a layer's planes, each over its own values; none if the options do not ask for colours by value. The
// output's is missing if it has too many taps to be computed for one picture, the kernel's for pooling.
struct ValueMaps {
    std::optional<ValueMap> input, kernel, output;
    arith::Shared<arith::Tensor> made;  // the whole output, if it is computed
    bool any() const { return input.has_value(); }
    // The value of an output cell, by its step number: final, or its running sum while its taps are stepped through.
    float output_at(const arith::Recording& recording, arith::Index number, const Moment& moment) const;
};

// The whole output of a recording.
arith::Tensor whole_output(const arith::Recording& recording);
// The same for its range; nothing if that would take long.
arith::Shared<arith::Tensor> output_for_colors(const arith::Recording& recording);
// The smallest and the largest of the finite values; both 0 if there is none.
struct ValueRange {
    float low = 0, high = 0;
};
ValueRange value_range(std::span<const float> values);
ValueMap map_of(const arith::Tensor& tensor, const Theme& theme);
ValueMaps value_maps(const arith::Recording& recording, const ViewOptions& options);

// Black or white, whichever has more contrast on an opaque colour: at least 4.58:1.
Color readable_on(Color behind);

// In the lower left corner of a cell of side 1: a stroke below 0, a lozenge at 0; nothing if the map has no signs.
void add_value_sign(Plane& plane, const ValueMap& map, int row, int column, float value);

constexpr double sign_px = 1.2;            // line width of the signs
constexpr double least_sign_cell_px = 10;  // signs in smaller cells would not be legible

}  // namespace convloom::scene
