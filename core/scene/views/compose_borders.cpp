// The borders view: one row of the input in every padding mode, and what six libraries call each of them.
//
// The row is the one under the middle of this step's window. Every mode fills the same padding, also where PyTorch
// refuses it: the cells are then NumPy's, and PyTorch's column says so.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/measure/wrap.hpp"
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

// The rows of cells, and their names to the right of them or below.
struct BordersLayout {
    double margin = 5 * unit_px, heads_y = 108, says_y = 108, rows_top = 122, row_height = 57, rows_left = 176;
    double right = page_width - margin, cells_height = 43, notes_y = 486;
    bool names_below = false;
    std::array<double, arith::library_count> columns;  // the left edge of each library's names
    double cell = 0;
};

// What the layout makes room for.
struct BordersNeeds {
    int cells = 1;
    double names_width = 0;                             // of the modes and what they say
    std::array<double, arith::library_count> widths{};  // of each library's names
    double row_says_width = 0;
    std::size_t name_lines = 1, notes_lines = 1;
    double extra = 0;  // of the head
    bool legend = false;
};

constexpr double beside_cells = 18, between_rows = 14, name_line_px = 15, notes_line_px = 17;
constexpr double largest_without_names = 40;

BordersLayout lay_out_borders_slide(const BordersNeeds& needs, bool labels) {
    constexpr double name_widths[] = {68, 74, 86, 88, 60, 72}, largest_cell = 30, gap = beside_cells;
    BordersLayout l;
    double names_width = 0;
    for (double width : name_widths) names_width += width;
    double names_left = l.right - names_width, x = names_left;
    for (std::size_t n = 0; n < l.columns.size(); ++n) {
        l.columns[n] = x;
        x += name_widths[n];
    }
    if (!labels) l.rows_left = l.margin, names_left = l.right + gap;
    l.cell = fitting_cell(names_left - gap - l.rows_left, l.row_height - 16, 1, needs.cells,
                          labels ? largest_cell : largest_without_names);
    return l;
}

// On another page the names stand wherever the cells are larger.
BordersLayout lay_out_borders_page(const BordersNeeds& needs, const ViewOptions& options) {
    constexpr double largest_cell = 48, least_between_names = 5, most_between_names = 44, between_rows_below = 10,
                     heads_below_says = 20;
    const double modes = static_cast<double>(arith::padding_modes().size());
    BordersLayout l;
    l.right = options.page.width - l.margin;
    if (!options.labels) {
        l.rows_left = l.rows_top = l.margin;
        l.row_height = (options.page.height - 2 * l.margin) / modes;
        l.cells_height = l.row_height - between_rows;
        l.cell = fitting_cell(l.right - l.rows_left, l.cells_height, 1, needs.cells, largest_cell);
        return l;
    }
    l.notes_y =
        options.page.height - (needs.legend ? 37 : 20) - notes_line_px * static_cast<double>(needs.notes_lines - 1);
    l.says_y += needs.extra;
    l.rows_left = l.margin + needs.names_width + beside_cells;
    double names = 0;
    for (const double width : needs.widths) names += width;
    const double last = static_cast<double>(needs.widths.size() - 1);
    const auto place = [&](bool below) {
        BordersLayout placed = l;
        placed.names_below = below;
        // Below the cells, if the names fit there, so that the left column belongs to the modes.
        const bool indented = below && names + last * least_between_names <= l.right - l.rows_left;
        const double room = !below ? 0.55 * (l.right - l.margin) : l.right - (indented ? l.rows_left : l.margin),
                     between = std::clamp((room - names) / last, least_between_names, most_between_names),
                     names_left = indented ? l.rows_left
                                  : below  ? l.margin
                                           : l.right - names - last * between;
        double x = names_left;
        for (std::size_t n = 0; n < placed.columns.size(); ++n) {
            placed.columns[n] = x;
            x += needs.widths[n] + between;
        }
        const double cells_right = below ? l.right : names_left - beside_cells;
        placed.heads_y = l.says_y + (below || needs.row_says_width > cells_right - l.rows_left ? heads_below_says : 0);
        placed.rows_top = placed.heads_y + 14;
        placed.row_height = (l.notes_y - 15 - placed.rows_top) / modes;
        placed.cells_height =
            placed.row_height -
            (below ? between_rows_below + name_line_px * static_cast<double>(needs.name_lines) : between_rows);
        placed.cell = fitting_cell(cells_right - l.rows_left, placed.cells_height, 1, needs.cells, largest_cell);
        return placed;
    };
    const BordersLayout beside = place(false), below = place(true);
    return below.cell > beside.cell ? below : beside;
}

struct NameLine {
    std::string text;
    Color color;
};

struct BordersFigure {
    LayerPlanes p;
    arith::Axis axis;
    int cells;
    std::string parameters;
    BordersLayout l;

