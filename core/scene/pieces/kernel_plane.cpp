#include "core/scene/pieces/kernel_plane.hpp"

#include "core/scene/pieces/cells.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {

Plane kernel_plane(const arith::Recording& recording, const Sliding& sliding, const Moment& moment, Point at,
                   double cell_px, const Theme& theme, const std::optional<ValueMap>& map) {
    Plane plane{"kernel", Affine::scale_and_move(cell_px, at.x, at.y), {}, {Content::kernel}};
    if (!recording.layer().has_weight()) return plane;
    const arith::Step step = recording.step(moment.step);
    const int rows = sliding.high.kernel, columns = sliding.wide.kernel;
    Field field{"kernel cells", {}, 1, rows, columns, {}, {}, {theme.grid, thin_px}};
    const CellFill fill(map, theme.kernel, [&](int r, int c) { return sliding.weight(recording, step, {r, c}); });
    fill.fill(field);
    field.palette.push_back(theme.tap);
    field.cells.resize(static_cast<std::size_t>(rows) * columns);  // without a map all have the first colour
    Place current{-1, -1};
    if (const std::vector<arith::Tap> taps = recording.taps(step); const arith::Tap* tap = current_tap(taps, moment)) {
        current = sliding.in_kernel(step, *tap);
        field.cells[static_cast<std::size_t>(current.row) * columns + current.column] =
            static_cast<std::uint8_t>(field.palette.size() - 1);
    }
    plane.items.push_back(field);
    fill.add_signs(plane, field, 0, 0, [&](int r, int c) { return r != current.row || c != current.column; });
    if (cell_px < least_number_cell_px) return plane;
    for (int r = 0; r < rows; ++r)
        for (int c = 0; c < columns; ++c) {
            const bool is_current = current.row == r && current.column == c;
            const float weight = sliding.weight(recording, step, {r, c});
            add_cell_number(plane, cell_name("kernel", r, c), r, c, number_text(weight, 2), 0.4,
                            is_current ? theme.on_tap : number_color(map, weight, theme.on_cell),
                            is_current ? Weight::semibold : Weight::regular, {Mark::weight, r * columns + c});
        }
    return plane;
}

}  // namespace convloom::scene
