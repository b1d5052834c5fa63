// Colours for values: viridis where all have one sign, else a diverging map whose middle is 0.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/arith/recording.hpp"
#include "core/scene/view.hpp"

namespace convloom::scene {

// Of one plane. The palette's colours stand at equal distances from `low` to `high`, so that a Field can hold it.
struct ValueMap {
    static constexpr int levels = 65;   // odd: a diverging map has its 0 in the middle
    float low = 0, high = 0;
    std::vector<Color> palette;

    // Where a value is in the palette; of NaN and infinity the nearer end.
    std::uint8_t level(float value) const;
    Color color(float value) const { return palette[level(value)]; }
    bool diverges() const { return low < 0 && high > 0; }
    friend bool operator==(const ValueMap&, const ValueMap&) = default;
};

// The map of values between these two, in a theme's colours: light or dark, or greys in a theme for one ink.
ValueMap value_map(float low, float high, const Theme& theme);

// The maps of a layer's planes, each over its own values; none where the options ask for no colours by value. The
// output's is missing where it has too many taps to be computed for one picture, and the kernel's for a pooling.
struct ValueMaps {
    std::optional<ValueMap> input, kernel, output;
    bool any() const { return input.has_value(); }
};

ValueMaps value_maps(const arith::Recording& recording, const ViewOptions& options);

// Black or white, whichever is read better on an opaque colour: at least 4.58:1.
Color readable_on(Color behind);

// One bar for each map with the values of its ends, along the foot of the page.
void add_legend(Plane& page, const ValueMaps& maps, const Theme& theme, Language language = Language::english);
constexpr double legend_height_px = 24;

}  // namespace convloom::scene
