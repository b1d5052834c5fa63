// The channels view: a convolution of many channels in two steps, first each kernel on its own channel, then the sum
// over the channels and the bias; or both at once. Beside it, which filter sees which channels.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/arith/layer/output_size.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/channel_links.hpp"
#include "core/scene/pieces/layer_planes.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/legend.hpp"
#include "core/scene/pieces/sum_line.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/views/compose.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace channels_view {
namespace {

using arith::Index;

constexpr int most_rows = 4, longest_plane = 28;
constexpr Index most_channels = 4096, most_taps = 50'000;

struct Row {
    Index channel = 0;
    double y = 0;
    bool gap_before = false;  // channels are omitted above it
};

// One row per shown channel with its input, its kernel and its map. The sum of the maps and the output are centred
// beside the rows, followed by the links from channels to filters; the written sum is at the bottom.
struct ChannelsLayout {
    double margin = 5 * unit_px, top = 112, sum_top = 462, sign_room = 26, ellipsis_height = 18;
    double links_left = 740, links_right = page_width - margin, links_top = 112;
    bool has_links = true;  // not on a page without room for them beside the rows
    std::vector<Row> rows;
    double cell_px = 1, row_height = 1;
    double input_x = 0, kernel_x = 0, map_x = 0, sum_x = 0, output_x = 0;

    SheetBox grid(double x, double y, int rows_high, int columns) const {
        return {{x, y + (row_height - cell_px * rows_high) / 2}, cell_px, rows_high, columns};
    }
    double middle_y() const { return (rows.front().y + rows.back().y + row_height) / 2; }
};

ChannelsLayout lay_out_channels(std::vector<Row> rows, const SlidingAxis& high, const SlidingAxis& wide,
                                bool all_at_once, const PageSize& page, double extra) {
    constexpr double names_width = 80, row_gap = 14, least_width_with_links = 800, shape_room = 44;
    ChannelsLayout l;
    const double largest_cell = page.is_slide() ? 26 : 48;
    l.top += extra;
    l.links_top += extra;
    l.sum_top += page.higher();
    l.links_left += page.wider();
    l.links_right += page.wider();
    l.has_links = page.width >= least_width_with_links;
    const double bottom = 446 + page.higher() - (l.has_links ? 0 : shape_room),
                 figure_right = l.has_links ? 690 + page.wider() : page.width - l.margin;
    if (!l.has_links) l.links_left = l.margin;
    const int gaps =
        static_cast<int>(std::count_if(rows.begin(), rows.end(), [](const Row& row) { return row.gap_before; }));
    const int highest = std::max({high.total, high.kernel, high.output});
    const auto count = static_cast<double>(rows.size());
    l.cell_px = fitting_cell(figure_right - l.margin - names_width,
                             (bottom - l.top - gaps * l.ellipsis_height - (count - 1) * row_gap) / count, highest,
                             wide.total, largest_cell);
    // Each column is as wide as its cells or its title, whichever is wider.
    auto place_columns = [&] {
        auto width = [&](int cells, double title) { return std::max(l.cell_px * cells, title); };
        l.input_x = l.margin + names_width;
        l.kernel_x = l.input_x + width(wide.total, 36) + l.sign_room;
        l.map_x = l.kernel_x + width(wide.kernel, 44) + l.sign_room;
        l.sum_x = l.map_x + width(wide.output, 30) + l.sign_room + 14;
        l.output_x = all_at_once ? l.map_x + 100 : l.sum_x + width(wide.output, 68) + l.sign_room + 14;
    };
    for (place_columns(); l.output_x + l.cell_px * wide.output > figure_right && l.cell_px > 1; place_columns())
        l.cell_px *= 0.97;
    l.row_height = l.cell_px * highest;
    double y =
        l.top +
        std::max(0.0, (bottom - l.top - gaps * l.ellipsis_height - count * l.row_height - (count - 1) * row_gap) / 2);
    for (Row& row : rows) {
        if (row.gap_before) y += l.ellipsis_height;
        row.y = y;
        y += l.row_height + row_gap;
    }
    l.rows = std::move(rows);
    return l;
}

struct ChannelsFigure {
    LayerPlanes p;
    const ViewOptions& options;
    ChannelsLayout l;
    std::optional<ValueMap> parts;  // for the maps and their sum

