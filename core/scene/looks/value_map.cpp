#include "core/scene/looks/value_map.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "core/arith/compute/fast.hpp"

namespace convloom::scene {
namespace {

// Nine equidistant colours of viridis (Smith and van der Walt, matplotlib 1.5).
constexpr Color viridis[] = {{68, 1, 84},    {71, 44, 122}, {59, 81, 139},  {44, 113, 142}, {33, 144, 141},
                             {39, 173, 129}, {92, 200, 99}, {170, 220, 50}, {253, 231, 37}};
// Brewer's RdBu, distinguishable with any colour vision: negative blue, 0 white, positive red.
constexpr Color blue_red[] = {{33, 102, 172},  {67, 147, 195},  {146, 197, 222}, {209, 229, 240}, {247, 247, 247},
                              {253, 219, 199}, {244, 165, 130}, {214, 96, 77},   {178, 24, 43}};

constexpr Color greys[] = {{250, 250, 250}, {60, 60, 60}};

// Outputs with more taps than this are not computed for one picture.
constexpr arith::Index most_taps = 1 << 29, most_pooled = 1 << 26;

Color between(std::span<const Color> stops, double part) {
    const double at = part * static_cast<double>(stops.size() - 1);
    const auto n = std::min(static_cast<std::size_t>(at), stops.size() - 2);
    const double rest = at - static_cast<double>(n);
    auto mix = [&](std::uint8_t a, std::uint8_t b) {
        return static_cast<std::uint8_t>(std::lround(a + (b - a) * rest));
    };
    return {mix(stops[n].r, stops[n + 1].r), mix(stops[n].g, stops[n + 1].g), mix(stops[n].b, stops[n + 1].b), 255};
}

ValueMap map_over(float low, float high, std::span<const Color> stops, const Theme& theme) {
    ValueMap map{low, high, {}, theme.one_ink};
    if (theme.one_ink) stops = greys;
    for (int n = 0; n < ValueMap::levels; ++n) map.palette.push_back(between(stops, n / (ValueMap::levels - 1.0)));
    return map;
}

}  // namespace

std::uint8_t ValueMap::level(float value) const {
    const double width = static_cast<double>(high) - low;
    if (!(width > 0)) return levels / 2;
    const double part = (static_cast<double>(value) - low) / width;
    return static_cast<std::uint8_t>(std::lround(std::clamp(std::isnan(part) ? 0 : part, 0.0, 1.0) * (levels - 1)));
}

ValueMap value_map(float low, float high, const Theme& theme) {
    return low < 0 && high > 0 ? value_map_around_zero(low, high, theme) : map_over(low, high, viridis, theme);
}

ValueMap value_map_around_zero(float low, float high, const Theme& theme) {
    const float most = std::max(std::abs(low), std::abs(high));
    return map_over(-most, most, blue_red, theme);
}

ValueRange value_range(std::span<const float> values) {
    ValueRange range;
    bool any = false;
    for (const float value : values) {
        if (!std::isfinite(value)) continue;
        range.low = any ? std::min(range.low, value) : value;
        range.high = any ? std::max(range.high, value) : value;
        any = true;
    }
    return range;
}

ValueMap map_of(const arith::Tensor& tensor, const Theme& theme) {
    const ValueRange range = value_range(tensor.values);
    return value_map(range.low, range.high, theme);
}

arith::Tensor whole_output(const arith::Recording& r) {
    return arith::fast(r.layer(), r.input(), r.weight(), r.bias(), {}, r.sides());
}

arith::Shared<arith::Tensor> output_for_colors(const arith::Recording& recording) {
    const arith::Layer& layer = recording.layer();
    const arith::Index steps = recording.step_count(), most = layer.has_weight() ? most_taps : most_pooled;
    if (steps > most / std::max<arith::Index>(1, recording.tap_count(recording.step(steps / 2)))) return {};
    return whole_output(recording);
}

float ValueMaps::output_at(const arith::Recording& recording, arith::Index number, const Moment& moment) const {
    const bool running = number == moment.step && moment.tap != Moment::whole_window;
    return made && !running ? made->values[static_cast<std::size_t>(number)]
                            : value_at(recording, recording.step(number), moment);
}

ValueMaps value_maps(const arith::Recording& recording, const ViewOptions& options) {
    if (!options.value_colors) return {};
    const Theme& theme = *options.theme;
    const arith::Layer& layer = recording.layer();
    ValueMaps maps;
    maps.input = map_of(recording.input(), theme);
    if (layer.has_weight()) maps.kernel = map_of(recording.weight(), theme);
    maps.made = options.output ? options.output : output_for_colors(recording);
    if (maps.made) maps.output = map_of(*maps.made, theme);
    return maps;
}

Color readable_on(Color behind) {
    constexpr Color black{0, 0, 0, 255}, white{255, 255, 255, 255};
    return contrast(black, behind) >= contrast(white, behind) ? black : white;
}

void add_value_sign(Plane& plane, const ValueMap& map, int row, int column, float value) {
    if (!map.has_signs() || !(value <= 0)) return;
    constexpr double side = 0.1;
    const double x = column + 0.16, y = row + 0.86;
    const Color color = readable_on(map.color(value));
    if (value < 0)
        plane.items.push_back(Line{"below 0", {{x - side, y}, {x + side, y}}, false, {color, sign_px}});
    else
        plane.items.push_back(
            Line{"at 0", {{x - side, y}, {x, y - side}, {x + side, y}, {x, y + side}}, true, {color, sign_px}});
}

}  // namespace convloom::scene
