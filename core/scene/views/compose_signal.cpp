// The signal view: a layer of rank 1 as functions over one axis: the input with the kernel at the position of the
// window, their product with its area shaded, and the output so far. Below each function are its values, aligned with
// their places.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/arith/layer/output_size.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/legend.hpp"
#include "core/scene/pieces/signal.hpp"
#include "core/scene/pieces/sum_line.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/views/signal_figure.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace signal_view {
namespace {

double names_width(const SignalFigure& f) {
    const arith::Layer& layer = f.recording.layer();
    return std::max(
        {least_names_width,
         key_room + plane_title_width("Input", arith::to_text(arith::input_shape(layer)), f.language) + unit_px,
         key_room + plane_title_width("Output", arith::to_text(arith::output_shape(layer)), f.language) + unit_px});
}

// Sets the columns of the places and, from top to bottom, the functions with two strips, the products with one strip
// and the output with one strip.
void lay_out(SignalFigure& f, double extra) {
    const SlidingAxis& wide = f.s.wide;
    const double first = std::min(0.0, f.output_place(0)),
                 last = std::max<double>(wide.total, f.output_place(wide.output - 1) + wide.output_width());
    const double from = f.labels ? margin + names_width(f) : margin, room = f.page.width - margin - from;
    f.step_px = std::min(room / (last - first), largest_step);
    f.left = from + (room - f.step_px * (last - first)) / 2 - f.step_px * first;

    const double top = f.labels ? figure_top + extra : 3 * unit_px,
                 bottom = f.page.height - (f.labels ? below_figure : 3 * unit_px);
    const double strip = f.numbers() ? strip_px : thin_strip_px;
    const int strips = f.pooling ? 3 : 4;
    const double plots = bottom - top - strips * (strip + strip_gap) - 2 * group_gap;
    double y = top;
    auto plot = [&](Plot& p, double part) { p.top = y, p.height = plots * part, y += p.height + strip_gap; };
    auto row = [&](Strip& r) { r = {y, strip}, y += strip + strip_gap; };
    plot(f.functions, 0.44);
    row(f.input_strip);
    if (!f.pooling) row(f.kernel_strip);
    y += group_gap - strip_gap;
    plot(f.products, 0.27);
    row(f.product_strip);
    y += group_gap - strip_gap;
    plot(f.output, 0.27);
    row(f.output_strip);
}

// The ranges cover every step of this output channel, so that scales do not change from step to step.
void set_ranges(SignalFigure& f) {
    const arith::Layer& layer = f.recording.layer();
    for (Plot* p : {&f.functions, &f.products, &f.output}) p->least = p->most = 0;
    for (const Sample& s : f.input_samples()) open_for(f.functions, s.value);
    f.kernel_plot = f.functions;
    double highest = 0;
    for (const Sample& s : f.kernel_samples()) highest = std::max(highest, std::abs(s.value));
    const double input_highest = std::max(f.functions.most, -f.functions.least);
    const bool unlike = highest > 0 && input_highest > 0 &&
                        (highest > most_unlike * input_highest || input_highest > most_unlike * highest);
    f.times = unlike ? input_highest / highest : 1;
    for (const Sample& s : f.kernel_samples()) open_for(f.functions, s.value * f.times);
    const arith::Index per_channel = f.recording.step_count() / layer.out_channels;
    for (arith::Index o = 0; o < std::min(per_channel, most_looked_at); ++o) {
        const arith::Step step = f.recording.step(f.step.channel * per_channel + o);
        f.recording.visit_taps(step, [&](const arith::Tap& tap) {
            open_for(f.products, tap.product);
            open_for(f.output, tap.partial);
        });
        open_for(f.output, f.recording.value(step));
    }
    for (Plot* p : {&f.functions, &f.products, &f.output}) {
        if (p->most - p->least < 1e-9) p->most = 1;
        p->least *= headroom, p->most *= headroom;
    }
    f.kernel_plot = f.functions;
    f.kernel_plot.least /= f.times;
    f.kernel_plot.most /= f.times;
}

// Adds the plots with their functions and zero lines.
void add_plots(Scene& scene, const SignalFigure& f) {
    const double right = f.x(f.s.wide.total);
    Plane places = band(f, fmt::format("input slab {}", f.channel), slab_role(Content::input, f.channel), 0, 1,
                        f.functions.top, f.functions.height);
    places.items.push_back(row_of("places", f.s.wide.total, edge_of(f, f.theme.padding_edge(f.theme.hairline))));
    Plane beneath = band(f, places.name, places.role, 0, 1, f.products.top,
                         f.product_strip.y + f.product_strip.height - f.products.top);
    beneath.items.push_back(row_of("places", f.s.wide.total, edge_of(f, f.theme.hairline)));
    Plane outputs = band(f, fmt::format("output slab {}", f.step.channel), slab_role(Content::output, f.step.channel),
                         f.output_place(0), f.s.wide.output_width(), f.output.top, f.output.height);
    outputs.items.push_back(row_of("places", f.s.wide.output, edge_of(f, f.theme.hairline)));
    for (Plane* plane : {&places, &beneath, &outputs}) scene.planes.push_back(std::move(*plane));

    Plane curves{"functions", {}, {}, {Content::curves}};
    const auto input = thinned(f.input_samples()), kernel = thinned(f.kernel_samples()),
               products = thinned(f.product_samples()), output = thinned(f.output_samples());
    Color half = f.theme.kernel;
    half.a = 150;
    // Lines are thinner for narrow samples, which they would hide otherwise.
    auto line = [&](Color color, double width_px) {
        return Stroke{color, std::clamp(f.step_px * 0.25, 0.4, width_px)};
    };
    auto zero = [&](const char* name, const Plot& plot) {
        curves.items.push_back(
            Line{name, {{f.x(0), plot.zero()}, {right, plot.zero()}}, false, {f.theme.muted, thin_px}});
    };
    add_bars(curves, "Input", input, f.functions);
    add_bars(curves, "Kernel", kernel, f.kernel_plot);
    if (!f.maps.any())
        add_overlap(curves, "Overlap", input, f.functions, kernel, f.kernel_plot, blend(f.theme.input, half));
    zero("Input zero", f.functions);
    add_staircase(curves, "Input curve", input, f.functions, line(f.theme.grid, thick_px));
    add_staircase(curves, "Kernel curve", kernel, f.kernel_plot, line(f.theme.window, window_px));
    add_bars(curves, "Products", products, f.products);
    zero("Products zero", f.products);
    add_staircase(curves, "Products curve", products, f.products, line(f.theme.grid, thick_px));
    add_bars(curves, "Output", output, f.output);
    zero("Output zero", f.output);
    add_staircase(curves, "Output curve", output, f.output, line(f.theme.grid, thick_px));
    scene.planes.push_back(std::move(curves));
}

// The window across functions and products, and lines from it to the output cell.
Plane window_plane(const SignalFigure& f) {
    Plane plane{"window", {}, {}, {Content::window}};
    const double top = f.functions.top - 2, bottom = f.product_strip.y + f.product_strip.height;
    Color fill = f.theme.covered;
    fill.a = 70;
    plane.items.push_back(Shape{"window",
                                Shape::Kind::box,
                                {},
                                {f.x(f.window()), top, f.step_px * f.s.wide.extent(), bottom - top},
                                4,
                                fill,
                                {f.theme.window, thick_px},
                                {Mark::window}});
    const double middle = f.x(f.output_place(f.step.output[0]) + f.s.wide.output_width() / 2.0);
    plane.items.push_back(Line{"beam 0",
                               {{middle, bottom}, {middle, f.output_strip.y}},
                               false,
                               {f.theme.window, thin_px, dash_px * 0.8},
                               {Mark::beam}});
    return plane;
}

void add_names(Plane& page, const SignalFigure& f) {
    const arith::Layer& layer = f.recording.layer();
    auto of_channels = [&](arith::Index n, arith::Index count) {
        return count > 1 ? trf(f.language, "channel {} of {}", n, count) : std::string();
    };
    double y = 0;
    auto name = [&](double top, const std::string& title, const std::string& shape, Color key,
                    std::initializer_list<std::string> more) {
        y = top + 15;
        if (!f.maps.any())
            page.items.push_back(Shape{title + " key",
                                       Shape::Kind::box,
                                       {},
                                       {margin, y - 12, key_px, key_px},
                                       2,
                                       key,
                                       {f.theme.grid, thin_px}});
        const double x = margin + key_room;
        add_plane_title(page, {x, y}, title, shape, f.theme, f.language);
        int n = 0;
        for (const std::string& text : more) {
            if (text.empty()) continue;
            y += 17;
            page.items.push_back(Text{fmt::format("{} more {}", title, n++),
                                      {x, y},
                                      text,
                                      small_size,
                                      Anchor::start,
                                      Weight::regular,
                                      f.theme.muted});
        }
    };
    name(f.functions.top, "Input", arith::to_text(arith::input_shape(layer)), f.theme.input,
         {of_channels(f.channel, layer.in_channels)});
    if (!f.pooling && !layer.has_weight())
        name(y + 14, "Weights", fmt::format("{}", f.s.wide.kernel), f.theme.kernel, {});
    else if (!f.pooling)
        name(y + 14, "Kernel", fmt::format("{}", f.s.wide.kernel), f.theme.kernel,
             {f.s.turned ? tr(f.language, "flipped") : tr(f.language, "not flipped"),
              f.times != 1 ? trf(f.language, "drawn {} times as high",
                                 number_text(static_cast<float>(f.times), f.times < 1 ? 3 : 0))
                           : ""});
    double area = 0;
    f.visit_products([&](const arith::Tap& tap, int) { area += tap.product; });
    const std::string sum =
        layer.reduction() == arith::Reduction::maximum || layer.reduction() == arith::Reduction::norm
            ? ""
            : trf(f.language, "area{} = {}", layer.group_in() > 1 ? trf(f.language, " in channel {}", f.channel) : "",
                  number_text(static_cast<float>(area), 2));
    name(f.products.top, f.pooling ? "Window" : "Products", f.pooling ? fmt::format("{}", f.s.wide.kernel) : "",
         f.theme.covered,
         {f.pooling            ? operator_sign(layer, f.language)
          : layer.has_weight() ? tr(f.language, "input · kernel")
                               : tr(f.language, "input · weight"),
          sum});
    name(f.output.top, "Output", arith::to_text(arith::output_shape(layer)), f.theme.output,
         {of_channels(f.step.channel, layer.out_channels)});
}

}  // namespace
}  // namespace signal_view