    ChannelsFigure(const arith::Recording& r, const Moment& m, const ViewOptions& o)
        : p(r, m, o), options(o),
          l(lay_out_channels(shown_rows(), p.high, p.wide, o.all_at_once, o.page,
                             head_extra(o, parameters_text(r.layer(), words_form, o.language)))) {
        if (p.maps.any() && !options.all_at_once) parts = map_of_parts();
    }

    // The channels of this step's group: all of them, or the first, the current and the last one.
    std::vector<Row> shown_rows() const {
        const Index first = p.first_in, count = p.layer.group_in();
        if (count <= most_rows) {
            std::vector<Row> rows;
            for (Index n = 0; n < count; ++n) rows.push_back({first + n, 0, false});
            return rows;
        }
        const Index middle = std::clamp<Index>(p.channel_now() - first, 1, count - 2);
        return {{first, 0, false}, {first + middle, 0, middle > 1}, {first + count - 1, 0, middle < count - 2}};
    }

    // Covers all final values of the maps and their sum, so that a colour has the same meaning at every moment.
    ValueMap map_of_parts() const {
        arith::Tensor all{{}, {}};
        for (int r = 0; r < p.high.output; ++r)
            for (int c = 0; c < p.wide.output; ++c) {
                for (const Row& row : l.rows) all.values.push_back(whole_subtotal(row.channel, r, c));
                const arith::Step step = step_at(r, c);
                all.values.push_back(p.recording.value(step) - p.recording.bias(step));
            }
        return map_of(all, p.theme);
    }

    // The sum of one channel's products for an output cell up to this moment; nothing before the channel's first
    // product.
    std::optional<float> subtotal(Index channel, int row, int column) const {
        const Place own = p.output();
        if (p.now && own.row == row && own.column == column) {
            if (p.now->in_channel < channel) return std::nullopt;
            float sum = 0;
            for (const arith::Tap& tap : p.taps)
                if (tap.in_channel == channel && tap.number <= p.now->number) sum += tap.product;
            return sum;
        }
        return whole_subtotal(channel, row, column);
    }
    // Loops over the kernel as it lies, because visiting the taps of all channels for one of them would be slow.
    float whole_subtotal(Index channel, int row, int column) const {
        float sum = 0;
        for (int r = 0; r < p.high.kernel; ++r)
            for (int c = 0; c < p.wide.kernel; ++c)
                sum += p.padded_value(channel, p.high.window(row) + r * p.high.dilation,
                                      p.wide.window(column) + c * p.wide.dilation) *
                       p.weight(channel - p.first_in, r, c);
        return sum;
    }
    arith::Step step_at(int row, int column) const {
        return p.recording.step(p.recording.step_at(p.step.channel, p.cell(row, column)));
    }
    bool is_made(int row, int column) const { return p.is_made(p.step.channel, row, column); }

