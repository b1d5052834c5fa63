#include "core/scene/maps/map_pictures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/arith/layer/output_size.hpp"

namespace convloom::scene {
namespace {

using arith::Index;

Pixels blank(int rows, int columns) {
    Pixels pixels{columns, rows, {}};
    pixels.rgba.resize(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns) * 4, 255);
    return pixels;
}

std::vector<Index> by_strength(const arith::Tensor& tensor, Index channels) {
    std::vector<Index> order(static_cast<std::size_t>(channels));
    std::iota(order.begin(), order.end(), Index{0});
    std::vector<double> strengths;
    const std::size_t volume = tensor.values.size() / order.size();
    for (std::size_t c = 0; c < order.size(); ++c) {
        double sum = 0;
        for (std::size_t n = c * volume; n < (c + 1) * volume; ++n)
            if (std::isfinite(tensor.values[n])) sum += std::abs(static_cast<double>(tensor.values[n]));
        strengths.push_back(sum);
    }
    std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) {
        return strengths[static_cast<std::size_t>(a)] > strengths[static_cast<std::size_t>(b)];
    });
    return order;
}

}  // namespace

bool shown_as_colors(Index channels, const Theme& theme) {
    return channels == 3 && !theme.one_ink;
}

arith::Shared<Pixels> map_pixels(const arith::Tensor& tensor, Index first, int rows, int columns, const ValueMap& map) {
    Pixels pixels = blank(rows, columns);
    for (std::size_t n = 0; n < pixels.rgba.size() / 4; ++n) {
        const Color color = map.color(tensor.values[static_cast<std::size_t>(first) + n]);
        pixels.rgba[4 * n] = color.r;
        pixels.rgba[4 * n + 1] = color.g;
        pixels.rgba[4 * n + 2] = color.b;
    }
    return pixels;
}

arith::Shared<Pixels> color_pixels(const arith::Tensor& tensor, Index first, int rows, int columns, bool around_zero) {
    Pixels pixels = blank(rows, columns);
    const std::size_t volume = pixels.rgba.size() / 4;
    const float* values = tensor.values.data() + first;
    const ValueRange all = value_range({values, 3 * volume});
    for (std::size_t channel = 0; channel < 3; ++channel) {
        const float* from = values + channel * volume;
        ValueRange range = value_range({from, volume});
        if (around_zero) range.high = std::max(all.high, -all.low), range.low = -range.high;
        const float wide = range.high - range.low;
        for (std::size_t n = 0; n < volume; ++n) {
            const float part = wide > 0 ? (from[n] - range.low) / wide : 0.5f;
            const float held = std::isnan(part) ? 0 : std::clamp(part, 0.0f, 1.0f);
            pixels.rgba[4 * n + channel] = static_cast<std::uint8_t>(std::lround(255 * held));
        }
    }
    return pixels;
}

bool has_one_scale(const arith::Layer& layer, bool asked) {
    return asked || arith::Extents(layer).out_volume == 1;
}

MapPictures map_pictures(const arith::Recording& recording, arith::Shared<arith::Tensor> made, const Theme& theme,
                         bool one_scale) {
    const arith::Layer& layer = recording.layer();
    MapPictures all;
    all.made = std::move(made);
    all.input_map = map_of(recording.input(), theme);
    const int rows = static_cast<int>(layer.axes[0].size), columns = static_cast<int>(layer.axes[1].size),
              out_rows = static_cast<int>(arith::output_size(layer, 0)),
              out_columns = static_cast<int>(arith::output_size(layer, 1));
    if (shown_as_colors(layer.in_channels, theme))
        all.input.push_back(color_pixels(recording.input(), 0, rows, columns, false));
    else
        for (Index c = 0; c < layer.in_channels; ++c)
            all.input.push_back(map_pixels(recording.input(), c * rows * columns, rows, columns, all.input_map));
    all.strongest = by_strength(*all.made, layer.out_channels);
    const Index volume = Index{out_rows} * out_columns;
    one_scale = has_one_scale(layer, one_scale);
    const ValueMap all_maps = map_of(*all.made, theme);
    for (Index c = 0; c < layer.out_channels; ++c) {
        const ValueRange own = value_range({all.made->values.data() + c * volume, static_cast<std::size_t>(volume)});
        // Maps of both signs and maps of one have the same colours, so that 0 looks the same in all of them.
        all.output_maps.push_back(one_scale             ? all_maps
                                  : all_maps.diverges() ? value_map_around_zero(own.low, own.high, theme)
                                                        : value_map(own.low, own.high, theme));
        all.output.push_back(map_pixels(*all.made, c * volume, out_rows, out_columns, all.output_maps.back()));
    }
    if (!layer.has_weight()) return all;
    all.kernel_map = map_of(recording.weight(), theme);
    if (!shown_as_colors(layer.group_in(), theme) || layer.is_transposed()) return all;
    const int high = static_cast<int>(layer.axes[0].kernel), wide = static_cast<int>(layer.axes[1].kernel);
    for (Index c = 0; c < layer.out_channels; ++c)
        all.filters.push_back(color_pixels(recording.weight(), c * 3 * high * wide, high, wide, true));
    return all;
}

}  // namespace convloom::scene
