// The matrix view: a layer as its unrolled matrix C, with the flattened input above its columns and the flattened
// output beside its rows, so that each output is its row times the input above.
#include <fmt/format.h>

#include <algorithm>

#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/unrolled.hpp"
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
namespace matrix_view {
namespace {

using arith::Index;

constexpr Index most_taps = 10'000;

// A flattened tensor; `line` and `channel` are the numbers of cells per row and per channel.
struct Flattened {
    Index line = 1, channel = 1;
};

Flattened flattened(const arith::Shape& shape) {
    Flattened f{shape.back(), 1};
    for (std::size_t n = 1; n < shape.size(); ++n) f.channel *= shape[n];
    return f;
}

// Positions of the matrix, of the flattened input above and the flattened output beside it, of the small transpose with
// its text, and of the written sum.
struct MatrixLayout {
    double margin = 5 * unit_px, sum_top = 0, words_top = 112, sparse_y = 0;
    double words_x = 0, words_width = 0;
    SheetBox box, input, output, small;
};

// The room for a matrix on the page: its width, its vertical limits and the smallest cell size. On a narrow page the
// words are in a strip below it.
struct MatrixRoom {
    double top = 112, bottom = 410, width = 690, gap = 14, least_cell = 4;
    bool words_below = false;

    static constexpr double words_width = page_width - 690, below = page_height - 410, strip = 150;
    static constexpr double least_width_beside = 800;

    MatrixRoom() = default;
    MatrixRoom(const PageSize& page, double extra)
        : top(112 + extra), bottom(page.height - below), width(page.width - words_width),
          words_below(page.width < least_width_beside) {
        if (!words_below) return;
        width = page.width - 10 * unit_px;
        bottom -= strip;
    }
    Index most_columns() const { return static_cast<Index>(width / least_cell); }
    Index most_rows() const { return static_cast<Index>((bottom - top - gap) / least_cell) - 1; }
};

MatrixLayout lay_out_matrix(int rows, int columns, const PageSize& page, double extra) {
    constexpr double largest_cell = 28, output_room = 130, small_wide = 150;
    const MatrixRoom room(page, extra);
    MatrixLayout l;
    l.sum_top = page.height - (page_height - 462);
    l.words_top = room.words_below ? room.bottom + 44 : room.top;
    const double wide = room.width - output_room, high = room.bottom - room.top - room.gap;
    const double cell = fitting_cell(wide, high, rows + 1, columns, largest_cell);
    l.box = {{}, cell, rows, columns};
    l.box.at = {l.margin + std::max(0.0, (wide - l.box.width()) / 2),
                room.top + cell + room.gap + std::max(0.0, (high - cell - l.box.height()) / 2)};
    l.input = {{l.box.at.x, l.box.at.y - room.gap - cell}, cell, 1, columns};
    l.output = {{l.box.right() + room.gap, l.box.at.y}, cell, rows, 1};
    const double right = page.width - l.margin;
    if (room.words_below) {
        l.words_x = l.margin;
        l.words_width = right - l.margin - small_wide - 3 * unit_px;
        l.small = {{}, std::min({small_wide / rows, (MatrixRoom::strip - 36) / columns, 12.0}), columns, rows};
        l.small.at = {right - l.small.width(), l.words_top - 8};
        l.sparse_y = l.words_top + 76;
        return l;
    }
    l.words_x = room.width + l.margin + 4;
    l.words_width = right - l.words_x;
    l.small = {
        {},
        std::min({(right - room.width - l.margin - 16) / rows, (210.0 + std::min(page.higher(), 0.0)) / columns, 12.0}),
        columns,
        rows};
    l.small.at = {right - l.small.width(), room.top + 78};
    l.sparse_y = std::max(l.small.bottom() + 26, l.words_top + 130.0);
    return l;
}

struct MatrixFigure {
    const arith::Recording& recording;
    const Moment& moment;
    const Theme& theme;
    ValueMaps maps;
    arith::Unrolled matrix;
    MatrixLayout l;
    arith::Step step;
    Index column_now = -1;  // of the current tap; -1 for none
    Flattened in, out;

    MatrixFigure(const arith::Recording& r, const Moment& m, const ViewOptions& options)
        : recording(r), moment(m), theme(*options.theme), maps(value_maps(r, options)), matrix(arith::unrolled(r)),
          l(lay_out_matrix(static_cast<int>(matrix.rows), static_cast<int>(matrix.columns), options.page,
                           head_extra(options, parameters_text(r.layer(), words_form, options.language)))),
          step(r.step(m.step)), in(flattened(arith::input_shape(r.layer()))),
          out(flattened(arith::output_shape(r.layer()))) {
        const std::vector<arith::Tap> taps = r.taps(step);
        if (const arith::Tap* tap = current_tap(taps, m); tap && tap->has_source)
            column_now = tap->in_channel * in.channel +
                         arith::index_of(tap->source, arith::input_extents(r.layer()), r.layer().rank());
    }

