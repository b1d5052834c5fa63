#include "core/scene/columns/compose_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/arith/layer/output_size.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/layer_planes.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/legend.hpp"
#include "core/scene/pieces/sum_line.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace columns_view {
namespace {

using arith::Index;

constexpr double margin = 5 * unit_px, gap = 9 * unit_px, planes_top = 128, planes_bottom = 408, words_y = 452,
                 sum_top = 466, title_room = 34, least_cell = 4, largest_cell = 48, largest_cell_elsewhere = 64;

// The cells of one window in one channel, and the windows.
struct Matrix {
    int rows, columns;
};

Matrix matrix_of(const arith::Layer& layer) {
    const arith::Extents e(layer);
    return {static_cast<int>(std::min<Index>(layer.window_cells(), 10'000)),
            static_cast<int>(std::min<Index>(layer.kind().folds ? e.in_volume : e.out_volume, 10'000))};
}

// The picture and the matrix beside it, or below it where that makes the cells larger; an unfold reads the picture.
struct Boxes {
    SheetBox picture, matrix;
    double sum_top = 0, words_y = 0;
    bool below = false;
};

Boxes lay_out(const Matrix& matrix, int rows, int columns, bool picture_first, const PageSize& page, double extra) {
    const double top = planes_top + extra, bottom = planes_bottom + page.higher(), wide = page.width - 2 * margin,
                 high = bottom - top, largest = page.is_slide() ? largest_cell : largest_cell_elsewhere;
    const double beside =
        fitting_cell(wide - gap, high, std::max(rows, matrix.rows), columns + matrix.columns, largest);
    const double stacked =
        fitting_cell(wide, high - title_room - gap / 2, rows + matrix.rows, std::max(columns, matrix.columns), largest);
    Boxes b;
    b.below = !page.is_slide() && stacked > 1.15 * beside;
    const double cell = b.below ? stacked : beside;
    b.picture = {{}, cell, rows, columns};
    b.matrix = {{}, cell, matrix.rows, matrix.columns};
    SheetBox &first = picture_first ? b.picture : b.matrix, &second = picture_first ? b.matrix : b.picture;
    if (b.below) {
        const double used = first.height() + second.height() + title_room + gap / 2;
        first.at = {std::round((page.width - first.width()) / 2), std::round(top + std::max(0.0, (high - used) / 2))};
        second.at = {std::round((page.width - second.width()) / 2), first.bottom() + title_room + gap / 2};
    } else {
        const double left = std::round((page.width - first.width() - second.width() - gap) / 2);
        first.at = {left, std::round(top + (high - first.height()) / 2)};
        second.at = {left + first.width() + gap, std::round(top + (high - second.height()) / 2)};
    }
    b.sum_top = sum_top + page.higher();
    b.words_y = words_y + page.higher();
    return b;
}

struct Figure {
    LayerPlanes p;
    const ViewOptions& options;
    bool folds;
    Matrix matrix;
    Boxes b;
    Index channel;  // of the picture

    Figure(const arith::Recording& r, const Moment& m, const ViewOptions& o)
        : p(r, m, o), options(o), folds(p.layer.kind().folds), matrix(matrix_of(p.layer)),
          b(lay_out(matrix, folds ? p.high.output : p.high.total, folds ? p.wide.output : p.wide.total, !folds, o.page,
                    head_extra(o, parameters_text(p.layer, words_form, o.language)))),
          channel(folds ? p.step.channel : p.first_in) {}

    Index first_row() const { return channel * p.layer.window_cells(); }  // of the channel in the whole matrix

    // The step's row and column of an unfold.
    int row() const { return static_cast<int>(p.step.channel - first_row()); }
    int column() const { return static_cast<int>(arith::index_of(p.step.output, p.recording.extents().out, 2)); }

    Plane picture() const {
        if (!folds) {
            Plane plane = p.input(channel, b.picture);
            // The cell that this step copies is marked even where no tap is chosen.
            const Place at = p.padded_place(p.taps.front().at);
            plane.items.push_back(cells_outline("copied", at.row, at.column, 1, 1, {p.theme.tap, window_px}));
            return plane;
        }
        Plane plane = p.output(channel, b.picture);
        add_counts(plane);
        return plane;
    }

    // How many windows have a cell, in its corner.
    void add_counts(Plane& plane) const {
        if (b.picture.cell_px < 24) return;
        for (int r = 0; r < b.picture.rows; ++r)
            for (int c = 0; c < b.picture.columns; ++c) {
                const arith::Step step = p.recording.step(p.recording.step_at(channel, {r, c, 0}));
                plane.items.push_back(note(fmt::format("count {} {}", r, c), {(c + 0.94) * 1.0, r + 0.92},
                                           fmt::format("×{}", p.recording.tap_count(step)),
                                           p.is_made(channel, r, c) ? p.theme.on_kernel_hint : p.theme.muted,
                                           std::max(0.24, 0.85 * least_size / b.picture.cell_px), Anchor::end));
            }
    }

    CellLook unfolded_look(int r, int c) const {
        const Theme& t = p.theme;
        const bool of_step = c == column(), now = of_step && r == row();
        const Index number = p.recording.step_at(first_row() + r, arith::cell_at(c, p.recording.extents().out, 2));
        if (!of_step && number > p.step.number) return {};
        const float value = p.recording.value(p.recording.step(number));
        const CellLook look{now       ? t.tap
                            : of_step ? t.covered
                                      : t.output,
                            number_text(value, 2), now ? t.on_tap : t.on_cell, now};
        return of_step ? look : look.by_value(p.maps.output, value);
    }

    CellLook folded_look(int r, int c) const {
        const Theme& t = p.theme;
        const arith::Cell at = arith::cell_at(c, p.recording.extents().in, 2);
        const auto tap = std::find_if(p.taps.begin(), p.taps.end(),
                                      [&](const arith::Tap& one) { return one.weight_channel == r && one.at == at; });
        const bool used = tap != p.taps.end(), now = used && &*tap == p.now;
        const float value = p.recording.input_value(first_row() + r, at);
        const CellLook look{now    ? t.tap
                            : used ? t.covered
                                   : t.input,
                            number_text(value, 2), now ? t.on_tap : t.on_cell, now};
        return used ? look : look.by_value(p.maps.input, value);
    }

    Plane sheet() const {
        Plane plane = sheet_plane("columns", {folds ? Content::columns : Content::products}, b.matrix, p.edge(),
                                  [this](int r, int c) { return folds ? folded_look(r, c) : unfolded_look(r, c); });
        const Stroke stroke = window_stroke(p.theme, b.matrix.cell_px);
        if (!folds) {
            plane.items.push_back(mark_outline(Mark::window, 0, column(), b.matrix.rows, 1, stroke));
            return plane;
        }
        for (const arith::Tap& tap : p.taps)
            plane.items.push_back(
                cells_outline(fmt::format("tap {}", tap.number), static_cast<double>(tap.weight_channel),
                              static_cast<double>(arith::index_of(tap.at, p.recording.extents().in, 2)), 1, 1, stroke));
        return plane;
    }

    // The windows that have the cell of a fold's step, where they lie on the picture.
    Plane windows() const {
        const SheetBox& box = b.picture;
        Plane plane{"windows", Affine::scale_and_move(box.cell_px, box.at.x, box.at.y), {}, {Content::window}};
        for (const arith::Tap& tap : p.taps) {
            if (p.now && &tap != p.now) continue;
            double from[2], to[2];
            for (int a = 0; a < 2; ++a) {
                const arith::Axis& axis = p.layer.axes[static_cast<std::size_t>(a)];
                const auto begin = static_cast<double>(tap.at[a] * axis.stride - axis.pad_before),
                           end = begin + static_cast<double>(arith::kernel_extent(axis));
                from[a] = std::max(begin, 0.0);
                to[a] = std::min(end, static_cast<double>(a == 0 ? box.rows : box.columns));
            }
            plane.items.push_back(cells_outline(fmt::format("window {}", tap.number), from[0], from[1], to[0] - from[0],
                                                to[1] - from[1], {p.theme.window, thick_px, dash_px}));
        }
        return plane;
    }

    std::string words() const {
        const std::string cell = cell_text(2, p.step.output);
        if (folds && p.taps.empty()) return trf(p.language, "No window has cell {}, so it is 0.", cell);
        if (folds && p.taps.size() == 1) return trf(p.language, "One window has cell {}; its copy is the value.", cell);
        if (folds)
            return trf(p.language, "{} windows have cell {}; their copies of it, one from each column, are added.",
                       count_text(static_cast<Index>(p.taps.size())), cell);
        return trf(p.language, "Window {} becomes column {}, row by row; row {} is its cell {}.", column(), column(),
                   first_row() + row(), cell_text(2, p.taps.front().kernel));
    }
};

void add_labels(Plane& page, const Figure& f) {
    const LayerPlanes& p = f.p;
    const Theme& t = p.theme;
    add_head(page, f.options, parameters_text(p.layer, words_form, p.language),
             moment_text(p.recording, p.moment, p.language));
    const Index channels = p.layer.channel_groups();
    const std::string one = channels > 1 ? trf(p.language, ", channel {} of {}", f.channel + 1, channels) : "";
    const SheetBox &picture = f.b.picture, &matrix = f.b.matrix;
    add_plane_title(
        page, {picture.at.x, picture.at.y - 12}, f.folds ? "Output" : "Input",
        fmt::format("{}×{}{}", f.folds ? p.high.output : p.high.input, f.folds ? p.wide.output : p.wide.input, one), t,
        p.language);
    add_plane_title(page, {matrix.at.x, matrix.at.y - 12}, "Windows",
                    fmt::format("{}×{}{}", f.matrix.rows * channels, f.matrix.columns, one), t, p.language);
    const SheetBox &first = f.folds ? matrix : picture, &second = f.folds ? picture : matrix;
    if (!f.b.below) {
        const double y = (std::max(first.at.y, second.at.y) + std::min(first.bottom(), second.bottom())) / 2;
        add_arrow(page, "becomes", {first.right() + 16, y}, {second.at.x - 16, y}, t.muted);
    }
    add_lines_above(page, "says", f.b.words_y, f.words(), f.options.page, t.muted);
    add_sum(page, {margin, f.b.sum_top, f.options.page.width - 2 * margin, 2 * sum_line_px}, p.recording, p.moment,
            f.options);
    add_legend(page, p.maps, f.options);
}

}  // namespace
}  // namespace columns_view

std::string not_columns(const arith::Layer& layer) {
    using namespace columns_view;
    const Matrix m = matrix_of(layer);
    const arith::Extents e(layer);
    const arith::Cell& size = layer.kind().folds ? e.out : e.in;
    if (size[0] < 1000 && size[1] < 1000 &&
        lay_out(m, static_cast<int>(size[0]), static_cast<int>(size[1]), true, {}, 0).matrix.cell_px >= least_cell)
        return "";
    return fmt::format("The im2col view draws matrices that fit on a page; this layer's windows are {}×{}.",
                       count_text(m.rows), count_text(m.columns));
}

Scene compose_columns(const arith::Recording& recording, const Moment& moment, const ViewOptions& options) {
    using namespace columns_view;
    const Figure f(recording, moment, options);
    Scene scene = empty_page(options, trf(options.language, "{}: the picture and its windows as columns, {}",
                                          options.title, moment_text(recording, moment, options.language)));
    scene.planes.push_back(f.picture());
    scene.planes.push_back(f.sheet());
    if (f.folds) scene.planes.push_back(f.windows());
    if (f.p.maps.any()) border_outlines(scene, f.p.theme);
    if (!options.labels) return scene;
    Plane page{"labels", {}, {}, {Content::labels}};
    add_labels(page, f);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
