// The two layers of the compare view: what each shows at a moment, where everything is on the page, and their planes.
//
// Only compose_compare.cpp includes this, which adds the texts.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

#include "core/arith/contrast/contrast.hpp"
#include "core/scene/compare/compare_side.hpp"
#include "core/scene/compare/why_different.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/measure/wrap.hpp"
#include "core/scene/pieces/cells.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene::compare_view {

struct CompareFigure {
    const Theme& theme;
    const ViewOptions& options;
    const Moment& moment;
    bool second_walks;
    arith::Step step;  // of the layer that is stepped through
    Side a, b;
    std::optional<ValueMap> output_map;  // one for both outputs
    TextLines lines;
    SideLayout of_a, of_b;

    CompareFigure(const arith::Recording& first, const arith::Recording& second, const Moment& m, const ViewOptions& o)
        : theme(*o.theme), options(o), moment(m), second_walks(arith::walks_second(first.layer(), second.layer())),
          step((second_walks ? second : first).step(m.step)),
          a("A", first, !second_walks, step, m, taps(first, second), o),
          b("B", second, second_walks, step, m, taps(first, second), o) {
        if (a.p.maps.any()) {
            float low = 0, high = 0;
            for (const Side* side : {&a, &b})
                for (const float value : side->values)
                    if (std::isfinite(value)) low = std::min(low, value), high = std::max(high, value);
            output_map = value_map(low, high, theme);
        }
        place_texts();
        if (a.p.layer.rank() == 1)
            lay_out_rows();
        else if (page().is_slide())
            lay_out_halves();
        else
            lay_out_page();
    }
    Index taps(const arith::Recording& first, const arith::Recording& second) const {
        const arith::Recording& r = second_walks ? second : first;
        return r.tap_count(r.step(moment.step));
    }
    bool pools() const { return !a.p.layer.has_weight() && !b.p.layer.has_weight(); }
    const PageSize& page() const { return options.page; }
    double inner() const { return page().width - 2 * margin; }

    // The reason under the title, as large as it fits into the two or three lines there.
    void place_texts() {
        const std::string why = why_different(a.p.layer, b.p.layer, options.language);
        const auto why_lines = [&](double size) { return static_cast<double>(wrapped(why, inner(), size).size()); };
        if (why_lines(label_size) > 2) lines.why_y = 66, lines.why_size = small_size, lines.why_line_px = 15;
        if (!page().is_slide()) {
            constexpr double head_below_why = 35, last_why_of_slide = 89;
            lines.why_y += head_extra(options, "");
            lines.heads_y = std::max(last_why_of_slide + head_extra(options, ""),
                                     lines.why_y + lines.why_line_px * (why_lines(lines.why_size) - 1)) +
                            head_below_why;
            const int all = counts().first;
            const double further = placed_counts(all, all).back().at.y - lines.counts_y;
            lines.sums_top += page().higher();
            lines.counts_y += page().higher() - further;
            lines.bottom += page().higher() - further;
        }
        if (a.p.maps.any())
            for (double* y : {&lines.bottom, &lines.counts_y, &lines.sums_top}) *y -= legend_shift;
    }

    // Beside each other, on a page that is not a slide on further lines where they do not fit.
    std::vector<CountText> placed_counts(int all, int differing) const {
        const Language in = options.language;
        std::vector<CountText> texts{{"differing",
                                      differing == 0
                                          ? tr(in, "No cell of the output differs.")
                                          : trn(in, {{all, "cell"}}, "Different: {} of {} cells", differing, all),
                                      false}};
        if (a.rows != b.rows || a.columns != b.columns)
            texts.push_back({"missing says", tr(in, "dashed: no such cell in this output")});
        if (tells_origin())
            texts.push_back(
                {"origin says", tr(in, "ring: the kernel's origin, on the input cell of the output's number")});
        std::vector<CountText> placed;
        Point at{margin + (differing > 0 ? sign_width : 0), lines.counts_y};
        for (const CountText& text : texts) {
            const double room = page().width - margin - at.x;
            if (!page().is_slide() && !placed.empty() && text_width(text.text, small_size) > room)
                at = {margin, at.y + count_line_px};
            std::vector<std::string> parts{text.text};
            if (!page().is_slide()) parts = wrapped(text.text, page().width - margin - at.x, small_size);
            for (std::size_t n = 0; n < parts.size(); ++n) {
                if (n > 0) at = {margin, at.y + count_line_px};
                placed.push_back({text.key, parts[n], text.muted, at});
                at.x += text_width(parts[n], small_size) + between_counts;
            }
        }
        return placed;
    }

