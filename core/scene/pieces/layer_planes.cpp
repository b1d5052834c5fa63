#include "core/scene/pieces/layer_planes.hpp"

#include <fmt/format.h>

#include "core/scene/pieces/cells.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {

LayerPlanes::LayerPlanes(const arith::Recording& r, const Moment& m, const ViewOptions& options, const Numbers& first)
    : recording(r), layer(r.layer()), moment(m), theme(*options.theme), language(options.language),
      maps(value_maps(r, options)), turned(kernel_turned(layer)), step(r.step(m.step)), taps(r.taps(step)),
      now(current_tap(taps, m)), group(layer.mixes_channels() ? step.channel / layer.group_out() : 0),
      first_in(layer.first_in_channel(step.channel)), numbers(first) {
    wide = sliding_axis(layer, layer.rank() - 1);
    if (layer.rank() > 1) high = sliding_axis(layer, 0);
    wide.show(step.output[layer.rank() - 1]);
    if (layer.rank() > 1) high.show(step.output[0]);
}

Place LayerPlanes::window() const {
    const Place out = output();
    return {high.window(out.row), wide.window(out.column)};
}

Place LayerPlanes::output() const {
    return place(step.output);
}

Place LayerPlanes::padded_place(const arith::Cell& at) const {
    return {layer.rank() > 1 ? high.place(at[0]) : 0, wide.place(at[layer.rank() - 1])};
}

Place LayerPlanes::in_kernel(const arith::Tap& tap) const {
    const Place at = padded_place(tap.at), from = window();
    return {(at.row - from.row) / high.dilation, (at.column - from.column) / wide.dilation};
}

float LayerPlanes::padded_value(arith::Index channel, int row, int column) const {
    if (layer.is_transposed() && !(high.on_input(row) && wide.on_input(column))) return 0;
    return recording.padded_value(channel, cell(static_cast<int>(high.cell(row)), static_cast<int>(wide.cell(column))));
}

float LayerPlanes::weight(arith::Index in_group, int row, int column) const {
    const arith::Cell at = turned ? cell(high.kernel - 1 - row, wide.kernel - 1 - column) : cell(row, column);
    if (!layer.is_transposed()) return recording.weight_value(step.channel, in_group, at);
    return recording.weight_value(first_in + in_group, step.channel % layer.group_out(), at);
}

float LayerPlanes::made(arith::Index channel, int row, int column) const {
    return value_at(recording, recording.step(recording.step_at(channel, cell(row, column))), moment);
}

bool LayerPlanes::is_made(arith::Index channel, int row, int column) const {
    return recording.step_at(channel, cell(row, column)) <= step.number;
}

Plane LayerPlanes::input(arith::Index channel, const SheetBox& box, bool shows_window) const {
    const Place from = window();
    const bool sees = channel >= first_in && channel < first_in + layer.group_in();
    shows_window &= sees;
    const Place current = now ? padded_place(now->at) : Place{-1, -1};
    const arith::Index number = numbers.input + channel;
    Plane plane = sheet_plane(
        fmt::format("input slab {}", number), slab_role(Content::input, number), box,
        {theme.padding_edge(theme.hairline), thin_px}, [&](int r, int c) {
            const bool on_input = high.on_input(r) && wide.on_input(c);
            const bool covered =
                shows_window && high.kernel_cell(from.row, r) >= 0 && wide.kernel_cell(from.column, c) >= 0;
            const bool is_now =
                shows_window && now && now->in_channel == channel && current.row == r && current.column == c;
            CellLook look;
            if (is_now)
                look.fill = theme.tap;
            else if (covered && !maps.any())
                look.fill = theme.covered;
            else if (on_input)
                look.fill = theme.input;
            if (on_input || prints_padding(layer)) look.text = number_text(padded_value(channel, r, c), 2);
            look.ink = is_now ? theme.on_tap : on_input || (covered && !maps.any()) ? theme.on_cell : theme.muted;
            look.strong = is_now;
            return on_input && !is_now ? look.by_value(maps.input, padded_value(channel, r, c)) : look;
        });
    add_input_edges(plane, box.cell_px);
    if (box.cell_px >= 8) add_unused(plane, high.reached, wide.reached, high.total, wide.total, {theme.hatch, thin_px});
    if (shows_window)
        plane.items.push_back(mark_outline(Mark::window, from.row, from.column, high.extent(), wide.extent(),
                                           window_stroke(theme, box.cell_px)));
    return plane;
}

void LayerPlanes::add_input_edges(Plane& plane, double cell_px) const {
    // The input's own cells have full edges; padding and inserted zeros keep light ones.
    const Stroke full{theme.grid, cell_px < 5 ? 0 : thin_px};
    for (int r = 0; r < high.input; ++r)
        for (int c = 0; c < wide.input; ++c)
            if (high.spacing > 1 || wide.spacing > 1)
                plane.items.push_back(cells_outline(cell_name("edge", r, c), high.place(r), wide.place(c), 1, 1, full));
    if (high.spacing == 1 && wide.spacing == 1) {
        Field grid{"grid",     {static_cast<double>(wide.before), static_cast<double>(high.before)},
                   1,          high.input,
                   wide.input, {},
                   {},         full};
        grid.cells.assign(static_cast<std::size_t>(high.input) * wide.input, Field::unfilled);
        plane.items.push_back(std::move(grid));
    }
}

Plane LayerPlanes::kernel(arith::Index in_channel, const SheetBox& box) const {
    const Place current = now && now->in_channel == in_channel ? in_kernel(*now) : Place{-1, -1};
    const arith::Index number = numbers.kernel + in_channel - first_in;
    return sheet_plane(fmt::format("kernel slab {}", number), slab_role(Content::kernel, number), box, edge(),
                       [&](int r, int c) {
                           const bool is_now = current.row == r && current.column == c;
                           const float value = weight(in_channel - first_in, r, c);
                           const CellLook look{is_now ? theme.tap : theme.kernel, number_text(value, 2),
                                               is_now ? theme.on_tap : theme.on_cell, is_now};
                           return is_now ? look : look.by_value(maps.kernel, value);
                       });
}

Plane LayerPlanes::output(arith::Index channel, const SheetBox& box, Aspect aspect) const {
    const Place at = output();
    const arith::Index number = numbers.output + channel;
    Plane plane = sheet_plane(
        fmt::format("output slab {}{}", number, aspect == Aspect::stamped ? ", stamped" : ""),
        slab_role(Content::output, number, aspect), box, edge(), [&](int r, int c) {
            if (!is_made(channel, r, c)) return CellLook{};
            const bool latest = channel == step.channel && at.row == r && at.column == c;
            return CellLook{theme.output, number_text(made(channel, r, c), 2), theme.on_cell, latest}.by_value(
                maps.output, made(channel, r, c));
        });
    if (channel == step.channel)
        plane.items.push_back(
            mark_outline(Mark::output_cell, at.row, at.column, 1, 1, window_stroke(theme, box.cell_px)));
    return plane;
}

}  // namespace convloom::scene
