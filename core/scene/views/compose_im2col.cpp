// im2col: each window of the input as a column of one matrix, the filters as the rows of another, the output their
// product. The three stand as one multiplies by hand: filters at the left, columns above, each output where its row and
// column meet.
#include <fmt/format.h>

#include <algorithm>

#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/unrolled.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/layer_planes.hpp"
#include "core/scene/pieces/legend.hpp"
#include "core/scene/pieces/sum_line.hpp"
#include "core/scene/views/compose.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace im2col_view {
namespace {

using arith::Index;

constexpr double margin = 5 * unit_px, top = 112, bottom = 434, sum_top = 466;
constexpr double gap = 30, largest_cell = 36, least_cell = 4, words_width = 190;
constexpr double room_wide = page_width - 2 * margin - words_width - 2 * gap, room_high = bottom - top - gap;

struct Sizes {
    Index taps, places, filters;  // rows of the columns' matrix, its columns, rows of the filters'
};
Sizes sizes_of(const arith::Layer& layer) {
    const arith::Extents extents(layer);
    return {layer.group_in() * extents.kernel_volume, extents.out_volume, layer.group_out()};
}
double cell_of(const Sizes& s) {
    return fitting_cell(room_wide, room_high, static_cast<double>(s.taps + s.filters),
                        static_cast<double>(s.taps + s.places), largest_cell);
}

struct Figure {
    LayerPlanes p;
    Sizes sizes;
    arith::Columns matrix;
    Index row_now = -1, column, filter;  // of this moment
    SheetBox columns, filters, outputs;

    Figure(const arith::Recording& r, const Moment& m, const ViewOptions& options)
        : p(r, m, options), sizes(sizes_of(r.layer())), matrix(arith::columns_of(r, p.group)) {
        column = p.step.number % sizes.places;
        filter = p.step.channel % sizes.filters;
        if (p.now) {
            const Place q = p.in_kernel(*p.now);
            row_now = ((p.now->in_channel - p.first_in) * p.high.kernel + q.row) * p.wide.kernel + q.column;
        }
        const double cell = cell_of(sizes);
        columns.cell_px = filters.cell_px = outputs.cell_px = cell;
        columns.rows = filters.columns = static_cast<int>(sizes.taps);
        columns.columns = outputs.columns = static_cast<int>(sizes.places);
        filters.rows = outputs.rows = static_cast<int>(sizes.filters);
        const double left =
            margin + std::max(0.0, (room_wide - cell * static_cast<double>(sizes.taps + sizes.places)) / 2);
        filters.at = {left, top + columns.height() + gap};
        columns.at = {filters.right() + gap, top};
        outputs.at = {columns.at.x, filters.at.y};
    }