    Plane map(const Row& row) const {
        const Place at = p.output();
        Plane plane = sheet_plane(
            fmt::format("output slab {}, map {}", p.step.channel, row.channel),
            slab_role(Content::output, p.step.channel, Aspect::map, static_cast<int>(row.channel)),
            l.grid(l.map_x, row.y, p.high.output, p.wide.output), p.edge(), [&](int r, int c) {
                if (!is_made(r, c)) return CellLook{};
                const auto sum = subtotal(row.channel, r, c);
                if (!sum) return CellLook{};
                const bool latest = at.row == r && at.column == c;
                return CellLook{p.theme.input_second, number_text(*sum, 2), p.theme.on_cell, latest}.by_value(parts,
                                                                                                              *sum);
            });
        plane.items.push_back(
            mark_outline(Mark::output_cell, at.row, at.column, 1, 1, window_stroke(p.theme, l.cell_px)));
        return plane;
    }
    // The sum of the maps, before the bias.
    Plane sum() const {
        const Place at = p.output();
        Plane plane = sheet_plane(
            fmt::format("output slab {}, sum", p.step.channel), slab_role(Content::output, p.step.channel, Aspect::sum),
            l.grid(l.sum_x, l.middle_y() - l.row_height / 2, p.high.output, p.wide.output), p.edge(),
            [&](int r, int c) {
                const bool latest = at.row == r && at.column == c;
                if (!is_made(r, c) || (latest && p.now)) return CellLook{};
                const arith::Step step = step_at(r, c);
                const float value = p.recording.value(step) - p.recording.bias(step);
                return CellLook{p.theme.input_second, number_text(value, 2), p.theme.on_cell, latest}.by_value(parts,
                                                                                                               value);
            });
        plane.items.push_back(
            mark_outline(Mark::output_cell, at.row, at.column, 1, 1, window_stroke(p.theme, l.cell_px)));
        return plane;
    }
    Plane output() const {
        const SheetBox box = l.grid(l.output_x, l.middle_y() - l.row_height / 2, p.high.output, p.wide.output);
        if (options.all_at_once || !p.now) return p.output(p.step.channel, box);
        // The output cell is computed after all channels have been added.
        const Place at = p.output();
        Plane plane =
            sheet_plane(fmt::format("output slab {}", p.step.channel), slab_role(Content::output, p.step.channel), box,
                        p.edge(), [&](int r, int c) {
                            if (!is_made(r, c) || (at.row == r && at.column == c)) return CellLook{};
                            const float value = p.made(p.step.channel, r, c);
                            return CellLook{p.theme.output, number_text(value, 2), p.theme.on_cell, false}.by_value(
                                p.maps.output, value);
                        });
        plane.items.push_back(
            mark_outline(Mark::output_cell, at.row, at.column, 1, 1, window_stroke(p.theme, l.cell_px)));
        return plane;
    }
};

void add_sign(Plane& page, const ChannelsFigure& f, double x, double y, const std::string& sign) {
    page.items.push_back(note("sign " + sign, {x, centred_baseline(y, 20)}, sign, f.p.theme.muted, 20, Anchor::middle));
}

void add_equations(Plane& page, const ChannelsFigure& f) {
    const LayerPlanes& p = f.p;
    const double size = small_size;
    for (const Row& row : f.l.rows) {
        const double y = row.y + f.l.row_height / 2;
        page.items.push_back(note(fmt::format("channel {}", row.channel), {f.l.margin, centred_baseline(y, size)},
                                  trf(p.language, "Channel {}", row.channel), p.theme.text, size));
        if (row.gap_before)
            page.items.push_back(note(fmt::format("left out before {}", row.channel),
                                      {f.l.margin + 16, row.y - f.l.ellipsis_height / 2 + 2}, "…", p.theme.muted,
                                      label_size));
        add_sign(page, f, f.l.kernel_x - f.l.sign_room / 2, y, "*");
        if (!f.options.all_at_once) add_sign(page, f, f.l.map_x - f.l.sign_room / 2, y, "=");
    }
    // A bracket over all channels, leading to their sum.
    const double x = f.options.all_at_once ? f.l.map_x - f.l.sign_room + 10
                                           : f.l.map_x + f.l.cell_px * p.wide.output + 8,
                 high = f.l.rows.front().y, low = f.l.rows.back().y + f.l.row_height, middle = f.l.middle_y();
    page.items.push_back(
        Line{"bracket", {{x, high}, {x + 7, high}, {x + 7, low}, {x, low}}, false, {p.theme.muted, thick_px * 0.75}});
    const double to = (f.options.all_at_once ? f.l.output_x : f.l.sum_x) - 4;
    add_arrow(page, "bracket arrow", {x + 7, middle}, {to, middle}, p.theme.muted, thick_px * 0.75);
    if (f.options.all_at_once) {
        page.items.push_back(note("products", {(x + 7 + to) / 2, middle - 8},
                                  trn(p.language, {{p.recording.tap_count(p.step), "product"}}, "{} products",
                                      count_text(p.recording.tap_count(p.step))),
                                  p.theme.text, small_size, Anchor::middle));
        page.items.push_back(note("one sum", {(x + 7 + to) / 2, middle + 18}, tr(p.language, "one sum"), p.theme.text,
                                  small_size, Anchor::middle));
        return;
    }
    const std::string bias = p.recording.bias() ? number_text(p.recording.bias(p.step), 2) : "0";
    const double end = f.l.sum_x + f.l.cell_px * p.wide.output, between = (end + f.l.output_x) / 2;
    Text added =
        note("bias", {between, middle - 8}, "+ " + bias, p.theme.text, label_size, Anchor::middle, Weight::semibold);
    added.role = {Mark::bias};
    page.items.push_back(std::move(added));
    add_arrow(page, "bias arrow", {end + 5, middle}, {f.l.output_x - 5, middle}, p.theme.muted, thick_px * 0.75);
}

void add_titles(Plane& page, const ChannelsFigure& f) {
    const LayerPlanes& p = f.p;
    const double y = f.l.rows.front().y - 10;
    auto title = [&](double x, double at_y, const char* name) {
        page.items.push_back(note(fmt::format("{} title", name), {x, at_y}, tr(p.language, name), p.theme.text,
                                  small_size, Anchor::start, Weight::semibold));
    };
    title(f.l.input_x, y, "Input");
    title(f.l.kernel_x, y, "Kernel");
    const double above = f.l.grid(0, f.l.middle_y() - f.l.row_height / 2, p.high.output, p.wide.output).at.y - 8;
    if (!f.options.all_at_once) {
        title(f.l.map_x, y, "Map");
        title(f.l.sum_x, above, f.l.rows.size() > 1 ? "Maps added" : "Map");
    }
    page.items.push_back(
        note("Output title", {f.l.output_x, above},
             p.layer.out_channels > 1 ? trf(p.language, "Output {}", p.step.channel) : tr(p.language, "Output"),
             p.theme.text, small_size, Anchor::start, Weight::semibold));
}

void add_legends(Plane& page, const ChannelsFigure& f) {
    const ValueMaps& maps = f.p.maps;
    if (!maps.any()) return;
    std::vector<std::pair<std::string, const ValueMap*>> bars = {{tr(f.p.language, "Input"), &*maps.input},
                                                                 {tr(f.p.language, "Kernel"), &*maps.kernel}};
    if (f.parts) bars.push_back({tr(f.p.language, "Maps"), &*f.parts});
    if (maps.output) bars.push_back({tr(f.p.language, "Output"), &*maps.output});
    add_legend(page, bars, f.p.theme, f.p.language, f.options.page);
}

void add_links(Plane& page, const ChannelsFigure& f) {
    const LayerPlanes& p = f.p;
    const Theme& t = p.theme;
    const bool transposed = p.layer.is_transposed();
    // On a low page the links end above the sum.
    const double top = f.l.links_top,
                 shape_y = f.l.has_links ? std::min(top + 300, f.l.sum_top - 50) : f.l.sum_top - 30;
    if (f.l.has_links) {
        page.items.push_back(note("links title", {f.l.links_left, top + 4}, tr(p.language, "Channels of each filter"),
                                  t.text, label_size, Anchor::start, Weight::semibold));
        ChannelLinks{
            p,        p.layer.in_channels,      p.layer.out_channels, f.l.links_left + 22, f.l.links_right - 34,
            top + 46, shape_y - 24 - (top + 46)}
            .add(page);
        page.items.push_back(
            note("channels", {f.l.links_left, top + 34}, tr(p.language, "channels"), t.muted, small_size));
        page.items.push_back(
            note("filters", {f.l.links_right, top + 34}, tr(p.language, "filters"), t.muted, small_size, Anchor::end));
    }
    page.items.push_back(note("weight shape", {f.l.links_left, shape_y},
                              trf(p.language, "weight {}", arith::to_text(arith::weight_shape(p.layer))), t.text,
                              label_size, Anchor::start, Weight::semibold));
    const std::string order = transposed           ? tr(p.language, "channels × filters of a group × kernel")
                              : p.layer.groups > 1 ? tr(p.language, "filters × channels of a group × kernel")
                                                   : tr(p.language, "filters × channels × kernel");
    add_paragraph(page, "weight order", {f.l.links_left, shape_y + 18}, order, f.l.links_right - f.l.links_left,
                  t.muted, small_size, 15);
}

}  // namespace
}  // namespace channels_view

