#include "core/scene/compare/compose_compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "core/scene/compare/compare_figure.hpp"
#include "core/scene/compare/why_different.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/measure/wrap.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/legend.hpp"
#include "core/scene/pieces/sum_line.hpp"
#include "core/scene/pieces/titles.hpp"

namespace convloom::scene {
namespace compare_view {
namespace {

constexpr Index longest_plane = 48, most_taps = 8'000'000, most_weights = Index{1} << 22;
constexpr double sums_apart = 58;

// "5×5, padded to 6×6".
std::string input_says(const Side& side, double room, Language in) {
    const auto shape = [&](int high, int wide) {
        return side.p.layer.rank() > 1 ? fmt::format("{}×{}", high, wide) : fmt::format("{}", wide);
    };
    const std::string own = shape(side.p.high.input, side.p.wide.input),
                      total = shape(side.p.high.total, side.p.wide.total);
    if (own == total) return own;
    const std::string words = trf(in, "{}, padded to {}", own, total);
    return text_width(words, small_size) <= room ? words : trf(in, "{} in {}", own, total);
}

void add_why(Plane& page, const CompareFigure& f) {
    add_paragraph(page, "why", {margin, f.lines.why_y}, why_different(f.a.p.layer, f.b.p.layer, f.options.language),
                  f.inner(), f.theme.text, f.lines.why_size, f.lines.why_line_px);
}

// Beside the letter; where there is little room, in two lines of small text.
void add_settings(Plane& page, const CompareFigure& f, const Side& side, const std::string& text, const SideLayout& l) {
    constexpr double slide_room_of_rows = 600;
    const std::string name = fmt::format("{} settings", side.letter);
    const Point at{l.x + 22, l.head_y};
    const double room = f.page().is_slide() && side.p.layer.rank() == 1 ? slide_room_of_rows : l.width - 24;
    if (f.page().is_slide() || text_width(text, label_size) <= room) {
        page.items.push_back(note(name, at, shortened(text, room, label_size), f.theme.text, label_size));
        return;
    }
    std::vector<std::string> two = wrapped(text, room, small_size);
    for (; two.size() > 2; two.pop_back()) two[two.size() - 2] += " " + two.back();
    const double up = two.size() > 1 ? 7 : 0;
    for (std::size_t n = 0; n < two.size(); ++n)
        page.items.push_back(note(n == 0 ? name : name + " 1", {at.x, at.y - up + 14 * static_cast<double>(n)},
                                  shortened(two[n], room, small_size), f.theme.text));
}

void add_side_titles(Plane& page, const CompareFigure& f, const Side& side, const Side& other, const SideLayout& l) {
    const Theme& t = f.theme;
    const Language in = f.options.language;
    page.items.push_back(note(fmt::format("{} letter", side.letter), {l.x, l.head_y}, side.letter, t.accent, 18,
                              Anchor::start, Weight::semibold));
    add_settings(page, f, side, own_settings(side.p.layer, other.p.layer, in), l);
    const auto shape = [&](const SheetBox& box) {
        return side.p.layer.rank() > 1 ? fmt::format("{}×{}", box.rows, box.columns) : fmt::format("{}", box.columns);
    };
    const bool sizes_differ = side.rows != other.rows || side.columns != other.columns;
    const auto title = [&](const SheetBox& box, const char* name, const std::string& says, Color color) {
        const bool halves = side.p.layer.rank() > 1;
        const Point at = halves ? Point{box.at.x, box.at.y - titles_above}
                                : Point{l.x, centred_baseline(box.at.y + box.cell_px / 2, small_size)};
        const std::string shown = tr(in, name);
        page.items.push_back(note(fmt::format("{} {} title", side.letter, name), at, shown, t.text, small_size,
                                  Anchor::start, Weight::semibold));
        // Where there is no room before the next plane, the cells themselves tell the size.
        const double taken = text_width(shown, small_size, Weight::semibold) + 6;
        if (taken + text_width(says, small_size) > (halves ? box.width() + gap : names_width) - 4) return;
        page.items.push_back(note(fmt::format("{} {} shape", side.letter, name),
                                  {at.x + text_width(shown, small_size, Weight::semibold) + 6, at.y}, says, color,
                                  small_size));
    };
    const double input_room = side.p.layer.rank() > 1 ? l.input.width() + gap : names_width;
    title(l.input, "Input",
          input_says(side, input_room - 10 - text_width(tr(in, "Input"), small_size, Weight::semibold), in), t.muted);
    if (side.p.layer.has_weight()) title(l.kernel, "Kernel", shape(l.kernel), t.muted);
    title(l.output, "Output", shape(l.output), sizes_differ ? t.refused : t.muted);
}

// The sum of each layer at this step, or that its output has no such cell.
void add_sums(Plane& page, const CompareFigure& f) {
    const Language in = f.options.language;
    double y = f.lines.sums_top;
    for (const Side* side : {&f.a, &f.b}) {
        page.items.push_back(note(fmt::format("{} sum letter", side->letter), {margin, y + 20}, side->letter,
                                  f.theme.accent, 18, Anchor::start, Weight::semibold));
        const Rect room{margin + 24, y, f.inner() - 24, 2 * sum_line_px};
        if (side->has_cell) {
            Plane sum;
            add_sum(sum, room, side->recording, side->moment, f.options);
            for (Item& item : sum.items) page.items.push_back(std::move(item));
        } else {
            page.items.push_back(note(fmt::format("{} lacks", side->letter), {room.x, y + 20},
                                      trf(in, "The output of {} has no cell {}.", side->letter,
                                          cell_text(side->p.layer.rank(), f.step.output)),
                                      f.theme.refused, label_size));
        }
        y += sums_apart;
    }
}

// What the marks mean, with the number of cells that differ.
void add_counts(Plane& page, const CompareFigure& f) {
    const Theme& t = f.theme;
    const auto [all, differing] = f.counts();
    const double y = f.lines.counts_y;
    if (differing > 0)
        page.items.push_back(Shape{"sign of difference",
                                   Shape::Kind::polygon,
                                   {{margin, y - 9}, {margin + 9, y - 9}, {margin + 9, y}},
                                   {},
                                   0,
                                   t.refused,
                                   {}});
    for (const CountText& text : f.placed_counts(all, differing))
        page.items.push_back(note(text.key, text.at, text.text, text.muted ? t.muted : t.text));
}

}  // namespace
}  // namespace compare_view

std::string not_compare(const arith::Layer& layer) {
    using namespace compare_view;
    if (layer.rank() > 2)
        return fmt::format("The compare view draws layers of rank 1 and 2; this one has rank {}.", layer.rank());
    Index longest = 0, cells = layer.group_in();
    for (const arith::Axis& axis : layer.axes)
        longest = std::max({longest, axis.size, arith::kernel_extent(axis), axis.pad_before, axis.pad_after});
    for (int a = 0; longest <= longest_plane && a < layer.rank(); ++a) {
        const SlidingAxis axis = sliding_axis(layer, a);
        longest = std::max<Index>({longest, axis.total, axis.output, axis.extent()});
        if (longest > longest_plane) break;
        cells *= axis.output * axis.kernel;
    }
    if (longest > longest_plane)
        return fmt::format("The compare view draws up to {} cells along an axis, padding included; this layer has {}.",
                           longest_plane, longest);
    const auto weights = arith::element_count(arith::weight_shape(layer));
    if (cells > most_taps || !weights || *weights > most_weights)
        return fmt::format("The compare view computes up to {} products of a channel; this layer has {}.", most_taps,
                           cells);
    return "";
}

Scene compose_compare(const arith::Recording& a, const arith::Recording& b, const Moment& moment,
                      const ViewOptions& options) {
    using namespace compare_view;
    const CompareFigure f(a, b, moment, options);
    const Language in = options.language;
    const arith::Recording& walked = f.second_walks ? b : a;
    Scene scene =
        empty_page(options, trf(in, "{}: two layers A and B on the same input, and the outputs that differ, {}",
                                options.title, moment_text(walked, moment, in)));
    for (const auto& [side, other, layout] : {std::tuple{&f.a, &f.b, &f.of_a}, std::tuple{&f.b, &f.a, &f.of_b}}) {
        scene.planes.push_back(f.input(*side, *layout));
        if (side->p.layer.has_weight()) scene.planes.push_back(f.kernel(*side, *layout));
        scene.planes.push_back(f.output(*side, *other, *layout));
    }
    if (f.a.p.maps.any()) border_outlines(scene, f.theme);
    if (!options.labels) return scene;
    Plane page{"labels", {}, {}, {Content::labels}};
    add_head(page, options, "", moment_text(walked, moment, in));
    add_why(page, f);
    add_side_titles(page, f, f.a, f.b, f.of_a);
    add_side_titles(page, f, f.b, f.a, f.of_b);
    add_sums(page, f);
    add_counts(page, f);
    if (f.a.p.maps.any())
        add_legend(page, {{tr(in, "Input"), &*f.a.p.maps.input}, {tr(in, "Output"), &*f.output_map}}, f.theme, in,
                   options.page);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
