// A layer of rank 1 as functions over one axis: the input with the kernel laid over it where the window stands, their
// product with its area shaded, and the output as far as it is made. Under each function stand its numbers, place under
// place.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/arith/layer/output_size.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/signal.hpp"
#include "core/scene/pieces/sum_line.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace {

constexpr double margin = 5 * unit_px, least_names_width = 19 * unit_px, key_px = 14, key_room = 22;
constexpr double figure_top = 88, figure_bottom = 446, sum_top = 462, largest_step = 72;
constexpr double strip_gap = 3, group_gap = 14, least_step_for_numbers = 20, strip_px = 20, thin_strip_px = 8;
constexpr double most_unlike = 4;  // functions this many times higher than one another share no scale
constexpr double headroom = 1.06;
constexpr arith::Index most_looked_at = 4096;

// A row of cells with their numbers, a place on the page for each.
struct Strip {
    double y = 0, height = strip_px;
};

struct Figure {
    const arith::Recording& recording;
    const Moment& moment;
    const Theme& theme;
    const ValueMaps& maps;
    bool labels, pooling;
    Language language;
    Sliding s;
    arith::Step step;
    std::vector<arith::Tap> taps;
    const arith::Tap* now;
    int channel;           // of the input, shown
    double left, step_px;  // of the first place
    Plot functions, kernel_plot, products, output;
    Strip input_strip, kernel_strip, product_strip, output_strip;
    double times = 1;  // how much higher the kernel is drawn than the input

    Figure(const arith::Recording& r, const Moment& m, const ViewOptions& options, const ValueMaps& colors)
        : recording(r), moment(m), theme(*options.theme), maps(colors), labels(options.labels),
          pooling(r.layer().is_pooling()), language(options.language), s(sliding(r.layer())), step(r.step(m.step)),
          taps(r.taps(step)), now(current_tap(taps, m)) {
        const arith::Layer& layer = r.layer();
        channel = static_cast<int>(now       ? now->in_channel
                                   : pooling ? step.channel
                                             : step.channel / layer.group_out() * layer.group_in());
    }
    Figure(const Figure&) = delete;  // now points into taps

    double x(double place) const { return left + step_px * place; }
    bool numbers() const { return step_px >= least_step_for_numbers; }
    int window() const { return s.wide.window(step.output[0]); }
    // Of an output: where its cell begins, in places. It is as wide as the window's step, in the middle under its
    // window.
    double output_place(arith::Index o) const { return s.wide.window(o) + (s.wide.extent() - s.wide.step) / 2.0; }
    int in_group() const { return static_cast<int>(channel % recording.layer().group_in()); }
    bool is_now(int place) const {
        return now && static_cast<int>(now->in_channel) == channel && s.wide.place(now->at[0]) == place;
    }
    float made(arith::Index o) const {
        return maps.output_at(recording, recording.step_at(step.channel, {o, 0, 0}), moment);
    }

    Sample sample(double place, double wide, double value, Color fill) const {
        return {x(place), x(place + wide), value, fill};
    }
    Color input_color(float value) const { return maps.input ? maps.input->color(value) : theme.input; }
    Color kernel_color(float value) const { return maps.kernel ? maps.kernel->color(value) : theme.kernel; }
    Color output_color(float value) const { return maps.output ? maps.output->color(value) : theme.output; }

    std::vector<Sample> input_samples() const {
        std::vector<Sample> all;
        for (int place = 0; place < s.wide.total; ++place) {
            const float value =
                prints_padding(recording.layer()) || s.wide.on_input(place) ? s.value(recording, {channel, place}) : 0;
            all.push_back(sample(place, 1, value, input_color(value)));
        }
        return all;
    }
    std::vector<Sample> kernel_samples() const {
        std::vector<Sample> all;
        for (int q = 0; q < s.wide.kernel && !pooling; ++q) {
            const float weight = s.weight(recording, step, {in_group(), q});
            all.push_back(sample(window() + q * s.wide.dilation, 1, weight, kernel_color(weight)));
        }
        return all;
    }
    // Those taps that are done, of the channel shown.
    template <class Visit>
    void visit_products(Visit visit) const {
        for (const arith::Tap& tap : taps)
            if (static_cast<int>(tap.in_channel) == channel && std::isfinite(tap.product) &&
                (moment.tap < 0 || tap.number <= moment.tap))
                visit(tap, s.wide.place(tap.at[0]));
    }
    std::vector<Sample> product_samples() const {
        std::vector<Sample> all;
        visit_products([&](const arith::Tap& tap, int place) {
            all.push_back(sample(place, 1, tap.product, &tap == now ? theme.tap : theme.covered));
        });
        std::sort(all.begin(), all.end(), [](const Sample& a, const Sample& b) { return a.left < b.left; });
        return all;
    }
    std::vector<Sample> output_samples() const {
        std::vector<Sample> all;
        for (arith::Index o = 0; o <= step.output[0]; ++o) {
            const float value = made(o);
            all.push_back(sample(output_place(o), s.wide.step, value, output_color(value)));
        }
        return all;
    }
};