    bool lit(Index column) const { return matrix.taps_at(step.number, column) > 0; }

    // Lines after each row and channel of the input and of the output.
    void add_blocks(Plane& plane) const {
        auto rule = [&](std::string name, Point from, Point to, double width) {
            plane.items.push_back(Line{std::move(name), {from, to}, false, {theme.grid, width}});
        };
        const double rows = l.box.rows, columns = l.box.columns;
        for (Index c = in.line; c < matrix.columns; c += in.line)
            rule(fmt::format("column block {}", c), {static_cast<double>(c), 0}, {static_cast<double>(c), rows},
                 c % in.channel == 0 ? window_px : thick_px * 0.75);
        for (Index r = out.line; r < matrix.rows; r += out.line)
            rule(fmt::format("row block {}", r), {0, static_cast<double>(r)}, {columns, static_cast<double>(r)},
                 r % out.channel == 0 ? window_px : thick_px * 0.75);
        plane.items.push_back(cells_outline("border", 0, 0, rows, columns, {theme.grid, thin_px}));
    }

    Plane entries() const {
        Plane plane = sheet_plane("unrolled", {Content::unrolled}, l.box, {theme.hairline, thin_px}, [&](int r, int c) {
            const bool tied = matrix.taps_at(r, c) > 0, of_step = r == step.number, now = of_step && c == column_now;
            CellLook look;
            if (tied)
                look = {now       ? theme.tap
                        : of_step ? theme.covered
                                  : matrix_entry(theme),
                        number_text(matrix.at(r, c), 2), now ? theme.on_tap : theme.on_cell, now};
            return tied && !now ? look.by_value(maps.kernel, matrix.at(r, c)) : look;
        });
        if (l.box.cell_px >= 5) add_blocks(plane);
        const double row = static_cast<double>(step.number);
        plane.items.push_back(
            mark_outline(Mark::window, row, 0, 1, l.box.columns, window_stroke(theme, l.box.cell_px)));
        return plane;
    }
    Plane input() const {
        return sheet_plane("flat input", {Content::flat_input}, l.input, {theme.grid, thin_px}, [&](int, int c) {
            const bool now = c == column_now;
            const float value = recording.input().values[static_cast<std::size_t>(c)];
            const CellLook look{now      ? theme.tap
                                : lit(c) ? theme.covered
                                         : theme.input,
                                number_text(value, 2), now ? theme.on_tap : theme.on_cell, now};
            return now ? look : look.by_value(maps.input, value);
        });
    }
    Plane output() const {
        Plane plane =
            sheet_plane("flat output", {Content::flat_output}, l.output, {theme.grid, thin_px}, [&](int r, int) {
                if (r > step.number) return CellLook{};
                const float value = value_at(recording, recording.step(r), moment);
                return CellLook{theme.output, number_text(value, 2), theme.on_cell, r == step.number}.by_value(
                    maps.output, value);
            });
        plane.items.push_back(mark_outline(Mark::output_cell, static_cast<double>(step.number), 0, 1, 1,
                                           window_stroke(theme, l.box.cell_px)));
        return plane;
    }

