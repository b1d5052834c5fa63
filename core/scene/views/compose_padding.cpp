// The padding view: all padding modes on the same input, with each padded cell linked to the cell that supplies its
// value. Below, along the last axis, the padding of each convention and the cells left unused by rounding down.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/arith/layer/output_size.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/measure/wrap.hpp"
#include "core/scene/pieces/cells.hpp"
#include "core/scene/pieces/layer_planes.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/legend.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/views/compose.hpp"
#include "core/scene/views/padding_layout.hpp"
#include "core/scene/views/padding_strips.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace padding_view {
namespace {

using arith::PaddingMode;

constexpr int longest_plane = 28;
constexpr int own_strip = 99;  // the number of the strip of the layer's own padding, beside those of the conventions
// The layer with padding to show: its own, or if it has none, half of its kernel's extent.
arith::Layer padded(const arith::Layer& layer) {
    arith::Layer p = layer;
    const bool own = std::any_of(layer.axes.begin(), layer.axes.end(),
                                 [](const arith::Axis& a) { return a.pad_before + a.pad_after > 0; });
    if (!own)
        for (arith::Axis& axis : p.axes)
            axis.pad_before = axis.pad_after = std::max<Index>(1, (arith::kernel_extent(axis) - 1) / 2);
    return p;
}

// PyTorch's modes, and the layer's own if that is another.
std::vector<const arith::PaddingModeInfo*> shown_modes(const arith::Layer& layer) {
    std::vector<const arith::PaddingModeInfo*> modes;
    for (const arith::PaddingModeInfo& mode : arith::padding_modes())
        if (!mode.torch.empty() || mode.mode == layer.padding_mode) modes.push_back(&mode);
    return modes;
}

struct PaddingFigure {
    LayerPlanes p;
    arith::Layer layer;  // as padded()
    bool own;            // the padding is the layer's own
    int rows, columns;   // of the padded plane
    std::vector<const arith::PaddingModeInfo*> modes;
    std::vector<Strip> strips;
    std::string parameters;
    PaddingLayout l;

    PaddingFigure(const arith::Recording& r, const Moment& m, const ViewOptions& options)
        : p(r, m, options), layer(padded(r.layer())), own(layer == r.layer()),
          rows(layer.rank() > 1 ? static_cast<int>(arith::padded_size(layer.axes[0])) : 1),
          columns(static_cast<int>(arith::padded_size(layer.axes.back()))), modes(shown_modes(layer)),
          strips(strips_of(layer, own, options.language)),
          parameters(parameters_text(p.layer, words_form, options.language)) {
        // The modes of a layer without padding are drawn with one that it does not have.
        if (!own) parameters += trf(options.language, ";  drawn with padding {}", layer.axes.back().pad_before);
        l = lay_out_padding(layer, needs(options), options);
    }
    PaddingNeeds needs(const ViewOptions& options) const {
        PaddingNeeds n{static_cast<int>(modes.size()), static_cast<int>(strips.size()), rows, columns};
        for (const arith::PaddingModeInfo* mode : modes)
            n.words_width =
                std::max({n.words_width, text_width(tr(p.language, mode->name), label_size, Weight::semibold),
                          text_width(says(*mode), small_size)});
        const std::string say = strips_say(layer.axes.back(), p.language);
        n.title_width = plane_title_width("Conventions", say, p.language);
        n.title_lines =
            static_cast<double>(wrapped(say, options.page.width - 2 * PaddingLayout{}.margin, small_size).size());
        n.says_width = text_width(tr(p.language, "padding and output size"), small_size);
        for (const Strip& strip : strips) {
            n.longest_strip = std::max(n.longest_strip, static_cast<double>(arith::padded_size(strip.axis)));
            n.says_width = std::max(n.says_width, text_width(strip.says, label_size));
            n.names_width = std::max(n.names_width, text_width(strip.name, label_size, Weight::semibold));
            n.who_width = std::max(n.who_width, text_width(strip.who, small_size));
        }
        n.extra = head_extra(options, parameters);
        n.legend = p.maps.any();
        return n;
    }
    int before(int axis) const { return static_cast<int>(layer.axes[static_cast<std::size_t>(axis)].pad_before); }
    int row_before() const { return layer.rank() > 1 ? before(0) : 0; }
    int column_before() const { return before(layer.rank() - 1); }