std::string not_channels(const arith::Layer& layer) {
    using namespace channels_view;
    if (!layer.has_weight())
        return fmt::format("The channels view draws layers with filters; {} has none.", arith::name_of(layer.op));
    if (layer.rank() > 2)
        return fmt::format("The channels view draws layers of rank 1 and 2; this one has rank {}.", layer.rank());
    bool fits = layer.in_channels <= most_channels && layer.out_channels <= most_channels;
    for (int a = 0; fits && a < layer.rank(); ++a) {
        fits = arith::padded_size(layer.axes[a]) <= longest_plane && arith::output_size(layer, a) <= longest_plane;
        fits = fits && std::max(sliding_axis(layer, a).total, sliding_axis(layer, a).kernel) <= longest_plane;
    }
    if (const Index taps = fits ? layer.group_in() * arith::Extents(layer).kernel_volume : 0; taps > most_taps)
        return fmt::format("The channels view draws up to {} products a cell; this layer has {}.",
                           count_text(most_taps), count_text(taps));
    return fits ? ""
                : fmt::format(
                      "The channels view draws planes of up to {0}×{0} cells with padding, and up to {1} channels; "
                      "this layer goes from {2} to {3}.",
                      longest_plane, most_channels, arith::to_text(arith::input_shape(layer)),
                      arith::to_text(arith::output_shape(layer)));
}