Scene compose_signal(const arith::Recording& recording, const Moment& moment, const ViewOptions& options) {
    using namespace signal_view;
    const ValueMaps maps = value_maps(recording, options);
    SignalFigure f(recording, moment, options, maps);
    const std::string parameters = parameters_text(recording.layer(), words_form, options.language);
    lay_out(f, head_extra(options, parameters));
    set_ranges(f);
    Scene scene =
        empty_page(options, trf(options.language, "{}: input and kernel, their product and the output as functions, {}",
                                options.title, moment_text(recording, moment, options.language)));
    scene.planes.push_back(window_plane(f));
    add_plots(scene, f);
    Plane numbers{"signals", {}, {}, {Content::numbers}}, page{"labels", {}, {}, {Content::labels}};
    add_input_strip(scene, numbers, f);
    add_kernel_strip(scene, numbers, f);
    add_product_strip(numbers, f);
    add_output_strip(scene, numbers, f);
    scene.planes.push_back(std::move(numbers));
    if (!options.labels) return scene;
    add_head(page, options, parameters, moment_text(recording, moment, options.language));
    add_names(page, f);
    add_legend(page, maps, options);
    add_sum(page, {margin, f.page.height - sum_bottom, f.page.width - 2 * margin, 2 * sum_line_px}, recording, moment,
            options);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