    // Of rank 2: each layer on one half of the page, with the same size of cells.
    void lay_out_halves() {
        const double width = (inner() - half_gap) / 2, planes_top = lines.heads_y + planes_below_head;
        double cell = largest_cell;
        for (const Side* side : {&a, &b}) {
            const int kernel = side->p.layer.has_weight() ? side->p.wide.kernel : 0;
            const double gaps = (kernel > 0 ? 2 : 1) * gap;
            cell = std::min(
                cell, fitting_cell(width - gaps, lines.bottom - planes_top, std::max(side->p.high.total, union_rows()),
                                   side->p.wide.total + kernel + union_columns(), largest_cell));
        }
        const auto place = [&](const Side& side, SideLayout& l, double x) {
            l.x = x;
            l.head_y = lines.heads_y;
            l.width = width;
            l.input = {{x, planes_top}, cell, side.p.high.total, side.p.wide.total};
            l.kernel = {{l.input.right() + gap, planes_top}, cell, side.p.high.kernel, side.p.wide.kernel};
            l.output = {{(side.p.layer.has_weight() ? l.kernel : l.input).right() + gap, planes_top},
                        cell,
                        side.rows,
                        side.columns};
        };
        place(a, of_a, margin);
        place(b, of_b, margin + width + half_gap);
    }

    // Of rank 2 on another page: the layers beside or above each other, and the planes of each in one row or in two,
    // whichever gives the largest cells.
    void lay_out_page() {
        constexpr double largest_elsewhere = 56;
        double best = 0;
        SideLayout best_of_a, best_of_b;
        for (const bool beside : {true, false})
            for (const bool in_a_row : {true, false}) {
                double cell = largest_elsewhere;
                while (cell > 1 && !place_sides(cell, beside, in_a_row)) cell = cell > 8 ? cell - 1 : cell * 0.95;
                if (cell <= best) continue;
                best = cell;
                best_of_a = of_a, best_of_b = of_b;
            }
        of_a = best_of_a, of_b = best_of_b;
    }
    // Returns whether everything fits.
    bool place_sides(double cell, bool beside, bool in_a_row) {
        constexpr double between_rows = 28, between_sides = 42;
        const double width = beside ? (inner() - half_gap) / 2 : inner(), top = lines.heads_y + planes_below_head;
        bool fits = true;
        double lowest = 0;
        const auto place = [&](const Side& side, SideLayout& l, double x, double y) {
            const auto name_width = [&](const char* name) {
                return text_width(tr(options.language, name), small_size, Weight::semibold) + 8;
            };
            const auto right_of = [&](const SheetBox& box, const char* name) {
                return std::max(box.right(), box.at.x + name_width(name) - gap) + gap;
            };
            const bool has_kernel = side.p.layer.has_weight();
            l.x = x;
            l.head_y = y - planes_below_head;
            l.width = width;
            l.input = {{x, y}, cell, side.p.high.total, side.p.wide.total};
            Point next = in_a_row ? Point{right_of(l.input, "Input"), y} : Point{x, l.input.bottom() + between_rows};
            l.kernel = {next, cell, side.p.high.kernel, side.p.wide.kernel};
            if (has_kernel) next.x = right_of(l.kernel, "Kernel");
            l.output = {next, cell, side.rows, side.columns};
            const double bottom = std::max(
                             {l.input.bottom(), has_kernel ? l.kernel.bottom() : 0, next.y + cell * union_rows()}),
                         right = std::max(
                             {l.input.right(), next.x + cell * union_columns(), next.x + name_width("Output")});
            fits &= right <= x + width;
            lowest = std::max(lowest, bottom);
        };
        place(a, of_a, margin, top);
        place(b, of_b, beside ? margin + width + half_gap : margin,
              beside ? top : std::max(lowest + between_sides + planes_below_head - 12, middle_top()));
        return fits && lowest <= lines.bottom;
    }
    // Where the planes of the lower of two layers begin at the earliest.
    double middle_top() const { return lines.heads_y + planes_below_head + 0.5 * (lines.bottom - lines.heads_y) - 60; }

