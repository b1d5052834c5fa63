// The borders view: one row of the input in every padding mode, and what six libraries call each of them.
//
// The row is the one under the middle of this step's window. Every mode fills the same padding, also where PyTorch
// refuses it: the cells are then NumPy's, and PyTorch's column says so.
#include <fmt/format.h>

#include <algorithm>

#include "core/scene/pieces/layer_planes.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/legend.hpp"
#include "core/scene/pieces/sheet.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/views/compose.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace borders_view {
namespace {

using arith::Index;
using arith::PaddingMode;

constexpr Index longest_row = 28;
constexpr Index usual_padding = 2;

// The last axis with the padding to show: its own, or two cells if it has none.
arith::Axis padded_axis(const arith::Layer& layer) {
    arith::Axis axis = layer.axes.back();
    if (axis.pad_before + axis.pad_after == 0) axis.pad_before = axis.pad_after = usual_padding;
    return axis;
}

struct BordersLayout {
    double margin = 5 * unit_px, heads_y = 108, rows_top = 122, row_height = 57, rows_left = 176;
    double names_left = 0, notes_y = 486;
    std::array<double, arith::library_count> columns;  // the left edge of each library's names
    double cell = 0;
};

BordersLayout lay_out_borders(int cells, bool labels) {
    constexpr double name_widths[] = {68, 74, 86, 88, 60, 72}, largest_cell = 30, gap = 18;
    BordersLayout l;
    double names_width = 0;
    for (double width : name_widths) names_width += width;
    l.names_left = page_width - l.margin - names_width;
    double x = l.names_left;
    for (std::size_t n = 0; n < l.columns.size(); ++n) {
        l.columns[n] = x;
        x += name_widths[n];
    }
    if (!labels) l.rows_left = l.margin, l.names_left = page_width - l.margin + gap;
    l.cell = fitting_cell(l.names_left - gap - l.rows_left, l.row_height - 16, 1, cells, labels ? largest_cell : 40);
    return l;
}

struct BordersFigure {
    LayerPlanes p;
    arith::Axis axis;
    int cells;
    BordersLayout l;

    BordersFigure(const arith::Recording& r, const Moment& m, const ViewOptions& options)
        : p(r, m, options), axis(padded_axis(r.layer())), cells(static_cast<int>(arith::padded_size(axis))),
          l(lay_out_borders(cells, options.labels)) {}