Scene compose_channels(const Subject& subject, const Moment& moment, const ViewOptions& options) {
    using namespace channels_view;
    const ChannelsFigure f(subject.recording, moment, options);
    const LayerPlanes& p = f.p;
    Scene scene = empty_page(
        options, trf(options.language, "{}: {}, {}", options.title,
                     options.all_at_once
                         ? tr(options.language, "all channels at once")
                         : tr(options.language, "each kernel on its own channel, then the sum over the channels"),
                     moment_text(subject.recording, moment, options.language)));
    for (const Row& row : f.l.rows) {
        scene.planes.push_back(p.input(row.channel, f.l.grid(f.l.input_x, row.y, p.high.total, p.wide.total)));
        scene.planes.push_back(p.kernel(row.channel, f.l.grid(f.l.kernel_x, row.y, p.high.kernel, p.wide.kernel)));
        if (!options.all_at_once) scene.planes.push_back(f.map(row));
    }
    if (!options.all_at_once) scene.planes.push_back(f.sum());
    scene.planes.push_back(f.output());
    if (p.maps.any()) border_outlines(scene, p.theme);
    Plane page{"labels", {}, {}, {Content::labels}};
    add_equations(page, f);
    if (options.labels) {
        add_head(page, options, parameters_text(p.layer, words_form, options.language),
                 moment_text(p.recording, moment, options.language));
        add_titles(page, f);
        add_links(page, f);
        add_sum(page, {f.l.margin, f.l.sum_top, options.page.width - 2 * f.l.margin, 2 * sum_line_px}, p.recording,
                moment, options, !options.all_at_once);
        add_legends(page, f);
    }
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