    // The source of a padded cell, as a place on the padded plane; nothing for zeros and for places that the mode
    // cannot fill.
    std::optional<Place> source(PaddingMode mode, int row, int column) const {
        auto along = [&](int axis, int place) -> int {
            const arith::Axis& a = layer.axes[static_cast<std::size_t>(axis)];
            const Index at = arith::padding_source(place - a.pad_before, a.size, mode);
            return at < 0 ? -1 : static_cast<int>(at + a.pad_before);
        };
        const Place from{layer.rank() > 1 ? along(0, row) : 0, along(layer.rank() - 1, column)};
        return from.row < 0 || from.column < 0 ? std::nullopt : std::optional(from);
    }
    // The constant in a cell, or a letter for it if it is long: the numbers of a plane are printed all or none.
    std::string constant_text() const {
        const std::string text = number_text(layer.padding_value, 2);
        return text_width(text, label_size) > text_width("−8", label_size) ? "c" : text;
    }
    std::string says(const arith::PaddingModeInfo& mode) const {
        if (!possible(mode.mode)) return tr(p.language, "too few cells for this padding");
        if (mode.mode != PaddingMode::constant) return tr(p.language, mode.says);
        const std::string text = number_text(layer.padding_value, 2);
        return trf(p.language, "{} all around", constant_text() == "c" ? "c = " + text : text);
    }
    bool on_input(int row, int column) const {
        const int r = row - row_before(), c = column - column_before();
        return r >= 0 && c >= 0 && r < p.high.input && c < p.wide.input;
    }
    // Reflect and circular padding need an input that is large enough.
    bool possible(PaddingMode mode) const {
        arith::Layer other = layer;
        other.padding_mode = mode;
        if (mode != PaddingMode::constant) other.padding_value = 0;
        return arith::check(other).empty();
    }
    bool covered(int row, int column) const {
        const Place from = own ? p.window()
                               : Place{static_cast<int>(p.window().row + row_before()),
                                       static_cast<int>(p.window().column + column_before())};
        return p.high.kernel_cell(from.row, row) >= 0 && p.wide.kernel_cell(from.column, column) >= 0;
    }
    Plane plane(int n) const {
        const PaddingMode mode = modes[static_cast<std::size_t>(n)]->mode;
        const Theme& t = p.theme;
        // Only the plane of the layer's own mode can be pointed at; the others are not part of the layer.
        const bool is_layers = own && mode == layer.padding_mode;
        const std::string name =
            is_layers ? fmt::format("input slab {}", p.first_in) : fmt::format("mode {}", arith::name_of(mode));
        const PlaneRole role =
            is_layers ? slab_role(Content::input, p.first_in) : PlaneRole{.content = Content::padding_mode, .nth = n};
        const bool works = possible(mode);
        Plane plane =
            sheet_plane(name, role, l.modes[static_cast<std::size_t>(n)], {t.hairline, thin_px}, [&](int r, int c) {
                const bool inside = on_input(r, c), under = works && covered(r, c);
                CellLook look{{}, "", inside || (under && !p.maps.any()) ? t.on_cell : t.muted, false};
                if (under && !p.maps.any())
                    look.fill = t.covered;
                else if (inside)
                    look.fill = t.input;
                const auto from = source(mode, r, c);
                const float value = from ? p.recording.input_value(p.first_in, p.cell(from->row - row_before(),
                                                                                      from->column - column_before()))
                                         : 0;
                if (from)
                    look.text = number_text(value, 2);
                else if (mode == PaddingMode::zeros)
                    look.text = "0";
                else if (mode == PaddingMode::constant)
                    look.text = constant_text();
                if (!works && !inside) look.text = "";
                return inside ? look.by_value(p.maps.input, value) : look;
            });
        plane.items.push_back(
            cells_outline("border", row_before(), column_before(), p.high.input, p.wide.input, {t.grid, thick_px}));
        if (works) add_ties(plane, mode);
        if (own && l.modes[static_cast<std::size_t>(n)].cell_px >= 8)
            add_unused(plane, p.high.reached, p.wide.reached, rows, columns,
                       {t.refused, thin_px});  // unused because of rounding down
        const Place at = own ? p.window() : Place{p.window().row + row_before(), p.window().column + column_before()};
        if (works)
            plane.items.push_back(mark_outline(Mark::window, at.row, at.column, p.high.extent(), p.wide.extent(),
                                               window_stroke(t, l.modes[static_cast<std::size_t>(n)].cell_px)));
        return plane;
    }
    // Links each padded cell to its source, along a row and then a column so that the line passes between the numbers.
    // Links of cells under the window are stronger.
    void add_ties(Plane& plane, PaddingMode mode) const {
        constexpr double beside = 0.86;  // in cells; keeps clear of the numbers
        const auto tie = [](int c, int r, const Place& from) {
            std::vector<Point> way{{c + beside, r + beside}};
            if (from.column != c && from.row != r) way.push_back({from.column + beside, r + beside});
            way.push_back({from.column + beside, from.row + beside});
            return way;
        };
        std::vector<Item> ties;
        for (const bool strong : {false, true})
            for (int r = 0; r < rows; ++r)
                for (int c = 0; c < columns; ++c) {
                    if (on_input(r, c) || covered(r, c) != strong) continue;
                    const auto from = source(mode, r, c);
                    if (!from) continue;
                    Color weak = p.theme.muted;
                    weak.a = 80;
                    ties.push_back(Line{cell_name("tie", r, c),
                                        tie(c, r, *from),
                                        false,
                                        {strong ? p.theme.tap : weak, strong ? 0.75 * thick_px : thin_px}});
                    if (strong)
                        ties.push_back(Shape{cell_name("source", r, c),
                                             Shape::Kind::ellipse,
                                             {},
                                             {from->column + 0.12, from->row + 0.12, 0.76, 0.76},
                                             0,
                                             p.theme.covered,
                                             {p.theme.tap, 0.75 * thick_px}});
                }
        plane.items.insert(plane.items.begin() + 1, ties.begin(), ties.end());
    }
};

void add_mode_words(Plane& page, const PaddingFigure& f, int n) {
    const arith::PaddingModeInfo& mode = *f.modes[static_cast<std::size_t>(n)];
    const Theme& t = f.p.theme;
    const std::string name = tr(f.p.language, mode.name);
    const Point at{f.l.modes[static_cast<std::size_t>(n)].at.x, f.l.names_y[static_cast<std::size_t>(n)]},
        says_at = f.l.says_beside ? Point{at.x + text_width(name, label_size, Weight::semibold) + unit_px, at.y}
                                  : Point{at.x, at.y + says_below_name};
    const bool is_layers = f.own && mode.mode == f.layer.padding_mode;
    if (is_layers) add_accent_bar(page, fmt::format("mode {} bar", n), at, t);
    page.items.push_back(note(fmt::format("mode {} title", n), at, name, is_layers ? t.accent : t.text, label_size,
                              Anchor::start, Weight::semibold));
    page.items.push_back(note(fmt::format("mode {} says", n), says_at, f.says(mode),
                              f.possible(mode.mode) ? t.muted : t.refused, small_size));
}

// A row of cells with its padding, the windows as brackets, and the resulting output size.
void add_strip(Scene& scene, Plane& page, const PaddingFigure& f, const Strip& strip, double y) {
    const Theme& t = f.p.theme;
    const PaddingLayout& l = f.l;
    const arith::Axis& axis = strip.axis;
    const Convention* convention = strip.convention;
    const double middle_y = y + l.strip_cell / 2 + 5,
                 name_y = l.words_above ? y - 14 : middle_y - (l.who_below ? 7 : 0);
    page.items.push_back(note(fmt::format("{} name", strip.name), {l.margin, name_y}, strip.name, t.text, label_size,
                              Anchor::start, Weight::semibold));
    const Point who = l.who_below ? Point{l.margin, middle_y + 8} : Point{l.margin + l.who_left, name_y};
    page.items.push_back(note(fmt::format("{} who", strip.name), who, strip.who, t.muted, small_size));
    const double right = scene.width - l.margin, left = l.margin + l.names_width;
    if (!strip.refusal.empty()) {
        const std::vector<std::string> lines = wrapped(strip.refusal, right - left, small_size);
        for (std::size_t n = 0; n < lines.size(); ++n)
            page.items.push_back(
                note(fmt::format("{} says{}", strip.name, n == 0 ? "" : fmt::format(" {}", n)),
                     {left, middle_y + 14 * (static_cast<double>(n) - 0.5 * static_cast<double>(lines.size() - 1))},
                     lines[n], t.muted, small_size));
        return;
    }
    const Index unused = arith::unused_cells(axis), total = arith::padded_size(axis), output = arith::output_size(axis);
    const SheetBox box{{left, y}, l.strip_cell, 1, static_cast<int>(total)};
    Plane plane = sheet_plane(
        fmt::format("strip {}", strip.name),
        {.content = Content::padding_strip, .nth = convention ? static_cast<int>(convention->rule) : own_strip}, box,
        {t.hairline, thin_px}, [&, pad = axis.pad_before](int, int c) {
            const bool inside = c >= pad && c < pad + axis.size;
            CellLook look;
            if (inside) look.fill = t.input;
            return look;
        });
    plane.items.push_back(cells_outline("border", 0, static_cast<double>(axis.pad_before), 1,
                                        static_cast<double>(axis.size), {t.grid, thin_px}));
    add_unused(plane, 1, static_cast<int>(total - unused), 1, static_cast<int>(total), {t.refused, thin_px});
    scene.planes.push_back(std::move(plane));
    // Windows alternate above and below so that neighbours do not touch. If more than two overlap, only the first and
    // the last are drawn.
    const bool all = arith::kernel_extent(axis) <= 2 * axis.stride;
    for (Index n = 0; n < output; n += all || n + 1 == output ? 1 : output - 1) {
        const bool above = all ? n % 2 == 0 : n == 0;
        const double begin = box.at.x + l.strip_cell * static_cast<double>(n * axis.stride) + 2,
                     end = begin + l.strip_cell * static_cast<double>(arith::kernel_extent(axis)) - 4;
        const double edge = above ? y - 3 : box.bottom() + 3, tip = above ? edge - 4 : edge + 4;
        page.items.push_back(Line{fmt::format("{} window {}", strip.name, n),
                                  {{begin, edge}, {begin, tip}, {end, tip}, {end, edge}},
                                  false,
                                  {t.tap, thick_px * 0.75}});
    }
    page.items.push_back(l.words_above ? note(fmt::format("{} says", strip.name), {right, name_y}, strip.says, t.text,
                                              label_size, Anchor::end)
                                       : note(fmt::format("{} says", strip.name), {right - l.says_width, middle_y},
                                              strip.says, t.text, label_size));
}

void add_strips(Scene& scene, Plane& page, const PaddingFigure& f) {
    const Theme& t = f.p.theme;
    const arith::Axis& axis = f.layer.axes.back();
    const PaddingLayout& l = f.l;
    const double title_y = l.strips_top - 4, right = scene.width - l.margin;
    add_plane_title(page, {l.margin, title_y}, "Conventions", l.title_wraps ? "" : strips_say(axis, f.p.language), t,
                    f.p.language);
    if (l.title_wraps)
        add_paragraph(page, "Conventions say", {l.margin, title_y + 17}, strips_say(axis, f.p.language),
                      right - l.margin, t.muted, small_size, 16);
    const std::string says = tr(f.p.language, "padding and output size");
    page.items.push_back(l.words_above
                             ? note("says title", {right, title_y}, says, t.muted, small_size, Anchor::end)
                             : note("says title", {right - l.says_width, title_y}, says, t.muted, small_size));
    for (std::size_t n = 0; n < f.strips.size(); ++n)
        add_strip(scene, page, f, f.strips[n], l.strips_top + l.strips_head + l.strips_apart * static_cast<double>(n));
}

}  // namespace
}  // namespace padding_view