    // Of rank 1: one layer above the other, with the first input cells at the same place, or on a wide page beside each
    // other if that makes the cells larger.
    void lay_out_rows() {
        constexpr double enough = 1.15;
        const double beside_width = (inner() - half_gap) / 2, high = lines.bottom - lines.heads_y;
        const double above = row_cell(inner(), high / 2), beside = row_cell(beside_width, high);
        const auto place = [&](const Side& side, SideLayout& l, double x, double y, double width, double height) {
            l.x = x;
            l.head_y = y;
            l.width = width;
            const double cell = row_cell(width, height), apart = row_gap(cell, height);
            const double zero = x + names_width + longest_before() * cell, left = zero - side.p.wide.before * cell;
            const double window = side.has_cell ? left + side.p.window().column * cell : left;
            l.kernel = {{window, y + 12}, cell, 1, side.p.wide.kernel};
            l.input = {{left, l.kernel.bottom() + apart}, cell, 1, side.p.wide.total};
            l.output = {{zero, l.input.bottom() + apart}, cell, 1, side.columns};
        };
        if (!page().is_slide() && beside > enough * above) {
            place(a, of_a, margin, lines.heads_y, beside_width, high);
            return place(b, of_b, margin + beside_width + half_gap, lines.heads_y, beside_width, high);
        }
        place(a, of_a, margin, lines.heads_y, inner(), high / 2);
        place(b, of_b, margin, lines.heads_y + high / 2 + 6, inner(), high / 2);
    }
    static constexpr double least_apart = 8;
    int longest_before() const { return std::max(a.p.wide.before, b.p.wide.before); }
    // The size of the cells of three rows with their head in a room, and how far apart the rows are.
    double row_cell(double width, double height) const {
        constexpr double largest_in_rows = 26, largest_elsewhere = 44;
        int longest = 0;
        for (const Side* side : {&a, &b})
            longest = std::max({longest, longest_before() - side->p.wide.before + side->p.wide.total,
                                longest_before() + side->columns});
        return fitting_cell(width - names_width, height - (page().is_slide() ? 26 : 40) - 2 * least_apart, 3, longest,
                            page().is_slide() ? largest_in_rows : largest_elsewhere);
    }
    double row_gap(double cell, double height) const {
        constexpr double most_apart = 24;
        return page().is_slide() ? least_apart : std::clamp((height - 40 - 3 * cell) / 3, least_apart, most_apart);
    }

    int union_rows() const { return std::max(a.rows, b.rows); }
    int union_columns() const { return std::max(a.columns, b.columns); }
    bool differs(int row, int column) const {
        if (a.has(row, column) != b.has(row, column)) return true;
        return a.has(row, column) && arith::values_differ(a.value(row, column), b.value(row, column));
    }
    // Cells of either output, and those of them that differ.
    std::pair<int, int> counts() const {
        int all = 0, differing = 0;
        for (int r = 0; r < union_rows(); ++r)
            for (int c = 0; c < union_columns(); ++c)
                if (a.has(r, c) || b.has(r, c)) ++all, differing += differs(r, c) ? 1 : 0;
        return {all, differing};
    }

