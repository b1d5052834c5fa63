// Stacks of slabs for input, kernel and output: a slab is a channel or, for a layer of rank 3, a slice of depth.
#include <fmt/format.h>

#include "core/scene/pieces/cells.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/volume/volume.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace volume_slabs_view {
namespace {

struct Slabs {
    const VolumeFigure& f;
    const Volume& v;
    const Theme& theme;

    // Whether the projected cells are wide enough for numbers.
    bool numbers(const VolumeColumn& c) const {
        return c.cell_px * f.projection(1, 0, 0).x >= least_number_cell_px * 0.9;
    }

    // Outlines a slab whose cells have no edges, because an empty one would be invisible.
    void add_edge(Plane& plane, const VolumeColumn& c, int rows, int columns) const {
        if (c.cell_px < least_edged_cell_px)
            plane.items.push_back(Line{"edge",
                                       {{0, 0}, {columns + 0.0, 0}, {columns + 0.0, rows + 0.0}, {0, rows + 0.0}},
                                       true,
                                       {theme.grid, thin_px}});
    }

    CellFill input_fill(int slab) const {
        return {f.maps.input, f.input_hue(slab), [this, slab](int r, int c) {
                    return v.input({slab, v.high.place(r), v.wide.place(c)});
                }};
    }

    Plane input(const Slot& slot) const {
        Plane plane{fmt::format("input slab {}", slot.slab),
                    f.plane(f.input, slot.z),
                    {},
                    slab_role(Content::input, slot.slab)};
        const SlidingAxis &high = v.high, &wide = v.wide;
        const bool on_slab = v.deep.on_input(slot.slab);
        if (high.total > high.input || wide.total > wide.input || !on_slab)
            plane.items.push_back(f.grid("padding", 0, 0, high.total, wide.total, {}, f.edge(f.input, true)));
        if (on_slab) add_input_cells(plane, high, wide, input_fill(slot.slab), f.edge(f.input), "cell");
        if (f.input.cell_px >= 8)
            add_unused(plane, slot.slab < v.deep.reached ? high.reached : 0,
                       slot.slab < v.deep.reached ? wide.reached : 0, high.total, wide.total, {theme.hatch, thin_px});
        add_edge(plane, f.input, high.total, wide.total);
        add_window(plane, slot.slab);
        return plane;
    }

    void add_window(Plane& plane, int slab) const {
        const bool covered = v.covers(slab);
        const Spot from = v.window();
        const int rows = v.high.extent(), columns = v.wide.extent();
        if (covered) {
            // Cells coloured by value keep their colours when covered; only the window's outline marks them.
            Field taps =
                f.grid("taps", from.row, from.column, rows, columns, {theme.covered, theme.tap}, f.edge(f.input));
            taps.cells.assign(static_cast<std::size_t>(rows) * columns, Field::unfilled);
            const bool apart = v.layer().kind().folds;  // each slab has the cell of one kernel cell only
            for (int r = 0; r < v.high.kernel && !apart; ++r)
                for (int c = 0; c < v.wide.kernel; ++c)
                    taps.cells[static_cast<std::size_t>(r) * v.high.dilation * columns + c * v.wide.dilation] =
                        f.maps.any() ? Field::unfilled : 0;
            for (const arith::Tap& tap : v.taps)
                if (const Spot at = v.place(tap); v.layer().changes_channels() && at.slab == slab)
                    taps.cells[static_cast<std::size_t>(at.row - from.row) * columns + (at.column - from.column)] =
                        apart ? 0 : 1;
            if (v.now)
                if (const Spot at = v.place(*v.now); at.slab == slab)
                    taps.cells[static_cast<std::size_t>(at.row - from.row) * columns + (at.column - from.column)] = 1;
            plane.items.push_back(std::move(taps));
        }
        if (numbers(f.input)) add_numbers(plane, slab);
        if (!covered) return;
        const double x = from.column, y = from.row;
        const std::vector<Point> around{{x, y}, {x + columns, y}, {x + columns, y + rows}, {x, y + rows}};
        if (f.maps.any())
            plane.items.push_back(Line{"window's border",
                                       around,
                                       true,
                                       {theme.ground, 2 * window_px},
                                       {.mark = Mark::window, .border = true}});
        plane.items.push_back(Line{"window", around, true, {theme.window, thick_px}, {Mark::window}});
    }

    void add_numbers(Plane& plane, int slab) const {
        for (int r = 0; r < v.high.total; ++r)
            for (int c = 0; c < v.wide.total; ++c) {
                const Spot at{slab, r, c};
                if (!v.is_input(at)) continue;
                const bool current = v.now && v.place(*v.now) == at;
                add_cell_number(plane, cell_name("input", r, c), r, c, number_text(v.input(at), 2), 0.42,
                                current ? theme.on_tap : number_color(f.maps.input, v.input(at), theme.on_cell),
                                current ? Weight::semibold : Weight::regular);
            }
    }

