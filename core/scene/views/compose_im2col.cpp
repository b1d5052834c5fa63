// The im2col view: the windows of the input are the columns of one matrix, the filters are the rows of another, and
// their product is the output. The matrices are placed as for multiplication by hand: filters on the left, columns
// above, and each output where its row and column meet.
#include <fmt/format.h>

#include <algorithm>

#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/unrolled.hpp"
#include "core/scene/columns/compose_columns.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/layer_planes.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/legend.hpp"
#include "core/scene/pieces/sum_line.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/views/compose.hpp"
#include "core/scene/views/matrix_labels.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace im2col_view {
namespace {

using arith::Index;

constexpr double least_cell = 4;

struct Sizes {
    Index taps, places, filters;  // rows and columns of the matrix of windows, rows of the filter matrix
};
Sizes sizes_of(const arith::Layer& layer) {
    const arith::Extents extents(layer);
    return {layer.group_in() * extents.kernel_volume, extents.out_volume, layer.group_out()};
}

// Positions of the three matrices, the input in the free corner, the texts and the written sum.
struct Im2colLayout {
    double margin = 5 * unit_px, top = 112, bottom = 434, sum_top = 466, words_width = 190;
    double words_y = 0;
    double cell = 0;
    double words_x = 0;
    SheetBox columns, filters, outputs, input;
    double input_title_room = 0;
};

Im2colLayout lay_out_im2col(const Sizes& sizes, int input_rows, int input_columns, const PageSize& page = {},
                            double extra = 0) {
    constexpr double gap = 30, largest_cell = 36, least_width_beside = 800, strip = 150;
    Im2colLayout l;
    l.top += extra;
    l.bottom += page.higher();
    l.sum_top += page.higher();
    // On a narrow page the words are in a strip below the matrices.
    const bool words_below = page.width < least_width_beside;
    if (words_below) l.bottom -= strip;
    const double wide = page.width - 2 * l.margin - (words_below ? gap : l.words_width + 2 * gap),
                 high = l.bottom - l.top - gap;
    l.words_x = words_below ? l.margin : page.width - l.margin - l.words_width;
    l.words_y = words_below ? l.bottom + 48 : l.top + 12;
    if (words_below) l.words_width = page.width - 2 * l.margin;
    l.cell = fitting_cell(wide, high, static_cast<double>(sizes.taps + sizes.filters),
                          static_cast<double>(sizes.taps + sizes.places), largest_cell);
    l.columns.cell_px = l.filters.cell_px = l.outputs.cell_px = l.cell;
    l.columns.rows = l.filters.columns = static_cast<int>(sizes.taps);
    l.columns.columns = l.outputs.columns = static_cast<int>(sizes.places);
    l.filters.rows = l.outputs.rows = static_cast<int>(sizes.filters);
    const double left = l.margin + std::max(0.0, (wide - l.cell * static_cast<double>(sizes.taps + sizes.places)) / 2);
    l.filters.at = {left, l.top + l.columns.height() + gap};
    l.columns.at = {l.filters.right() + gap, l.top};
    l.outputs.at = {l.columns.at.x, l.filters.at.y};
    const double free_wide = l.columns.at.x - l.filters.at.x - 16, free_high = l.filters.at.y - l.top - 50;
    l.input = {{l.filters.at.x, l.top + 22},
               free_high > 0 ? fitting_cell(free_wide, free_high, input_rows, input_columns, largest_cell) : 0,
               input_rows,
               input_columns};
    l.input_title_room = l.columns.at.x - l.filters.at.x - 8;
    return l;
}

struct Im2colFigure {
    LayerPlanes p;
    Sizes sizes;
    Im2colLayout l;
    arith::Columns matrix;
    Index row_now = -1, column, filter;  // of this moment

    Im2colFigure(const arith::Recording& r, const Moment& m, const ViewOptions& options)
        : p(r, m, options), sizes(sizes_of(r.layer())),
          l(lay_out_im2col(sizes, p.high.total, p.wide.total, options.page,
                           head_extra(options, parameters_text(r.layer(), words_form, options.language)))),
          matrix(arith::columns_of(r, p.group)) {
        column = p.step.number % sizes.places;
        filter = p.step.channel % sizes.filters;
        if (p.now) {
            const Place q = p.in_kernel(*p.now);
            row_now = ((p.now->in_channel - p.first_in) * p.high.kernel + q.row) * p.wide.kernel + q.column;
        }
    }

