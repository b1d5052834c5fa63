#include "core/scene/maps/mosaic.hpp"

#include <algorithm>
#include <cmath>

namespace convloom::scene {
namespace {

using arith::Index;

constexpr double gap_px = 6;

// As many rows as that many pictures fill.
Index rows_of(Index count, Index across) {
    return (count + across - 1) / across;
}

// The side of a cell with this many pictures across.
double cell_with(const Rect& area, Index count, Index across, int rows, int columns) {
    const auto wide = static_cast<double>(across), high = static_cast<double>(rows_of(count, across));
    return std::min((area.width - (wide - 1) * gap_px) / wide / columns,
                    ((area.height - (high - 1) * gap_px) / high - mosaic_label_px) / rows);
}

}  // namespace

Mosaic lay_out_mosaic(const Rect& area, Index count, int rows, int columns, Index current, double largest_cell,
                      double least_px) {
    Mosaic m;
    Index across = 1;
    m.cell_px = 0;
    // More across than fit at the least size are of no use.
    const auto most_across =
        static_cast<Index>((area.width + gap_px) / (least_px * columns / std::max(rows, columns) + gap_px));
    for (Index n = 1; n <= std::clamp<Index>(most_across, 1, count); ++n)
        if (const double cell = cell_with(area, count, n, rows, columns); cell > m.cell_px)
            m.cell_px = cell, across = n;
    m.cell_px = std::min(m.cell_px, largest_cell);
    Index shown = count;
    if (m.cell_px * std::max(rows, columns) < least_px) {
        m.cell_px = least_px / std::max(rows, columns);
        const double wide = m.cell_px * columns + gap_px, high = m.cell_px * rows + mosaic_label_px + gap_px;
        across = std::max<Index>(1, static_cast<Index>((area.width + gap_px) / wide));
        const Index down = std::max<Index>(1, static_cast<Index>((area.height + gap_px) / high));
        shown = std::min(count, std::max<Index>(1, across * down - 1));
    }
    m.left_out = count - shown;
    const double wide = m.cell_px * columns + gap_px, high = m.cell_px * rows + mosaic_label_px + gap_px;
    const auto place = [&](Index n) {
        const Index row = n / across;
        return Point{area.x + wide * static_cast<double>(n % across),
                     area.y + mosaic_label_px + high * static_cast<double>(row)};
    };
    for (Index n = 0; n < shown; ++n) m.tiles.push_back({n, place(n)});
    if (m.left_out > 0 && current >= shown) m.tiles.back().number = current;
    const Index places = shown + (m.left_out > 0 ? 1 : 0), used = std::min(places, across);
    if (m.left_out > 0) {
        const Point at = place(shown);
        m.rest_at = {at.x + m.cell_px * columns / 2, at.y + m.cell_px * rows / 2};
    }
    m.width = wide * static_cast<double>(used) - gap_px;
    m.height = high * static_cast<double>(rows_of(places, across)) - gap_px;
    return m;
}

}  // namespace convloom::scene