    Plane kernel(const Slot& slot) const {
        Plane plane{fmt::format("kernel slab {}", slot.slab),
                    f.plane(f.kernel, slot.z),
                    {},
                    slab_role(Content::kernel, slot.slab)};
        const int rows = v.high.kernel, columns = v.wide.kernel;
        Field cells = f.grid("cells", 0, 0, rows, columns, {}, f.edge(f.kernel));
        auto weight = [&](int r, int c) { return v.weight({slot.slab, r, c}); };
        const CellFill fill(f.maps.kernel, theme.kernel, weight);
        fill.fill(cells);
        cells.palette.push_back(theme.tap);
        cells.cells.resize(static_cast<std::size_t>(rows) * columns);  // without a map all have the first colour
        Spot current{-1, -1, -1};
        if (v.now) {
            current = v.kernel_spot(v.place(*v.now));
            if (current.slab == slot.slab)
                cells.cells[static_cast<std::size_t>(current.row) * columns + current.column] =
                    static_cast<std::uint8_t>(cells.palette.size() - 1);
        }
        plane.items.push_back(cells);
        fill.add_signs(plane, cells, 0, 0, [&](int r, int c) { return current != Spot{slot.slab, r, c}; });
        add_edge(plane, f.kernel, rows, columns);
        if (!numbers(f.kernel)) return plane;
        for (int r = 0; r < rows; ++r)
            for (int c = 0; c < columns; ++c) {
                const bool is_current = current == Spot{slot.slab, r, c};
                add_cell_number(plane, cell_name("kernel", r, c), r, c, number_text(weight(r, c), 2), 0.42,
                                is_current ? theme.on_tap : number_color(f.maps.kernel, weight(r, c), theme.on_cell),
                                is_current ? Weight::semibold : Weight::regular);
            }
        return plane;
    }

    Plane output(const Slot& slot) const {
        Plane plane{fmt::format("output slab {}", slot.slab),
                    f.plane(f.output, slot.z),
                    {},
                    slab_role(Content::output, slot.slab)};
        const int rows = v.high.output, columns = v.wide.output;
        Field cells = f.grid("cells", 0, 0, rows, columns, {}, f.edge(f.output));
        auto number_of = [&](int r, int c) { return v.output_number({slot.slab, r, c}); };
        CellFill fill(f.maps.output, theme.output, [&](int r, int c) { return f.made(number_of(r, c)); });
        const auto not_made = static_cast<std::uint8_t>(fill.palette.size());
        fill.palette.push_back(theme.ground);
        fill.index = [&, of_made = std::move(fill.index)](int r, int c) -> std::uint8_t {
            if (number_of(r, c) > v.step.number) return not_made;
            return of_made ? of_made(r, c) : 0;
        };
        fill.fill(cells);
        plane.items.push_back(cells);
        fill.add_signs(plane, cells, 0, 0, [&](int r, int c) { return number_of(r, c) <= v.step.number; });
        add_edge(plane, f.output, rows, columns);
        for (int r = 0; numbers(f.output) && r < rows; ++r)
            for (int c = 0; c < columns; ++c) {
                const arith::Index number = number_of(r, c);
                if (number > v.step.number) continue;
                const float value = f.made(number);
                add_cell_number(plane, cell_name("output", r, c), r, c, number_text(value, 1), 0.42,
                                number_color(f.maps.output, value, theme.on_cell),
                                number == v.step.number ? Weight::semibold : Weight::regular);
            }
        if (const Spot at = v.output(); at.slab == slot.slab) {
            const double x = at.column, y = at.row;
            plane.items.push_back(Line{"output cell",
                                       {{x, y}, {x + 1, y}, {x + 1, y + 1}, {x, y + 1}},
                                       true,
                                       {theme.window, thick_px},
                                       {Mark::output_cell}});
        }
        return plane;
    }
};

}  // namespace
}  // namespace volume_slabs_view

void add_slabs(Scene& scene, const VolumeFigure& f, arith::Part part) {
    using namespace volume_slabs_view;
    const Slabs slabs{f, f.v, f.theme};
    const VolumeColumn& column = part == arith::Part::input    ? f.input
                                 : part == arith::Part::kernel ? f.kernel
                                                               : f.output;
    const std::vector<Slot>& slots = column.pile.slots;
    for (auto slot = slots.rbegin(); slot != slots.rend(); ++slot)
        scene.planes.push_back(part == arith::Part::input    ? slabs.input(*slot)
                               : part == arith::Part::kernel ? slabs.kernel(*slot)
                                                             : slabs.output(*slot));
}

void add_slab_labels(Plane& page, const VolumeFigure& f, const VolumeColumn& column, arith::Index per_group) {
    using namespace volume_slabs_view;
    add_pile_labels(
        page, column.name, column.pile, [&](double z) { return f.plane(column, z); },
        f.v.layer().groups > 1 ? per_group : 0, f.theme);
}

}  // namespace convloom::scene