    Plane windows() const {
        const Theme& t = p.theme;
        Plane plane = sheet_plane("columns", {Content::columns}, l.columns, p.edge(), [&](int r, int c) {
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
        plane.items.push_back(
            mark_outline(Mark::window, 0, static_cast<double>(column), l.columns.rows, 1, window_stroke(t, l.cell)));
        return plane;
    }
    Plane weights() const {
        const Theme& t = p.theme;
        std::vector<std::vector<float>> rows;
        for (Index n = 0; n < sizes.filters; ++n)
            rows.push_back(arith::filter_row(p.recording, p.group * sizes.filters + n));
        Plane plane = sheet_plane("filters", {Content::filters}, l.filters, p.edge(), [&](int r, int c) {
            const bool now = r == filter && c == row_now;
            const float value = rows[static_cast<std::size_t>(r)][static_cast<std::size_t>(c)];
            const CellLook look{now ? t.tap : t.kernel, number_text(value, 2), now ? t.on_tap : t.on_cell, now};
            return now ? look : look.by_value(p.maps.kernel, value);
        });
        plane.items.push_back(
            mark_outline(Mark::filter, static_cast<double>(filter), 0, 1, l.filters.columns, window_stroke(t, l.cell)));
        return plane;
    }
    Plane products() const {
        const Theme& t = p.theme;
        Plane plane = sheet_plane("products", {Content::products}, l.outputs, p.edge(), [&](int r, int c) {
            const Index number = (p.group * sizes.filters + r) * sizes.places + c;
            if (number > p.step.number) return CellLook{};
            const float value = value_at(p.recording, p.recording.step(number), p.moment);
            return CellLook{t.output, number_text(value, 2), t.on_cell, number == p.step.number}.by_value(p.maps.output,
                                                                                                          value);
        });
        plane.items.push_back(mark_outline(Mark::output_cell, static_cast<double>(filter), static_cast<double>(column),
                                           1, 1, window_stroke(t, l.cell)));
        return plane;
    }
    std::string input_title() const {
        return p.layer.in_channels > 1 ? trf(p.language, "Input, channel {}", p.channel_now())
                                       : tr(p.language, "Input");
    }
    // The input is drawn in the free corner if the corner is large enough.
    bool has_input() const {
        return l.input.cell_px >= 8 && text_width(input_title(), label_size, Weight::semibold) < l.input_title_room;
    }
};

void add_labels(Plane& page, const Im2colFigure& f, const ViewOptions& options) {
    const LayerPlanes& p = f.p;
    const Theme& t = p.theme;
    const Im2colLayout& l = f.l;
    add_head(page, options, parameters_text(p.layer, words_form, options.language),
             moment_text(p.recording, p.moment, options.language));
    const std::string group =
        p.layer.groups > 1 ? trf(p.language, ", group {} of {}", p.group + 1, p.layer.groups) : "";
    const MatrixLabels labels{page, t, p.language, l.margin, l.words_x, l.words_width};
    if (f.has_input())
        page.items.push_back(note("Input title", {l.input.at.x, l.top + 12}, f.input_title(), t.text, label_size,
                                  Anchor::start, Weight::semibold));
    labels.title_before(options.page.width - l.margin / 2, {l.columns.at.x, l.top - 10}, "Windows",
                        fmt::format("{}×{}{}", f.sizes.taps, f.sizes.places, group));
    labels.title({l.filters.at.x, l.filters.at.y - 8}, "Filters", fmt::format("{}×{}", f.sizes.filters, f.sizes.taps));
    labels.title({l.outputs.at.x, l.outputs.bottom() + 17}, "Output",
                 fmt::format("{}×{}", f.sizes.filters, f.sizes.places));
    std::string says =
        trf(p.language,
            "Column {} is this step's window, cell by cell{}. Row {} is the filter in the same order. Their product is "
            "where the two meet.",
            f.column, p.layer.group_in() > 1 ? tr(p.language, ", one channel after the other") : "", f.filter);
    const double y = labels.paragraph("says", l.words_y, says, t.text, label_size, 21);
    const Index cells = f.sizes.taps * f.sizes.places, inputs = p.layer.group_in() * arith::Extents(p.layer).in_volume;
    says = p.layer.is_transposed() ? tr(p.language,
                                        "The input has zeros inserted between its cells and the kernel is rotated by "
                                        "180°; so most products are with 0.")
                                   : trn(p.language, {{cells, "number"}},
                                         "The price: {} numbers in the columns, where the input has {}. The gain: one "
                                         "large matrix product, which hardware does best.",
                                         count_text(cells), count_text(inputs));
    labels.paragraph("price", y + (options.page.is_narrow() ? 24 : 34), says, t.muted, small_size, 17);
    add_sum(page, {l.margin, l.sum_top, options.page.width - 2 * l.margin, 2 * sum_line_px}, p.recording, p.moment,
            options);
}

}  // namespace
}  // namespace im2col_view

std::string not_im2col(const arith::Layer& layer) {
    using namespace im2col_view;
    if (layer.rank() > 2)
        return fmt::format("The im2col view draws layers of rank 1 and 2; this one has rank {}.", layer.rank());
    if (layer.changes_channels()) return not_columns(layer);
    if (!layer.has_weight())
        return fmt::format("The im2col view draws layers with filters; {} has none.", arith::name_of(layer.op));
    const Sizes s = sizes_of(layer);
    if (s.taps < 10'000 && s.places < 10'000 && s.filters < 10'000 && lay_out_im2col(s, 1, 1).cell >= least_cell)
        return "";
    return fmt::format(
        "The im2col view draws matrices that fit on a page; this layer's windows are {}×{} and its filters {}×{}.",
        count_text(s.taps), count_text(s.places), count_text(s.filters), count_text(s.taps));
}

Scene compose_im2col(const Subject& subject, const Moment& moment, const ViewOptions& options) {
    using namespace im2col_view;
    if (subject.recording.layer().changes_channels()) return compose_columns(subject.recording, moment, options);
    const Im2colFigure f(subject.recording, moment, options);
    Scene scene = empty_page(
        options, trf(options.language, "{}: windows as columns, filters as rows, and their product, the output, {}",
                     options.title, moment_text(subject.recording, moment, options.language)));
    if (f.has_input()) scene.planes.push_back(f.p.input(f.p.channel_now(), f.l.input));
    scene.planes.push_back(f.windows());
    scene.planes.push_back(f.weights());
    scene.planes.push_back(f.products());
    if (f.p.maps.any()) border_outlines(scene, f.p.theme);
    if (!options.labels) return scene;
    Plane page{"labels", {}, {}, {Content::labels}};
    add_labels(page, f, options);
    add_legend(page, f.p.maps, options);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
