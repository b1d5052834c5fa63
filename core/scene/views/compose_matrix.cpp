// A layer as its unrolled matrix C: the flattened input above the columns, the flattened output beside the rows, so
// that each output is seen to be its row times what stands above it.
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
namespace matrix_view {
namespace {

using arith::Index;

constexpr double margin = 5 * unit_px, top = 112, bottom = 410, sum_top = 462, matrix_width = 690,
                 small_right = page_width - margin;
constexpr double gap = 14, largest_cell = 28, least_cell = 4, output_room = 130;
constexpr Index most_taps = 10'000;
constexpr Index most_columns = static_cast<Index>(matrix_width / least_cell),
                most_rows = static_cast<Index>((bottom - top - gap) / least_cell) - 1;

// A flattened tensor of this shape counts its cells up in lines of `line` and channels of `channel`.
struct Flattened {
    Index line = 1, channel = 1;
};

Flattened flattened(const arith::Shape& shape) {
    Flattened f{shape.back(), 1};
    for (std::size_t n = 1; n < shape.size(); ++n) f.channel *= shape[n];
    return f;
}

struct Figure {
    const arith::Recording& recording;
    const Moment& moment;
    const Theme& theme;
    ValueMaps maps;
    arith::Unrolled matrix;
    arith::Step step;
    Index column_now = -1;  // of this moment's tap; -1 for none
    Flattened in, out;
    SheetBox box;

    Figure(const arith::Recording& r, const Moment& m, const ViewOptions& options)
        : recording(r), moment(m), theme(*options.theme), maps(value_maps(r, options)), matrix(arith::unrolled(r)),
          step(r.step(m.step)), in(flattened(arith::input_shape(r.layer()))),
          out(flattened(arith::output_shape(r.layer()))) {
        const std::vector<arith::Tap> taps = r.taps(step);
        if (const arith::Tap* tap = current_tap(taps, m); tap && tap->has_source)
            column_now = tap->in_channel * in.channel +
                         arith::index_of(tap->source, arith::input_extents(r.layer()), r.layer().rank());
        box.rows = static_cast<int>(matrix.rows);
        box.columns = static_cast<int>(matrix.columns);
        box.cell_px =
            fitting_cell(matrix_width - output_room, bottom - top - gap, box.rows + 1, box.columns, largest_cell);
        const double left = margin + std::max(0.0, (matrix_width - output_room - box.width()) / 2);
        box.at = {left, top + box.cell_px + gap + std::max(0.0, (bottom - top - gap - box.cell_px - box.height()) / 2)};
    }

    bool lit(Index column) const { return matrix.taps_at(step.number, column) > 0; }
    SheetBox input_box() const { return {{box.at.x, box.at.y - gap - box.cell_px}, box.cell_px, 1, box.columns}; }
    SheetBox output_box() const { return {{box.right() + gap, box.at.y}, box.cell_px, box.rows, 1}; }

    // Where a channel or a line of the input or the output ends.
    void add_blocks(Plane& plane) const {
        auto rule = [&](std::string name, Point from, Point to, double width) {
            plane.items.push_back(Line{std::move(name), {from, to}, false, {theme.grid, width}});
        };
        const double rows = box.rows, columns = box.columns;
        for (Index c = in.line; c < matrix.columns; c += in.line)
            rule(fmt::format("column block {}", c), {static_cast<double>(c), 0}, {static_cast<double>(c), rows},
                 c % in.channel == 0 ? window_px : thick_px * 0.75);
        for (Index r = out.line; r < matrix.rows; r += out.line)
            rule(fmt::format("row block {}", r), {0, static_cast<double>(r)}, {columns, static_cast<double>(r)},
                 r % out.channel == 0 ? window_px : thick_px * 0.75);
        plane.items.push_back(cells_outline("border", 0, 0, rows, columns, {theme.grid, thin_px}));
    }

