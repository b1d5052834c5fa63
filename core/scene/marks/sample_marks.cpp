#include "core/scene/marks/sample_marks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/scene/marks/index_marks.hpp"
#include "core/scene/marks/pointer.hpp"
#include "core/scene/pieces/cells.hpp"
#include "core/scene/pieces/sheet.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace {

constexpr double beyond_plane = 0.4;  // cells that a mark may lie outside the drawn plane

Shape disc(std::string name, Point at, double radius, Color fill, Stroke stroke) {
    return {std::move(name), Shape::Kind::ellipse, {}, {at.x - radius, at.y - radius, 2 * radius, 2 * radius}, 0, fill,
            stroke};
}

std::string position(float row, float column) {
    return fmt::format("({}, {})", number_text(row, 4), number_text(column, 4));
}

// "0.5·3 + 0.5·1 = 2", or one number if a single cell is read.
std::string sample_sum(const arith::Sample& sample) {
    std::string text;
    int read = 0;
    for (const auto& one : sample.neighbours) {
        if (one.weight == 0) continue;
        ++read;
        const std::string value = number_text(one.value, 4);
        text += fmt::format("{}{}·{}", text.empty() ? "" : " + ", number_text(one.weight, 4),
                            one.value < 0 ? "(" + value + ")" : value);
    }
    const std::string value = number_text(sample.value, 4);
    return read > 1 ? fmt::format("{} = {}", text, value) : value;
}

std::string sample_words(const arith::Recording& recording, const arith::Step& step, const arith::Tap* now,
                         Language in) {
    if (!now) return tr(in, "Rings: the regular places. Arrows: the offsets. Dots: where the input is read.");
    const arith::Sample sample = arith::sample_of(recording, step, *now);
    const std::string at = position(sample.row, sample.column);
    if (sample.outside)
        return trf(in, "Offset {}: the sample at {} lies outside the input and is 0.",
                   position(sample.down, sample.right), at);
    std::string text =
        trf(in, "Offset {}: the sample at {} is {}", position(sample.down, sample.right), at, sample_sum(sample));
    if (recording.layer().modulated) text += trf(in, ", modulated by {}", number_text(now->modulation, 4));
    return text;
}

std::string hole_words(const arith::Recording& recording, const arith::Step& step, Language in) {
    const arith::Coverage cells = arith::coverage_of(recording, step);
    if (cells.valid == 0)
        return tr(in, "Hatched: holes. No cell of this window is valid, so the output is 0 and a hole.");
    if (cells.valid == cells.window)
        return trf(in, "Hatched: holes. All {} cells of this window are valid: the sum is kept.", cells.window);
    return trf(in, "Hatched: holes. Of this window's {} cells {} are valid, so the sum is multiplied by {}/{}.",
               cells.window, cells.valid, cells.window, cells.valid);
}

}  // namespace

Point SampleMarks::place(const arith::Cell& at) const {
    return {static_cast<double>(at[1] + sliding.wide.before), static_cast<double>(at[0] + sliding.high.before)};
}

bool SampleMarks::is_shown(const arith::Cell& at) const {
    const Point p = place(at);
    return p.x >= 0 && p.y >= 0 && p.x < sliding.wide.total && p.y < sliding.high.total;
}

Point SampleMarks::on_plane(const arith::Sample& sample) const {
    const double x = static_cast<double>(sample.column) + sliding.wide.before + 0.5,
                 y = static_cast<double>(sample.row) + sliding.high.before + 0.5;
    return {std::clamp(x, -beyond_plane, sliding.wide.total + beyond_plane),
            std::clamp(y, -beyond_plane, sliding.high.total + beyond_plane)};
}

void SampleMarks::add_sample(Plane& page, const Affine& to_page, const arith::Tap& tap) const {
    const bool is_now = &tap == now;
    const double cell_px = std::sqrt(std::abs(to_page.determinant()));
    const arith::Sample sample = arith::sample_of(recording, step, tap);
    const Point regular = place(tap.at), from = to_page({regular.x + 0.5, regular.y + 0.5}), middle = on_plane(sample),
                to = to_page(middle);
    const Color color = is_now ? theme.tap : theme.window;
    const double part = std::clamp(static_cast<double>(tap.modulation), 0.15, 1.0),
                 radius = std::clamp(0.11 * cell_px, 2.5, 6.0) * (is_now ? 1.2 : 1) * std::sqrt(part);
    const double length = std::hypot(to.x - from.x, to.y - from.y), rest = std::max(length - radius - 1, 0.0);
    const Point tip =
        length > 0 ? Point{from.x + (to.x - from.x) * rest / length, from.y + (to.y - from.y) * rest / length} : to;
    if (is_now) {
        Color fill = theme.tap;
        fill.a = 64;
        Shape square{"sample square", Shape::Kind::polygon, {}, {}, 0, fill, {theme.tap, thick_px}};
        for (const Point corner : {Point{-0.5, -0.5}, Point{0.5, -0.5}, Point{0.5, 0.5}, Point{-0.5, 0.5}})
            square.points.push_back(to_page({middle.x + corner.x, middle.y + corner.y}));
        page.items.push_back(std::move(square));
    }
    add_pointer(page, fmt::format("offset {}", tap.number), from, tip, color, is_now ? 2.5 : 1.5);
    page.items.push_back(disc(fmt::format("sample {}", tap.number), to, radius, color, {theme.ground, thin_px}));
}

