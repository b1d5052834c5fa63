// A layer of rank 1 as signals over one axis: the input, the kernel where it lies now, their products, and the
// output as far as it is made. Under every position stand its own numbers, one above the other.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/arith/output_size.hpp"
#include "core/scene/number_text.hpp"
#include "core/scene/parts.hpp"
#include "core/scene/sum_line.hpp"
#include "core/scene/text_metrics.hpp"

namespace convloom::scene {
namespace {

constexpr double margin = 5 * unit_px, names_width = 19 * unit_px, sum_top = 462;
constexpr double row_top = 92, row_height = 90, largest_step = 72;
constexpr double dot_radius = 6, number_room = 16;

struct Mark {
    double x = 0, value = 0;
    Color fill;
    bool hollow = false;    // padding, or a zero put in
    bool current = false;   // of this moment's tap
};

struct Row {
    std::string name, shape, more;
    std::vector<Mark> marks;
    bool bars = false;
};

struct Figure {
    const arith::Recording& recording;
    const Moment& moment;
    const Theme& theme;
    bool labels;
    Language language;
    Sliding s;
    arith::Step step;
    std::vector<arith::Tap> taps;
    const arith::Tap* now;
    int channel;       // of the input, shown
    double step_px, left;

    Figure(const arith::Recording& r, const Moment& m, const ViewOptions& options)
        : recording(r), moment(m), theme(*options.theme), labels(options.labels), language(options.language), s(sliding(r.layer())), step(r.step(m.step)), taps(r.taps(step)),
          now(current_tap(taps, m)) {
        const arith::Layer& layer = r.layer();
        channel = now                  ? static_cast<int>(now->in_channel)
                  : layer.is_pooling() ? static_cast<int>(step.channel)
                                       : 0;
        left = labels ? margin + names_width : margin;
        step_px = std::min((page_width - margin - left) / s.wide.total, largest_step);
        // In the middle of the room beside the names.
        left += (page_width - margin - left - step_px * s.wide.total) / 2;
    }

    double x(double place) const { return left + step_px * (place + 0.5); }
    int window() const { return s.wide.window(step.output[0]); }
    bool is_now(int place) const { return now && static_cast<int>(now->in_channel) == channel && s.wide.place(now->at[0]) == place; }
    std::string of_channels(arith::Index n, arith::Index count) const { return count > 1 ? trf(language, "channel {} of {}", n, count) : ""; }

    Row input() const {
        Row row{"Input", arith::to_text(arith::input_shape(recording.layer())), of_channels(channel, recording.layer().in_channels), {}};
        for (int place = 0; place < s.wide.total; ++place) {
            const bool cell = s.wide.on_input(place);
            if (!cell && !prints_padding(recording.layer())) continue;
            row.marks.push_back({x(place), s.value(recording, {channel, place}), theme.input, !cell, is_now(place)});
        }
        return row;
    }

    Row kernel() const {
        Row row{"Kernel", fmt::format("{}", s.wide.kernel), s.turned ? tr(language, "flipped") : tr(language, "not flipped"), {}};
        const int in_group = static_cast<int>(channel % recording.layer().group_in());
        for (int q = 0; q < s.wide.kernel; ++q) {
            const int place = window() + q * s.wide.dilation;
            row.marks.push_back({x(place), s.weight(recording, step, {in_group, q}), theme.kernel, false, is_now(place)});
        }
        return row;
    }

    Row products() const {
        const bool pooling = recording.layer().is_pooling();
        Row row{pooling ? "Window" : "Products", pooling ? fmt::format("{}", s.wide.kernel) : "", pooling ? operator_sign(recording.layer(), language) : tr(language, "input · kernel"), {}, true};
        for (const arith::Tap& tap : taps)
            if (static_cast<int>(tap.in_channel) == channel && std::isfinite(tap.product) && (moment.tap < 0 || tap.number <= moment.tap))
                row.marks.push_back({x(s.wide.place(tap.at[0])), tap.product, theme.covered, false, &tap == now});
        return row;
    }