    Plane entries() const {
        Plane plane = sheet_plane("unrolled", box, {theme.hairline, thin_px}, [&](int r, int c) {
            const bool tied = matrix.taps_at(r, c) > 0, of_step = r == step.number, now = of_step && c == column_now;
            CellLook look;
            if (tied)
                look = {now       ? theme.tap
                        : of_step ? theme.covered
                                  : matrix_entry(theme),
                        number_text(matrix.at(r, c), 2), now ? theme.on_tap : theme.on_cell, now};
            return tied && !now ? look.by_value(maps.kernel, matrix.at(r, c)) : look;
        });
        if (box.cell_px >= 5) add_blocks(plane);
        const double row = static_cast<double>(step.number);
        plane.items.push_back(cells_outline("window", row, 0, 1, box.columns, window_stroke(theme, box.cell_px)));
        return plane;
    }
    Plane input() const {
        return sheet_plane("flat input", input_box(), {theme.grid, thin_px}, [&](int, int c) {
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
        Plane plane = sheet_plane("flat output", output_box(), {theme.grid, thin_px}, [&](int r, int) {
            if (r > step.number) return CellLook{};
            const float value = value_at(recording, recording.step(r), moment);
            return CellLook{theme.output, number_text(value, 2), theme.on_cell, r == step.number}.by_value(maps.output,
                                                                                                           value);
        });
        plane.items.push_back(
            cells_outline("output cell", static_cast<double>(step.number), 0, 1, 1, window_stroke(theme, box.cell_px)));
        return plane;
    }

    // The transpose in small beside the matrix, the same row lit as a column.
    SheetBox small_box() const {
        SheetBox small{{},
                       std::min({(small_right - matrix_width - margin - 16) / box.rows, 210.0 / box.columns, 12.0}),
                       box.columns,
                       box.rows};
        small.at = {small_right - small.width(), top + 78};
        return small;
    }
    Plane small() const {
        const SheetBox at = small_box();
        Plane plane = sheet_plane("transpose", at, {theme.hairline, thin_px}, [&](int r, int c) {
            CellLook look;
            if (matrix.taps_at(c, r) > 0)
                look.fill = c == step.number ? theme.tap
                            : maps.kernel    ? maps.kernel->color(matrix.at(c, r))
                                             : matrix_entry(theme);
            return look;
        });
        plane.items.push_back(cells_outline("border", 0, 0, at.rows, at.columns, {theme.grid, thin_px}));
        return plane;
    }
};

std::string cell_text(const arith::Layer& layer, const arith::Step& step, Language in) {
    const std::string at =
        layer.rank() == 1 ? fmt::format("{}", step.output[0]) : fmt::format("{}, {}", step.output[0], step.output[1]);
    return layer.out_channels > 1 ? trf(in, "channel {} ({})", step.channel, at) : fmt::format("({})", at);
}

void add_labels(Plane& page, const Figure& f, const ViewOptions& options) {
    const Theme& theme = f.theme;
    const arith::Layer& layer = f.recording.layer();
    const bool transposed = layer.is_transposed();
    const Language in = options.language;
    const SheetBox input = f.input_box(), small = f.small_box();
    add_head(page, options, parameters_text(layer, words_form, options.language),
             moment_text(f.recording, f.moment, options.language));
    // Where the matrix is narrow, what stands over and under it begins further left.
    auto add_title = [&](double y, const char* name, const std::string& says) {
        add_plane_title(
            page,
            {std::max(margin, std::min(f.box.at.x, f.output_box().at.x - plane_title_width(name, says, in) - 8)), y},
            name, says, theme, in);
    };
    add_title(input.at.y - 10, "Input",
              trf(in, "{}, flattened to {}", arith::to_text(arith::input_shape(layer)), f.matrix.columns));
    add_title(f.box.bottom() + 22, transposed ? "Matrix C transposed" : "Matrix C",
              fmt::format("{}×{}", f.matrix.rows, f.matrix.columns));
    add_plane_title(page, {f.output_box().at.x, centred_baseline(input.middle(0, 0).y, label_size)}, "Output",
                    arith::to_text(arith::output_shape(layer)), theme, in);
    const double text_x = matrix_width + margin + 4, width = small_right - text_x;
    page.items.push_back(note("transpose title", {text_x, top + 4},
                              transposed ? tr(in, "Direct layer: C") : tr(in, "Transposed layer"), theme.text,
                              label_size, Anchor::start, Weight::semibold));
    add_paragraph(page, "transpose says", {text_x, top + 26},
                  transposed ? tr(in, "Its matrix is the transpose: this row is a column there.")
                             : tr(in, "C transposed: rows become columns, so this row is a column there."),
                  width, theme.muted, small_size, 16);
    const double below = std::max(small.bottom() + 26, top + 130.0);
    const Index entries = std::count_if(f.matrix.taps.begin(), f.matrix.taps.end(), [](int n) { return n > 0; });
    add_paragraph(
        page, "sparse", {text_x, below},
        trf(in, "{} of {} entries are weights, the same {} repeated; all others are 0.", count_text(entries),
            count_text(f.matrix.rows * f.matrix.columns),
            layer.is_pooling() ? tr(in, "number") : count_text(*arith::element_count(arith::weight_shape(layer)))),
        width, theme.muted, small_size, 16);
    page.items.push_back(
        note("row says", {margin, sum_top - 10},
             trf(in, "Row {} gives output {}: the sum of its entries times the input above them{}.", f.step.number,
                 cell_text(layer, f.step, in), layer.bias ? tr(in, ", and the bias") : ""),
             theme.muted, label_size));
    add_sum(page, {margin, sum_top, page_width - 2 * margin, 2 * sum_line_px}, f.recording, f.moment, options);
}

}  // namespace
}  // namespace matrix_view

std::string not_matrix(const arith::Layer& layer) {
    using namespace matrix_view;
    if (layer.rank() > 2)
        return fmt::format("The matrix view draws layers of rank 1 and 2; this one has rank {}.", layer.rank());
    if (layer.op == arith::Op::max_pooling)
        return "The matrix view cannot draw max pooling: a maximum is not a sum, so it has no matrix.";
    const Index rows = *arith::element_count(arith::output_shape(layer)),
                columns = *arith::element_count(arith::input_shape(layer));
    if (rows <= most_rows && columns <= most_columns) {
        const Index taps = layer.group_in() * arith::Extents(layer).kernel_volume;
        return taps <= most_taps ? ""
                                 : fmt::format("The matrix view draws up to {} products an output; this layer has {}.",
                                               count_text(most_taps), count_text(taps));
    }
    return fmt::format("The matrix view draws up to {}×{} entries, outputs by inputs; this layer's matrix has {}×{}.",
                       most_rows, most_columns, count_text(rows), count_text(columns));
}

Scene compose_matrix(const Subject& subject, const Moment& moment, const ViewOptions& options) {
    using namespace matrix_view;
    const Figure f(subject.recording, moment, options);
    Scene scene = empty_page(options, trf(options.language, "{}: the layer as a matrix times its flattened input, {}",
                                          options.title, moment_text(subject.recording, moment, options.language)));
    scene.planes = {f.input(), f.entries(), f.output()};
    if (f.maps.any()) border_outlines(scene, f.theme);
    if (!options.labels) return scene;
    scene.planes.push_back(f.small());
    Plane page{"labels", {}, {}};
    add_labels(page, f, options);
    add_legend(page, f.maps, f.theme, options.language);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