void SampleMarks::add_samples(Plane& page, const Affine& to_page) const {
    const double cell_px = std::sqrt(std::abs(to_page.determinant()));
    for (const arith::Tap& tap : taps) {
        const Point regular = place(tap.at);
        page.items.push_back(disc(fmt::format("regular {}", tap.number), to_page({regular.x + 0.5, regular.y + 0.5}),
                                  std::clamp(0.07 * cell_px, 2.0, 4.0), {0, 0, 0, 0}, {theme.muted, thin_px}));
    }
    for (const arith::Tap& tap : taps)
        if (&tap != now) add_sample(page, to_page, tap);
    if (now) add_sample(page, to_page, *now);
}

void SampleMarks::add_neighbours(Plane& plane) const {
    if (!now) return;
    for (const auto& one : arith::sample_of(recording, step, *now).neighbours) {
        if (one.weight == 0 || !is_shown(one.at)) continue;
        const Point at = place(one.at);
        plane.items.push_back(Field{
            cell_name("neighbour", one.at[0], one.at[1]), at, 1, 1, 1, {theme.covered}, {}, {theme.grid, thin_px}});
    }
}

void SampleMarks::add_weights(Plane& plane, Color ink, double least) const {
    if (!now) return;
    for (const auto& one : arith::sample_of(recording, step, *now).neighbours) {
        if (one.weight == 0 || !is_shown(one.at)) continue;
        const Point at = place(one.at);
        plane.items.push_back(Text{cell_name("weight", one.at[0], one.at[1]),
                                   {at.x + 0.94, at.y + 0.93},
                                   "×" + number_text(one.weight, 4),
                                   std::max(0.22, least),
                                   Anchor::end,
                                   Weight::semibold,
                                   ink});
    }
}

void SampleMarks::add_values(Plane& plane, const std::optional<ValueMap>& map, double least) const {
    for (int r = 0; r < sliding.high.total; ++r)
        for (int c = 0; c < sliding.wide.total; ++c) {
            const bool cell = sliding.on_input(r, c);
            const float value = sliding.value(recording, {r, c});
            plane.items.push_back(
                Text{cell_name(cell ? "input" : "padding", r - sliding.high.before, c - sliding.wide.before),
                     {c + 0.08, r + 0.3},
                     number_text(value, 2),
                     std::max(0.27, least),
                     Anchor::start,
                     Weight::regular,
                     cell ? number_color(map, value, theme.on_cell) : theme.muted});
        }
}

void add_holes(Plane& plane, const arith::Recording& recording, const Sliding& sliding, const Theme& theme,
               double stroke_px) {
    if (recording.layer().op != arith::Op::partial_convolution) return;
    for (int r = 0; r < sliding.high.input; ++r)
        for (int c = 0; c < sliding.wide.input; ++c) {
            if (!arith::is_hole(recording, {r, c, 0})) continue;
            const int row = sliding.high.place(r), column = sliding.wide.place(c);
            plane.items.push_back(Field{cell_name("hole", r, c),
                                        {static_cast<double>(column), static_cast<double>(row)},
                                        1,
                                        1,
                                        1,
                                        {theme.ground},
                                        {},
                                        {theme.grid, stroke_px}});
            add_hatch(plane, row, column, {theme.hatch, stroke_px});
        }
}

std::string listed_words(const arith::Recording& recording, const arith::Step& step, const arith::Tap* now,
                         Language language) {
    if (has_samples(recording.layer())) return sample_words(recording, step, now, language);
    if (recording.layer().op == arith::Op::partial_convolution) return hole_words(recording, step, language);
    if (has_indices(recording.layer())) return index_words(recording, step, now, language);
    return "";
}

void add_listed_words(Plane& page, double baseline, const arith::Recording& recording, const arith::Step& step,
                      const arith::Tap* now, const ViewOptions& options) {
    if (const std::string words = listed_words(recording, step, now, options.language); !words.empty())
        add_lines_above(page, "listed words", baseline, words, options.page, options.theme->muted);
}

}  // namespace convloom::scene