    Plane input(const Side& side, const SideLayout& l) const {
        Plane plane = side.p.input(side.p.channel_now(), l.input, side.has_cell);
        plane.role = side.role(Content::input, side.p.channel_now());
        plane.name.insert(0, fmt::format("{}: ", side.letter));
        return plane;
    }
    Plane kernel(const Side& side, const SideLayout& l) const {
        Plane plane = side.p.kernel(side.p.channel_now(), l.kernel);
        plane.role = side.role(Content::kernel, side.p.channel_now() - side.p.first_in);
        plane.name.insert(0, fmt::format("{}: ", side.letter));
        add_origin(plane, side);
        return plane;
    }
    // A ring on the kernel cell that lies on the input cell with the output's index.
    void add_origin(Plane& plane, const Side& side) const {
        const auto origin = origin_of(side);
        if (!origin) return;
        constexpr int corners = 24;
        Line ring{"origin", {}, true, {theme.window, thick_px}};
        for (int n = 0; n < corners; ++n) {
            const double turn = 2 * std::numbers::pi * n / corners;
            ring.points.push_back(
                {origin->column + 0.5 + 0.42 * std::cos(turn), origin->row + 0.5 + 0.42 * std::sin(turn)});
        }
        plane.items.push_back(std::move(ring));
    }
    std::optional<Place> origin_of(const Side& side) const {
        const arith::Layer& layer = side.p.layer;
        const auto column = arith::kernel_origin(layer, layer.rank() - 1);
        const auto row = layer.rank() > 1 ? arith::kernel_origin(layer, 0) : std::optional<Index>(0);
        if (!row || !column || !layer.has_weight()) return std::nullopt;
        return Place{static_cast<int>(*row), static_cast<int>(*column)};
    }
    // Where the paddings differ, the origins are worth a word.
    bool tells_origin() const {
        return (origin_of(a) || origin_of(b)) &&
               std::any_of(a.p.layer.axes.begin(), a.p.layer.axes.end(),
                           [](const auto& x) { return x.pad_before + x.pad_after > 0; });
    }

    Plane output(const Side& side, const Side& other, const SideLayout& l) const {
        const Place now = side.p.output();
        Plane plane = sheet_plane(
            fmt::format("{}: output slab {}", side.letter, step.channel), side.role(Content::output, step.channel),
            l.output, {theme.grid, thin_px}, [&](int r, int c) {
                const bool current = side.has_cell && now.row == r && now.column == c;
                const float value = side.shown(r, c);
                return CellLook{theme.output, number_text(value, 2), theme.on_cell, current || differs(r, c)}.by_value(
                    output_map, value);
            });
        if (side.has_cell)
            plane.items.push_back(
                mark_outline(Mark::output_cell, now.row, now.column, 1, 1, window_stroke(theme, l.output.cell_px)));
        for (int r = 0; r < union_rows(); ++r)
            for (int c = 0; c < union_columns(); ++c) {
                if (side.has(r, c) && differs(r, c)) add_mark(plane, r, c);
                if (!side.has(r, c) && other.has(r, c))
                    plane.items.push_back(cells_outline(cell_name("missing", r, c), r + 0.06, c + 0.06, 0.88, 0.88,
                                                        {theme.refused, thin_px, dash_px}));
            }
        return plane;
    }
    // A triangle in the upper right corner, bordered on colours of values so that it stands out from all of them.
    void add_mark(Plane& plane, int row, int column) const {
        constexpr double side = 0.34;
        const double right = column + 1.0, top = row;
        plane.items.push_back(Shape{cell_name("differs", row, column),
                                    Shape::Kind::polygon,
                                    {{right - side, top}, {right, top}, {right, top + side}},
                                    {},
                                    0,
                                    theme.refused,
                                    output_map ? Stroke{theme.ground, thin_px} : Stroke{}});
    }
};

}  // namespace convloom::scene::compare_view
