#include <fmt/format.h>

#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/cells.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/views/signal_figure.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene::signal_view {
namespace {

void add_number(Plane& plane, const SignalFigure& f, const std::string& name, double middle, const Strip& strip,
                float value, Color color, bool strong, double room) {
    if (!f.numbers()) return;
    const Weight weight = strong ? Weight::semibold : Weight::regular;
    const std::string text = number_text(value, 2);
    const double size = std::min(small_size, 0.92 * room / std::max(text_width(text, 1, weight), 1e-9));
    if (size < least_size * 0.85) return;
    plane.items.push_back(Text{name + " number",
                               {middle, centred_baseline(strip.y + strip.height / 2, size)},
                               text,
                               size,
                               Anchor::middle,
                               weight,
                               color});
}

}  // namespace

void add_input_strip(Scene& scene, Plane& numbers, const SignalFigure& f) {
    const SlidingAxis& wide = f.s.wide;
    Plane plane = band(f, fmt::format("input slab {}", f.channel), slab_role(Content::input, f.channel), 0, 1,
                       f.input_strip.y, f.input_strip.height);
    plane.items.push_back(row_of("padding cells", wide.total, {f.theme.muted, edge_of(f, {}).width_px, dash_px * 0.8}));
    add_input_cells(plane, SlidingAxis{}, wide,
                    {f.maps.input, f.theme.input,
                     [&](int, int c) {
                         return f.s.value(f.recording, {f.channel, wide.place(c)});
                     }},
                    edge_of(f, f.theme.grid));
    if (f.step_px >= 8)
        for (int place = wide.reached; place < wide.total; ++place)
            add_hatch(plane, 0, place, {f.theme.hatch, thin_px});
    // Cells coloured by value keep their colours when covered.
    Field taps = row_of("taps", wide.extent(), {}, f.window());
    taps.palette = {f.theme.covered, f.theme.tap};
    for (int q = 0; q < wide.kernel; ++q) {
        const int place = f.window() + q * wide.dilation;
        taps.cells[static_cast<std::size_t>(q) * wide.dilation] = f.is_now(place) ? 1
                                                                  : f.maps.any()  ? Field::unfilled
                                                                                  : 0;
    }
    plane.items.push_back(std::move(taps));
    scene.planes.push_back(std::move(plane));
    for (int place = 0; place < wide.total; ++place) {
        const bool cell = wide.on_input(place), covered = wide.kernel_cell(f.window(), place) >= 0;
        if (!cell && !prints_padding(f.recording.layer())) continue;
        const float value = f.s.value(f.recording, {f.channel, place});
        const Color color = f.is_now(place)                      ? f.theme.on_tap
                            : cell || (covered && !f.maps.any()) ? number_color(f.maps.input, value, f.theme.on_cell)
                                                                 : f.theme.muted;
        add_number(numbers, f, fmt::format("Input {}", place), f.x(place + 0.5), f.input_strip, value, color,
                   f.is_now(place), f.step_px);
    }
}

void add_kernel_strip(Scene& scene, Plane& numbers, const SignalFigure& f) {
    if (f.pooling) return;
    const SlidingAxis& wide = f.s.wide;
    // Cells with gaps between them are not the columns of the plane, so they cannot be pointed at.
    const bool apart = wide.dilation > 1;
    PlaneRole role = slab_role(Content::kernel, f.in_group());
    role.pointable = !apart && f.recording.layer().has_weight();
    Plane plane = band(f, apart ? "kernel cells apart" : fmt::format("kernel slab {}", f.in_group()), role, f.window(),
                       1, f.kernel_strip.y, f.kernel_strip.height);
    for (int q = 0; q < wide.kernel; ++q) {
        const int place = f.window() + q * wide.dilation;
        const float weight = f.weight_of(q);
        Field cell = row_of("kernel cell", 1, edge_of(f, f.theme.grid), q * wide.dilation);
        cell.palette = {f.is_now(place) ? f.theme.tap : f.kernel_color(weight)};
        cell.cells.clear();
        plane.items.push_back(std::move(cell));
        if (f.maps.kernel && f.step_px >= 8 && !f.is_now(place))
            add_value_sign(plane, *f.maps.kernel, 0, q * wide.dilation, weight);
        add_number(numbers, f, fmt::format("Kernel {}", q), f.x(place + 0.5), f.kernel_strip, weight,
                   f.is_now(place) ? f.theme.on_tap : number_color(f.maps.kernel, weight, f.theme.on_cell),
                   f.is_now(place), f.step_px);
    }
    scene.planes.push_back(std::move(plane));
}

void add_product_strip(Plane& numbers, const SignalFigure& f) {
    int n = 0;
    f.visit_products([&](const arith::Tap& tap, int place) {
        add_number(numbers, f, fmt::format("Products {}", n++), f.x(place + 0.5), f.product_strip, tap.product,
                   f.theme.text, &tap == f.now, f.step_px);
    });
}

void add_output_strip(Scene& scene, Plane& numbers, const SignalFigure& f) {
    const auto count = static_cast<int>(f.step.output[0]) + 1;
    Plane plane = band(f, fmt::format("output slab {}", f.step.channel), slab_role(Content::output, f.step.channel),
                       f.output_place(0), f.s.wide.output_width(), f.output_strip.y, f.output_strip.height);
    plane.items.push_back(row_of("output cells", f.s.wide.output, edge_of(f, f.theme.hairline)));
    Field cells = row_of("output done", count, edge_of(f, f.theme.grid));
    const CellFill fill(f.maps.output, f.theme.output, [&](int, int o) { return f.made(o); });
    fill.fill(cells);
    plane.items.push_back(cells);
    if (f.step_px >= 8) fill.add_signs(plane, cells);
    const double at = count - 1;
    plane.items.push_back(Line{"output cell",
                               {{at, 0}, {at + 1, 0}, {at + 1, 1}, {at, 1}},
                               true,
                               {f.theme.window, thick_px},
                               {Mark::output_cell}});
    scene.planes.push_back(std::move(plane));
    for (int o = 0; o < count; ++o) {
        const float value = f.made(o);
        add_number(numbers, f, fmt::format("Output {}", o), f.x(f.output_place(o) + f.s.wide.output_width() / 2.0),
                   f.output_strip, value, number_color(f.maps.output, value, f.theme.on_cell), o + 1 == count,
                   f.step_px * f.s.wide.output_width());
    }
}

}  // namespace convloom::scene::signal_view