double names_width(const Figure& f) {
    const arith::Layer& layer = f.recording.layer();
    return std::max(
        {least_names_width,
         key_room + plane_title_width("Input", arith::to_text(arith::input_shape(layer)), f.language) + unit_px,
         key_room + plane_title_width("Output", arith::to_text(arith::output_shape(layer)), f.language) + unit_px});
}

// Every place's column, and from top to bottom the functions with two strips, the products with one, the output with
// one.
void lay_out(Figure& f) {
    const SlidingAxis& wide = f.s.wide;
    const double first = std::min(0.0, f.output_place(0)),
                 last = std::max<double>(wide.total, f.output_place(wide.output - 1) + wide.step);
    const double from = f.labels ? margin + names_width(f) : margin, room = page_width - margin - from;
    f.step_px = std::min(room / (last - first), largest_step);
    f.left = from + (room - f.step_px * (last - first)) / 2 - f.step_px * first;

    const double top = f.labels ? figure_top : 3 * unit_px,
                 bottom = f.labels ? figure_bottom : page_height - 3 * unit_px;
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

// Ranges that hold for every step of this output channel, so that nothing changes its scale from step to step.
void set_ranges(Figure& f) {
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

// A plane whose places are one column wide each and whose only row is as high as a band: what pointing reads.
Plane band(const Figure& f, std::string name, double place, double wide, double top, double height) {
    return {std::move(name), Affine{f.step_px * wide, 0, f.x(place), 0, height, top}, {}};
}

Field row_of(const char* name, int columns, Stroke edge, double first = 0) {
    Field field{name, {first, 0}, 1, 1, columns, {}, {}, edge};
    field.cells.assign(static_cast<std::size_t>(columns), Field::unfilled);
    return field;
}

Stroke edge_of(const Figure& f, Color color) {
    return {color, f.step_px < 4 ? 0 : thin_px};
}

void add_number(Plane& plane, const Figure& f, const std::string& name, double middle, const Strip& strip, float value,
                Color color, bool strong, double room) {
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

void add_input_strip(Scene& scene, Plane& numbers, const Figure& f) {
    const SlidingAxis& wide = f.s.wide;
    Plane plane = band(f, fmt::format("input slab {}", f.channel), 0, 1, f.input_strip.y, f.input_strip.height);
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
    // By their value, covered cells keep their colours.
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

void add_kernel_strip(Scene& scene, Plane& numbers, const Figure& f) {
    if (f.pooling) return;
    const SlidingAxis& wide = f.s.wide;
    // Only where its cells lie side by side are they the plane's columns.
    const std::string name = wide.dilation == 1 ? fmt::format("kernel slab {}", f.in_group()) : "kernel cells apart";
    Plane plane = band(f, name, f.window(), 1, f.kernel_strip.y, f.kernel_strip.height);
    for (int q = 0; q < wide.kernel; ++q) {
        const int place = f.window() + q * wide.dilation;
        const float weight = f.s.weight(f.recording, f.step, {f.in_group(), q});
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

void add_product_strip(Plane& numbers, const Figure& f) {
    int n = 0;
    f.visit_products([&](const arith::Tap& tap, int place) {
        add_number(numbers, f, fmt::format("Products {}", n++), f.x(place + 0.5), f.product_strip, tap.product,
                   f.theme.text, &tap == f.now, f.step_px);
    });
}

void add_output_strip(Scene& scene, Plane& numbers, const Figure& f) {
    const auto count = static_cast<int>(f.step.output[0]) + 1;
    Plane plane = band(f, fmt::format("output slab {}", f.step.channel), f.output_place(0), f.s.wide.step,
                       f.output_strip.y, f.output_strip.height);
    plane.items.push_back(row_of("output cells", f.s.wide.output, edge_of(f, f.theme.hairline)));
    Field cells = row_of("output done", count, edge_of(f, f.theme.grid));
    const CellFill fill(f.maps.output, f.theme.output, [&](int, int o) { return f.made(o); });
    fill.fill(cells);
    plane.items.push_back(cells);
    if (f.step_px >= 8) fill.add_signs(plane, cells);
    const double at = count - 1;
    plane.items.push_back(
        Line{"output cell", {{at, 0}, {at + 1, 0}, {at + 1, 1}, {at, 1}}, true, {f.theme.window, thick_px}});
    scene.planes.push_back(std::move(plane));
    for (int o = 0; o < count; ++o) {
        const float value = f.made(o);
        add_number(numbers, f, fmt::format("Output {}", o), f.x(f.output_place(o) + f.s.wide.step / 2.0),
                   f.output_strip, value, number_color(f.maps.output, value, f.theme.on_cell), o + 1 == count,
                   f.step_px * f.s.wide.step);
    }
}

// The plots, their functions and the axes through their zeros.
void add_plots(Scene& scene, const Figure& f) {
    const double right = f.x(f.s.wide.total);
    Plane places = band(f, fmt::format("input slab {}", f.channel), 0, 1, f.functions.top, f.functions.height);
    places.items.push_back(row_of("places", f.s.wide.total, edge_of(f, f.theme.hairline)));
    Plane beneath =
        band(f, places.name, 0, 1, f.products.top, f.product_strip.y + f.product_strip.height - f.products.top);
    beneath.items.push_back(row_of("places", f.s.wide.total, edge_of(f, f.theme.hairline)));
    Plane outputs = band(f, fmt::format("output slab {}", f.step.channel), f.output_place(0), f.s.wide.step,
                         f.output.top, f.output.height);
    outputs.items.push_back(row_of("places", f.s.wide.output, edge_of(f, f.theme.hairline)));
    for (Plane* plane : {&places, &beneath, &outputs}) scene.planes.push_back(std::move(*plane));

    Plane curves{"functions", {}, {}};
    const auto input = thinned(f.input_samples()), kernel = thinned(f.kernel_samples()),
               products = thinned(f.product_samples()), output = thinned(f.output_samples());
    Color half = f.theme.kernel;
    half.a = 150;
    // Of many narrow samples the lines would be all there is to see.
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

// The window through functions and products, and from it down to the output that it makes.
Plane window_plane(const Figure& f) {
    Plane plane{"window", {}, {}};
    const double top = f.functions.top - 2, bottom = f.product_strip.y + f.product_strip.height;
    Color fill = f.theme.covered;
    fill.a = 70;
    plane.items.push_back(Shape{"window",
                                Shape::Kind::box,
                                {},
                                {f.x(f.window()), top, f.step_px * f.s.wide.extent(), bottom - top},
                                4,
                                fill,
                                {f.theme.window, thick_px}});
    const double middle = f.x(f.output_place(f.step.output[0]) + f.s.wide.step / 2.0);
    plane.items.push_back(Line{
        "beam 0", {{middle, bottom}, {middle, f.output_strip.y}}, false, {f.theme.window, thin_px, dash_px * 0.8}});
    return plane;
}

void add_names(Plane& page, const Figure& f) {
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
    if (!f.pooling)
        name(y + 14, "Kernel", fmt::format("{}", f.s.wide.kernel), f.theme.kernel,
             {f.s.turned ? tr(f.language, "flipped") : tr(f.language, "not flipped"),
              f.times != 1 ? trf(f.language, "drawn {} times as high",
                                 number_text(static_cast<float>(f.times), f.times < 1 ? 3 : 0))
                           : ""});
    double area = 0;
    f.visit_products([&](const arith::Tap& tap, int) { area += tap.product; });
    const std::string sum =
        layer.op == arith::Op::max_pooling
            ? ""
            : trf(f.language, "area{} = {}", layer.group_in() > 1 ? trf(f.language, " in channel {}", f.channel) : "",
                  number_text(static_cast<float>(area), 2));
    name(f.products.top, f.pooling ? "Window" : "Products", f.pooling ? fmt::format("{}", f.s.wide.kernel) : "",
         f.theme.covered, {f.pooling ? operator_sign(layer, f.language) : tr(f.language, "input · kernel"), sum});
    name(f.output.top, "Output", arith::to_text(arith::output_shape(layer)), f.theme.output,
         {of_channels(f.step.channel, layer.out_channels)});
}

}  // namespace

Scene compose_signal(const arith::Recording& recording, const Moment& moment, const ViewOptions& options) {
    const ValueMaps maps = value_maps(recording, options);
    Figure f(recording, moment, options, maps);
    lay_out(f);
    set_ranges(f);
    Scene scene =
        empty_page(options, trf(options.language, "{}: input and kernel, their product and the output as functions, {}",
                                options.title, moment_text(recording, moment, options.language)));
    scene.planes.push_back(window_plane(f));
    add_plots(scene, f);
    Plane numbers{"signals", {}, {}}, page{"labels", {}, {}};
    add_input_strip(scene, numbers, f);
    add_kernel_strip(scene, numbers, f);
    add_product_strip(numbers, f);
    add_output_strip(scene, numbers, f);
    scene.planes.push_back(std::move(numbers));
    if (!options.labels) return scene;
    add_head(page, options, parameters_text(recording.layer(), words_form, options.language),
             moment_text(recording, moment, options.language));
    add_names(page, f);
    add_legend(page, maps, *options.theme, options.language);
    add_sum(page, {margin, sum_top, page_width - 2 * margin, 2 * sum_line_px}, recording, moment, options);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