    BordersFigure(const arith::Recording& r, const Moment& m, const ViewOptions& options)
        : p(r, m, options), axis(padded_axis(r.layer())), cells(static_cast<int>(arith::padded_size(axis))),
          parameters(parameters_text(r.layer(), words_form, options.language)) {
        l = options.page.is_slide() ? lay_out_borders_slide(needs(options), options.labels)
                                    : lay_out_borders_page(needs(options), options);
    }
    BordersNeeds needs(const ViewOptions& options) const {
        BordersNeeds n{cells};
        const auto widen = [](double& width, const std::string& text, Weight weight = Weight::regular,
                              double size = small_size) { width = std::max(width, text_width(text, size, weight)); };
        for (const arith::PaddingModeInfo& mode : arith::padding_modes()) {
            widen(n.names_width, tr(p.language, mode.name), Weight::semibold, label_size);
            widen(n.names_width, tr(p.language, mode.says));
            for (std::size_t library = 0; library < n.widths.size(); ++library) {
                const std::vector<NameLine> lines = names(mode, library);
                n.name_lines = std::max(n.name_lines, lines.size());
                for (const NameLine& line : lines) widen(n.widths[library], line.text);
            }
        }
        for (std::size_t library = 0; library < n.widths.size(); ++library)
            widen(n.widths[library], std::string(arith::libraries()[library].title), Weight::semibold);
        n.notes_lines = wrapped(notes(), options.page.width - 2 * BordersLayout{}.margin, small_size).size();
        widen(n.row_says_width, row_says(p.layer.axes.front().size));
        n.extra = head_extra(options, parameters);
        n.legend = p.maps.any();
        return n;
    }

    // The names of one library, one below the other.
    std::vector<NameLine> names(const arith::PaddingModeInfo& mode, std::size_t library) const {
        const Theme& t = p.theme;
        std::vector<NameLine> lines;
        std::string_view words = mode.called[library];
        while (!words.empty()) {
            const std::string_view one = words.substr(0, words.find(','));
            lines.push_back({std::string(one), lines.empty() ? t.text : t.muted});
            words.remove_prefix(std::min(words.size(), one.size() + 2));
        }
        if (lines.size() > 2) lines.resize(2);  // the others are further spellings
        if (lines.empty())                      // MATLAB's padarray takes the number itself
            lines.push_back({mode.mode == PaddingMode::constant ? tr(p.language, "a number") : "–", t.muted});
        if (library == static_cast<std::size_t>(arith::Library::pytorch) && is_refused(mode))
            lines.push_back({trf(p.language, "at most {}", mode.widest(axis.size)), t.refused});
        return lines;
    }
    std::string row_says(Index of) const {
        return p.layer.rank() > 1
                   ? trf(p.language, "row {} of the input, padded by {} and {}", of, axis.pad_before, axis.pad_after)
                   : trf(p.language, "the input, padded by {} and {}", axis.pad_before, axis.pad_after);
    }
    std::string notes() const {
        return tr(p.language,
                  "One word, two borders: “reflect” leaves the edge out in PyTorch, NumPy and ONNX, and repeats it in "
                  "SciPy and OpenCV.") +
               " " +
               tr(p.language,
                  "OpenCV's names begin with BORDER_; PyTorch's “constant” is F.pad's, with a value, as in the "
                  "others.");
    }

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
            {l.rows_left, l.rows_top + n * l.row_height + (l.cells_height - l.cell) / 2}, l.cell, 1, cells};
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

// Around the middle of the cells, or from a line below them on.
void add_names(Plane& page, const BordersFigure& f, const arith::PaddingModeInfo& mode, std::size_t library, double y) {
    const std::vector<NameLine> lines = f.names(mode, library);
    double at = f.l.names_below ? y : y - (static_cast<double>(lines.size()) - 1) * name_line_px / 2;
    for (std::size_t n = 0; n < lines.size(); ++n, at += name_line_px)
        page.items.push_back(note(fmt::format("{} {} {}", mode.name, arith::libraries()[library].key, n),
                                  {f.l.columns[library], at}, lines[n].text, lines[n].color, small_size));
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
        const double top = l.rows_top + static_cast<double>(n) * l.row_height, middle = top + l.cells_height / 2;
        page.items.push_back(
            Line{fmt::format("rule {}", n), {{l.margin, top - 5}, {l.right, top - 5}}, false, {t.hairline, thin_px}});
        if (mode.mode == f.p.layer.padding_mode)
            add_accent_bar(page, fmt::format("{} bar", mode.name), {l.margin, middle - 1}, t);
        page.items.push_back(
            note(fmt::format("{} title", mode.name), {l.margin, middle - 1}, tr(options.language, mode.name),
                 mode.mode == f.p.layer.padding_mode ? t.accent : t.text, label_size, Anchor::start, Weight::semibold));
        page.items.push_back(note(fmt::format("{} says", mode.name), {l.margin, middle + 16},
                                  tr(options.language, mode.says), t.muted, small_size));
        for (std::size_t library = 0; library < arith::library_count; ++library)
            add_names(page, f, mode, library, l.names_below ? top + l.cells_height + 16 : middle + 5);
    }
    add_paragraph(page, "notes", {l.margin, l.notes_y}, f.notes(), l.right - l.margin, t.muted, small_size,
                  notes_line_px);
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
    add_head(page, options, f.parameters, moment_text(subject.recording, moment, in));
    page.items.push_back(
        note("row says", {f.l.rows_left, f.l.says_y}, f.row_says(f.row()), f.p.theme.muted, small_size));
    add_table(page, f, options);
    if (f.p.maps.any()) add_legend(page, {{tr(in, "Input"), &*f.p.maps.input}}, f.p.theme, in, options.page);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