std::string not_padding(const arith::Layer& layer) {
    using namespace padding_view;
    if (layer.rank() > 2)
        return fmt::format("The padding view draws layers of rank 1 and 2; this one has rank {}.", layer.rank());
    if (layer.is_transposed())
        return "The padding view draws direct layers; a transposed layer's padding crops its output.";
    if (!layer.kind().has_padding_modes)
        return fmt::format("The padding view draws convolutions; {} has no padding modes.", arith::name_of(layer.op));
    const arith::Layer p = padded(layer);
    for (const arith::Axis& axis : p.axes)
        if (arith::padded_size(axis) > longest_plane || arith::kernel_extent(axis) > longest_plane)
            return fmt::format(
                "The padding view draws up to {} cells along an axis, padding included; this layer has {}.",
                longest_plane, std::max(arith::padded_size(axis), arith::kernel_extent(axis)));
    return "";
}

Scene compose_padding(const Subject& subject, const Moment& moment, const ViewOptions& options) {
    using namespace padding_view;
    const PaddingFigure f(subject.recording, moment, options);
    const Theme& t = *options.theme;
    Scene scene = empty_page(
        options, trf(options.language, "{}: the padding modes side by side, each padded cell linked to its source, {}",
                     options.title, moment_text(subject.recording, moment, options.language)));
    Plane page{"labels", {}, {}, {Content::labels}};
    for (int n = 0; n < static_cast<int>(f.modes.size()); ++n) {
        scene.planes.push_back(f.plane(n));
        if (options.labels) add_mode_words(page, f, n);
    }
    if (f.p.maps.any()) border_outlines(scene, t);
    if (!options.labels) return scene;
    add_head(page, options, f.parameters, moment_text(subject.recording, moment, options.language));
    add_strips(scene, page, f);
    if (f.p.maps.any())
        add_legend(page, {{tr(options.language, "Input"), &*f.p.maps.input}}, t, options.language, options.page);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