    Plane windows() const {
        const Theme& t = p.theme;
        Plane plane = sheet_plane("columns", columns, p.edge(), [&](int r, int c) {
            const std::size_t n = matrix.place(r, c);
            const bool of_step = c == column, now = of_step && r == row_now;
            CellLook look{{},
                          number_text(matrix.values[n], 2),
                          now                             ? t.on_tap
                          : matrix.on_input[n] || of_step ? t.on_cell
                                                          : t.muted,
                          now};
            if (now)
                look.fill = t.tap;
            else if (of_step)
                look.fill = t.covered;
            else if (matrix.on_input[n])
                look.fill = t.input;
            return matrix.on_input[n] && !now ? look.by_value(p.maps.input, matrix.values[n]) : look;
        });
        plane.items.push_back(cells_outline("window", 0, static_cast<double>(column), columns.rows, 1,
                                            window_stroke(t, columns.cell_px)));
        return plane;
    }
    Plane weights() const {
        const Theme& t = p.theme;
        std::vector<std::vector<float>> rows;
        for (Index n = 0; n < sizes.filters; ++n)
            rows.push_back(arith::filter_row(p.recording, p.group * sizes.filters + n));
        Plane plane = sheet_plane("filters", filters, p.edge(), [&](int r, int c) {
            const bool now = r == filter && c == row_now;
            const float value = rows[static_cast<std::size_t>(r)][static_cast<std::size_t>(c)];
            const CellLook look{now ? t.tap : t.kernel, number_text(value, 2), now ? t.on_tap : t.on_cell, now};
            return now ? look : look.by_value(p.maps.kernel, value);
        });
        plane.items.push_back(cells_outline("filter", static_cast<double>(filter), 0, 1, filters.columns,
                                            window_stroke(t, columns.cell_px)));
        return plane;
    }
    Plane products() const {
        const Theme& t = p.theme;
        Plane plane = sheet_plane("products", outputs, p.edge(), [&](int r, int c) {
            const Index number = (p.group * sizes.filters + r) * sizes.places + c;
            if (number > p.step.number) return CellLook{};
            const float value = value_at(p.recording, p.recording.step(number), p.moment);
            return CellLook{t.output, number_text(value, 2), t.on_cell, number == p.step.number}.by_value(p.maps.output,
                                                                                                          value);
        });
        plane.items.push_back(cells_outline("output cell", static_cast<double>(filter), static_cast<double>(column), 1,
                                            1, window_stroke(t, columns.cell_px)));
        return plane;
    }
    // In the corner that the three leave free, where it is large enough.
    std::string input_title() const {
        return p.layer.in_channels > 1 ? trf(p.language, "Input, channel {}", p.channel_now())
                                       : tr(p.language, "Input");
    }
    SheetBox input_box() const {
        const double wide = columns.at.x - filters.at.x - 16, high = filters.at.y - top - 50;
        SheetBox box{{},
                     high > 0 ? fitting_cell(wide, high, p.high.total, p.wide.total, largest_cell) : 0,
                     p.high.total,
                     p.wide.total};
        box.at = {filters.at.x, top + 22};
        return box;
    }
    bool has_input() const {
        return input_box().cell_px >= 8 &&
               text_width(input_title(), label_size, Weight::semibold) < columns.at.x - filters.at.x - 8;
    }
};

void add_labels(Plane& page, const Figure& f, const ViewOptions& options) {
    const LayerPlanes& p = f.p;
    const Theme& t = p.theme;
    add_head(page, options, parameters_text(p.layer, words_form, options.language),
             moment_text(p.recording, p.moment, options.language));
    const std::string group =
        p.layer.groups > 1 ? trf(p.language, ", group {} of {}", p.group + 1, p.layer.groups) : "";
    const double x = page_width - margin - words_width;
    if (f.has_input())
        page.items.push_back(note("Input title", {f.input_box().at.x, top + 12}, f.input_title(), t.text, label_size,
                                  Anchor::start, Weight::semibold));
    add_plane_title(page, {f.columns.at.x, top - 10}, "Windows",
                    fmt::format("{}×{}{}", f.sizes.taps, f.sizes.places, group), t, p.language);
    add_plane_title(page, {f.filters.at.x, f.filters.at.y - 8}, "Filters",
                    fmt::format("{}×{}", f.sizes.filters, f.sizes.taps), t, p.language);
    add_plane_title(page, {f.outputs.at.x, f.outputs.bottom() + 17}, "Output",
                    fmt::format("{}×{}", f.sizes.filters, f.sizes.places), t, p.language);
    std::string says =
        trf(p.language,
            "Column {} is this step's window, cell by cell{}. Row {} is the filter in the same order. Their product is "
            "where the two meet.",
            f.column, p.layer.group_in() > 1 ? tr(p.language, ", one channel after the other") : "", f.filter);
    double y = add_paragraph(page, "says", {x, top + 12}, says, words_width, t.text, label_size, 21);
    const Index cells = f.sizes.taps * f.sizes.places, inputs = p.layer.group_in() * arith::Extents(p.layer).in_volume;
    says = p.layer.is_transposed() ? tr(p.language,
                                        "The input has zeros inserted between its cells and the kernel is rotated by "
                                        "180°; so most products are with 0.")
                                   : trf(p.language,
                                         "The price: {} numbers in the columns, where the input has {}. The gain: one "
                                         "large matrix product, which hardware does best.",
                                         count_text(cells), count_text(inputs));
    add_paragraph(page, "price", {x, y + 34}, says, words_width, t.muted, small_size, 17);
    add_sum(page, {margin, sum_top, page_width - 2 * margin, 2 * sum_line_px}, p.recording, p.moment, options);
}

}  // namespace
}  // namespace im2col_view

std::string not_im2col(const arith::Layer& layer) {
    using namespace im2col_view;
    if (layer.rank() > 2)
        return fmt::format("The im2col view draws layers of rank 1 and 2; this one has rank {}.", layer.rank());
    if (layer.is_pooling()) return "The im2col view draws layers with filters; a pooling layer has none.";
    const Sizes s = sizes_of(layer);
    if (s.taps < 10'000 && s.places < 10'000 && s.filters < 10'000 && cell_of(s) >= least_cell) return "";
    return fmt::format(
        "The im2col view draws matrices that fit on a page; this layer's windows are {}×{} and its filters {}×{}.",
        count_text(s.taps), count_text(s.places), count_text(s.filters), count_text(s.taps));
}

Scene compose_im2col(const Subject& subject, const Moment& moment, const ViewOptions& options) {
    using namespace im2col_view;
    const Figure f(subject.recording, moment, options);
    Scene scene = empty_page(
        options, trf(options.language, "{}: windows as columns, filters as rows, and their product, the output, {}",
                     options.title, moment_text(subject.recording, moment, options.language)));
    if (f.has_input()) scene.planes.push_back(f.p.input(f.p.channel_now(), f.input_box()));
    scene.planes.push_back(f.windows());
    scene.planes.push_back(f.weights());
    scene.planes.push_back(f.products());
    if (f.p.maps.any()) border_outlines(scene, f.p.theme);
    if (!options.labels) return scene;
    Plane page{"labels", {}, {}};
    add_labels(page, f, options);
    add_legend(page, f.p.maps, f.p.theme, options.language);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