    // A small picture of the transpose, with the current row highlighted as a column.
    Plane small() const {
        Plane plane =
            sheet_plane("transpose", {Content::transpose}, l.small, {theme.hairline, thin_px}, [&](int r, int c) {
                CellLook look;
                if (matrix.taps_at(c, r) > 0)
                    look.fill = c == step.number ? theme.tap
                                : maps.kernel    ? maps.kernel->color(matrix.at(c, r))
                                                 : matrix_entry(theme);
                return look;
            });
        plane.items.push_back(cells_outline("border", 0, 0, l.small.rows, l.small.columns, {theme.grid, thin_px}));
        return plane;
    }
};

std::string cell_text(const arith::Layer& layer, const arith::Step& step, Language in) {
    const std::string at =
        layer.rank() == 1 ? fmt::format("{}", step.output[0]) : fmt::format("{}, {}", step.output[0], step.output[1]);
    return layer.out_channels > 1 ? trf(in, "channel {} ({})", step.channel, at) : fmt::format("({})", at);
}

void add_labels(Plane& page, const MatrixFigure& f, const ViewOptions& options) {
    const Theme& theme = f.theme;
    const MatrixLayout& l = f.l;
    const arith::Layer& layer = f.recording.layer();
    const bool transposed = layer.is_transposed();
    const Language in = options.language;
    add_head(page, options, parameters_text(layer, words_form, options.language),
             moment_text(f.recording, f.moment, options.language));
    // If the matrix is narrow, texts above and below it start further left.
    const MatrixLabels labels{page, theme, in, l.margin, l.words_x, l.words_width};
    labels.title_before(l.output.at.x, {l.box.at.x, l.input.at.y - 10}, "Input",
                        trf(in, "{}, flattened to {}", arith::to_text(arith::input_shape(layer)), f.matrix.columns));
    labels.title_before(l.output.at.x, {l.box.at.x, l.box.bottom() + 22},
                        transposed ? "Matrix C transposed" : "Matrix C",
                        fmt::format("{}×{}", f.matrix.rows, f.matrix.columns));
    labels.title({l.output.at.x, centred_baseline(l.input.middle(0, 0).y, label_size)}, "Output",
                 arith::to_text(arith::output_shape(layer)));
    labels.heading("transpose title", l.words_top + 4,
                   transposed ? tr(in, "Direct layer: C") : tr(in, "Transposed layer"));
    labels.paragraph("transpose says", l.words_top + 26,
                     transposed ? tr(in, "Its matrix is the transpose: this row is a column there.")
                                : tr(in, "C transposed: rows become columns, so this row is a column there."),
                     theme.muted, small_size, 16);
    const Index entries = std::count_if(f.matrix.taps.begin(), f.matrix.taps.end(), [](int n) { return n > 0; });
    labels.paragraph("sparse", l.sparse_y,
                     layer.has_sized_windows()
                         ? trf(in, "{} of {} entries are weights; all others are 0.", count_text(entries),
                               count_text(f.matrix.rows * f.matrix.columns))
                         : trf(in, "{} of {} entries are weights, the same {} repeated; all others are 0.",
                               count_text(entries), count_text(f.matrix.rows * f.matrix.columns),
                               !layer.has_weight() ? tr(in, "number")
                                                   : count_text(*arith::element_count(arith::weight_shape(layer)))),
                     theme.muted, small_size, 16);
    add_lines_above(page, "row says", l.sum_top - 10,
                    trf(in, "Row {} gives output {}: the sum of its entries times the input above them{}.",
                        f.step.number, cell_text(layer, f.step, in),
                        layer.padding_value != 0 ? trf(in, ", and the padding's {}", number_text(layer.padding_value))
                        : layer.bias             ? tr(in, ", and the bias")
                                                 : ""),
                    options.page, theme.muted);
    add_sum(page, {l.margin, l.sum_top, options.page.width - 2 * l.margin, 2 * sum_line_px}, f.recording, f.moment,
            options);
}

}  // namespace
}  // namespace matrix_view

std::string not_matrix(const arith::Layer& layer) {
    using namespace matrix_view;
    if (layer.rank() > 2)
        return fmt::format("The matrix view draws layers of rank 1 and 2; this one has rank {}.", layer.rank());
    if (layer.reduction() == arith::Reduction::maximum)
        return fmt::format("The matrix view cannot draw {}: a maximum is not a sum, so it has no matrix.",
                           arith::name_of(layer.op));
    if (layer.reduction() == arith::Reduction::norm)
        return "The matrix view cannot draw LP pooling: a root is not a sum, so it has no matrix.";
    const Index rows = *arith::element_count(arith::output_shape(layer)),
                columns = *arith::element_count(arith::input_shape(layer));
    const MatrixRoom room;
    if (rows <= room.most_rows() && columns <= room.most_columns()) {
        const Index taps = layer.group_in() * arith::Extents(layer).kernel_volume;
        return taps <= most_taps ? ""
                                 : fmt::format("The matrix view draws up to {} products an output; this layer has {}.",
                                               count_text(most_taps), count_text(taps));
    }
    return fmt::format("The matrix view draws up to {}×{} entries, outputs by inputs; this layer's matrix has {}×{}.",
                       room.most_rows(), room.most_columns(), count_text(rows), count_text(columns));
}

Scene compose_matrix(const Subject& subject, const Moment& moment, const ViewOptions& options) {
    using namespace matrix_view;
    const MatrixFigure f(subject.recording, moment, options);
    Scene scene = empty_page(options, trf(options.language, "{}: the layer as a matrix times its flattened input, {}",
                                          options.title, moment_text(subject.recording, moment, options.language)));
    scene.planes = {f.input(), f.entries(), f.output()};
    if (f.maps.any()) border_outlines(scene, f.theme);
    if (!options.labels) return scene;
    scene.planes.push_back(f.small());
    Plane page{"labels", {}, {}, {Content::labels}};
    add_labels(page, f, options);
    add_legend(page, f.maps, options);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