    // Each output under the middle of the window that makes it.
    Row output() const {
        Row row{"Output", arith::to_text(arith::output_shape(recording.layer())), of_channels(step.channel, recording.layer().out_channels), {}};
        for (arith::Index o = 0; o <= step.output[0]; ++o) {
            const arith::Step made = recording.step(recording.step_at(step.channel, {o, 0, 0}));
            const double middle = s.wide.window(o) + (s.wide.extent() - 1) / 2.0;
            const bool last = o == step.output[0];
            row.marks.push_back({x(middle), last && now ? now->partial : recording.value(made), theme.output, false, false});
        }
        return row;
    }
};

// One row: its zero line, and a stem or a bar for each mark with its number at the end.
void add_row(Plane& plane, const Figure& f, const Row& row, double top, double least, double most) {
    const Theme& theme = f.theme;
    const double scale = (row_height - 2 * number_room - 2 * dot_radius) / std::max(most - least, 1e-9);
    const double zero = top + number_room + dot_radius + most * scale;
    plane.items.push_back(Line{row.name + " zero", {{f.left, zero}, {f.left + f.step_px * f.s.wide.total, zero}}, false, {theme.muted, thin_px}});
    const bool numbers = f.step_px >= 26;
    for (std::size_t n = 0; n < row.marks.size(); ++n) {
        const Mark& mark = row.marks[n];
        const double y = zero - mark.value * scale;
        const Color fill = mark.current ? theme.tap : mark.fill;
        const std::string name = fmt::format("{} {}", row.name, n);
        if (row.bars) {
            const double wide = std::min(0.7 * f.step_px, 34.0);
            if (mark.value != 0)
                plane.items.push_back(Shape{name, Shape::Kind::box, {}, {mark.x - wide / 2, std::min(y, zero), wide, std::abs(y - zero)}, 0, fill, {theme.grid, thin_px}});
        } else {
            const double radius = std::min(dot_radius, 0.3 * f.step_px);
            plane.items.push_back(Line{name + " stem", {{mark.x, zero}, {mark.x, y}}, false, {theme.grid, thick_px}});
            plane.items.push_back(Shape{name, Shape::Kind::ellipse, {}, {mark.x - radius, y - radius, 2 * radius, 2 * radius}, 0,
                                        mark.hollow ? theme.ground : fill, {mark.hollow ? theme.muted : theme.grid, thin_px}});
        }
        if (!numbers) continue;
        const double off = row.bars ? 4 : dot_radius + 4;
        const double baseline = mark.value < 0 ? y + off + cap_height(small_size) : y - off;
        plane.items.push_back(Text{name + " number", {mark.x, baseline}, number_text(static_cast<float>(mark.value), 2), small_size, Anchor::middle,
                                   mark.current ? Weight::semibold : Weight::regular, mark.hollow ? theme.muted : theme.text});
    }
}

// The least and the most that a row can come to show, so that its scale stays from step to step.
std::pair<double, double> range_of(const Row& row, const std::vector<double>& all) {
    double least = 0, most = 0;
    for (const Mark& mark : row.marks) least = std::min(least, mark.value), most = std::max(most, mark.value);
    for (double value : all) least = std::min(least, value), most = std::max(most, value);
    if (most - least < 1e-9) most = 1;
    return {least, most};
}

}  // namespace

Scene compose_signal(const arith::Recording& recording, const Moment& moment, const ViewOptions& options) {
    constexpr arith::Index most_looked_at = 4096;
    const Theme& theme = *options.theme;
    const arith::Layer& layer = recording.layer();
    const Figure f(recording, moment, options);
    Scene scene = empty_page(options, trf(options.language, "{}: input, kernel, products and output as signals, {}", options.title, moment_text(recording, moment, options.language)));

    // Products and outputs of all steps give the scale of their rows.
    std::vector<double> all_products, all_outputs;
    const arith::Index per_channel = recording.step_count() / layer.out_channels;
    for (arith::Index o = 0; o < std::min(per_channel, most_looked_at); ++o) {
        const arith::Step step = recording.step(f.step.channel * per_channel + o);
        recording.visit_taps(step, [&](const arith::Tap& tap) {
            if (!std::isfinite(tap.product)) return;
            all_products.push_back(tap.product);
            if (std::isfinite(tap.partial)) all_outputs.push_back(tap.partial);
        });
        all_outputs.push_back(recording.value(step));
    }

    std::vector<std::pair<Row, std::vector<double>>> rows;
    rows.push_back({f.input(), {}});
    if (!layer.is_pooling()) rows.push_back({f.kernel(), {}});
    rows.push_back({f.products(), all_products});
    rows.push_back({f.output(), all_outputs});

    Plane window{"window", {}, {}}, signals{"signals", {}, {}}, page{"labels", {}, {}};
    const double top = options.labels ? row_top : (page_height - row_height * static_cast<double>(rows.size())) / 2;
    const double bands = row_height * static_cast<double>(rows.size() - 1);
    Color band = theme.covered;
    band.a = 70;
    window.items.push_back(Shape{"window", Shape::Kind::box, {}, {f.x(f.window() - 0.5), top, f.step_px * f.s.wide.extent(), bands}, 4, band,
                                 {theme.window, thick_px}});
    for (std::size_t n = 0; n < rows.size(); ++n) {
        const auto& [row, all] = rows[n];
        const double y = top + row_height * static_cast<double>(n);
        const auto [least, most] = range_of(row, all);
        add_row(signals, f, row, y, least, most);
        if (!options.labels) continue;
        add_plane_title(page, {margin, y + 40}, row.name, row.shape, theme, options.language);
        if (!row.more.empty())
            page.items.push_back(Text{row.name + " more", {margin, y + 60}, row.more, small_size, Anchor::start, Weight::regular, theme.muted});
    }
    scene.planes = {std::move(window), std::move(signals)};
    if (!options.labels) return scene;
    add_head(page, options, parameters_text(layer, words_form, options.language), moment_text(recording, moment, options.language));
    add_sum(page, {margin, sum_top, page_width - 2 * margin, 2 * sum_line_px}, recording, moment, options);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