    // The input's row under the middle of the window.
    Index row() const {
        if (p.layer.rank() == 1) return 0;
        const arith::Axis& high = p.layer.axes.front();
        return std::clamp<Index>(p.step.window[0] + (arith::kernel_extent(high) - 1) / 2, 0, high.size - 1);
    }
    // The value that a constant mode puts outside: the layer's, if it is of that mode.
    std::string outside(PaddingMode mode) const {
        if (mode == PaddingMode::zeros) return "0";
        return p.layer.padding_mode == mode ? number_text(p.layer.padding_value, 2) : "c";
    }
    bool is_refused(const arith::PaddingModeInfo& mode) const {
        return std::max(axis.pad_before, axis.pad_after) > mode.widest(axis.size);
    }
    Plane plane(int n) const {
        const arith::PaddingModeInfo& mode = arith::padding_modes()[static_cast<std::size_t>(n)];
        const Theme& t = p.theme;
        const SheetBox box{
            {l.rows_left, l.rows_top + n * l.row_height + (l.row_height - 14 - l.cell) / 2}, l.cell, 1, cells};
        const Index from = p.step.window[p.layer.rank() - 1] + axis.pad_before, extent = arith::kernel_extent(axis);
        Plane plane = sheet_plane(
            fmt::format("row {}", mode.name), {.content = Content::padding_mode, .nth = n}, box, {t.hairline, thin_px},
            [&](int, int c) {
                const Index at = c - axis.pad_before, source = arith::padding_source(at, axis.size, mode.mode);
                const bool inside = at >= 0 && at < axis.size;
                const bool covered = c >= from && c < from + extent && (c - from) % axis.dilation == 0;
                CellLook look{{}, "", inside || covered ? t.on_cell : t.muted, false};
                if (covered && !p.maps.any())
                    look.fill = t.covered;
                else if (inside)
                    look.fill = t.input;
                if (source < 0) {
                    look.text = outside(mode.mode);
                    return look;
                }
                const float value =
                    p.recording.input_value(p.first_in, p.cell(static_cast<int>(row()), static_cast<int>(source)));
                look.text = number_text(value, 2);
                return inside ? look.by_value(p.maps.input, value) : look;
            });
        plane.items.push_back(cells_outline("border", 0, static_cast<double>(axis.pad_before), 1,
                                            static_cast<double>(axis.size), {t.grid, thick_px}));
        plane.items.push_back(mark_outline(Mark::window, 0, static_cast<double>(from), 1, static_cast<double>(extent),
                                           window_stroke(t, l.cell)));
        return plane;
    }
};

// The names of one library, one below the other.
void add_names(Plane& page, const BordersFigure& f, const arith::PaddingModeInfo& mode, std::size_t library, double y) {
    constexpr double line_px = 15;
    const Theme& t = f.p.theme;
    std::string_view words = mode.called[library];
    std::vector<std::string> lines;
    while (!words.empty()) {
        const std::string_view one = words.substr(0, words.find(','));
        lines.emplace_back(one);
        words.remove_prefix(std::min(words.size(), one.size() + 2));
    }
    if (lines.size() > 2) lines.resize(2);  // the others are further spellings
    const bool missing = lines.empty();
    if (missing)  // MATLAB's padarray takes the number itself
        lines.emplace_back(mode.mode == PaddingMode::constant ? tr(f.p.language, "a number") : "–");
    const bool refused = library == static_cast<std::size_t>(arith::Library::pytorch) && f.is_refused(mode);
    if (refused) lines.push_back(trf(f.p.language, "at most {}", mode.widest(f.axis.size)));
    double at = y - (static_cast<double>(lines.size()) - 1) * line_px / 2;
    for (std::size_t n = 0; n < lines.size(); ++n, at += line_px)
        page.items.push_back(note(fmt::format("{} {} {}", mode.name, arith::libraries()[library].key, n),
                                  {f.l.columns[library], at}, lines[n],
                                  refused && n + 1 == lines.size() ? t.refused
                                  : missing || n == 1              ? t.muted
                                                                   : t.text,
                                  small_size));
}

void add_table(Plane& page, const BordersFigure& f, const ViewOptions& options) {
    const Theme& t = f.p.theme;
    const BordersLayout& l = f.l;
    for (std::size_t n = 0; n < arith::library_count; ++n) {
        const arith::LibraryInfo& library = arith::libraries()[n];
        page.items.push_back(note(fmt::format("head {}", library.key), {l.columns[n], l.heads_y}, library.title, t.text,
                                  small_size, Anchor::start, Weight::semibold));
    }
    for (std::size_t n = 0; n < arith::padding_modes().size(); ++n) {
        const arith::PaddingModeInfo& mode = arith::padding_modes()[n];
        const double top = l.rows_top + static_cast<double>(n) * l.row_height, middle = top + (l.row_height - 14) / 2;
        page.items.push_back(Line{fmt::format("rule {}", n),
                                  {{l.margin, top - 5}, {page_width - l.margin, top - 5}},
                                  false,
                                  {t.hairline, thin_px}});
        page.items.push_back(
            note(fmt::format("{} title", mode.name), {l.margin, middle - 1}, tr(options.language, mode.name),
                 mode.mode == f.p.layer.padding_mode ? t.accent : t.text, label_size, Anchor::start, Weight::semibold));
        page.items.push_back(note(fmt::format("{} says", mode.name), {l.margin, middle + 16},
                                  tr(options.language, mode.says), t.muted, small_size));
        for (std::size_t library = 0; library < arith::library_count; ++library)
            add_names(page, f, mode, library, middle + 5);
    }
    const std::string notes =
        tr(options.language,
           "One word, two borders: “reflect” leaves the edge out in PyTorch, NumPy and ONNX, and repeats it in SciPy "
           "and OpenCV.") +
        " " +
        tr(options.language,
           "OpenCV's names begin with BORDER_; PyTorch's “constant” is F.pad's, with a value, as in the others.");
    add_paragraph(page, "notes", {l.margin, l.notes_y}, notes, page_width - 2 * l.margin, t.muted, small_size, 17);
}

}  // namespace
}  // namespace borders_view

std::string not_borders(const arith::Layer& layer) {
    using namespace borders_view;
    if (layer.rank() > 2)
        return fmt::format("The borders view draws layers of rank 1 and 2; this one has rank {}.", layer.rank());
    if (layer.is_transposed())
        return "The borders view draws direct layers; a transposed layer's padding crops its output.";
    if (!layer.kind().has_padding_modes)
        return "The borders view draws convolutions; a pooling layer has no padding modes.";
    const Index cells = std::max(arith::padded_size(padded_axis(layer)), arith::kernel_extent(layer.axes.back()));
    if (cells > longest_row)
        return fmt::format("The borders view draws rows of up to {} cells, padding included; this layer has {}.",
                           longest_row, cells);
    return "";
}

Scene compose_borders(const Subject& subject, const Moment& moment, const ViewOptions& options) {
    using namespace borders_view;
    const BordersFigure f(subject.recording, moment, options);
    const Language in = options.language;
    Scene scene = empty_page(options, trf(in, "{}: a row of the input in every padding mode, with its names, {}",
                                          options.title, moment_text(subject.recording, moment, in)));
    for (std::size_t n = 0; n < arith::padding_modes().size(); ++n)
        scene.planes.push_back(f.plane(static_cast<int>(n)));
    if (f.p.maps.any()) border_outlines(scene, f.p.theme);
    if (!options.labels) return scene;
    Plane page{"labels", {}, {}, {Content::labels}};
    add_head(page, options, parameters_text(f.p.layer, words_form, in), moment_text(subject.recording, moment, in));
    const std::string which =
        f.p.layer.rank() > 1
            ? trf(in, "row {} of the input, padded by {} and {}", f.row(), f.axis.pad_before, f.axis.pad_after)
            : trf(in, "the input, padded by {} and {}", f.axis.pad_before, f.axis.pad_after);
    page.items.push_back(note("row says", {f.l.rows_left, f.l.heads_y}, which, f.p.theme.muted, small_size));
    add_table(page, f, options);
    if (f.p.maps.any()) add_legend(page, {{tr(in, "Input"), &*f.p.maps.input}}, f.p.theme, in, options.page);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
