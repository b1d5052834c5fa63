#include "core/scene/graph/compose_graph.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/scene/graph/box_texts.hpp"
#include "core/scene/graph/box_words.hpp"
#include "core/scene/graph/layered.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/sheet.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace {

using network::Index;

constexpr double side_px = 24, graph_top = 84, graph_top_without_head = 20, foot_px = 36, foot_line_px = 18;
constexpr double largest_title = 16, small_part = 0.88, comfortable_part = 1.15;
constexpr double line_px = 1.5, bend_px = 5, arrow_half_px = 3.5, arrow_long_px = 7, stack_px = 3, inner_px = 2.5,
                 mark_px = 3;
constexpr std::size_t most_named = 12;

// What is drawn, and where.
struct GraphFigure {
    BoxGraph graph;
    MeasuredGraph texts;
    LayeredDrawing drawing;
    TextSizes sizes;
};

// A graph that may be drawn, whose layers are found once for all sizes of texts.
struct Candidate {
    BoxGraph graph;
    std::optional<GraphLayers> layers = {};
};

std::optional<GraphFigure> drawn(const NetworkFigure& network, Candidate& candidate, double title, double least,
                                 const Rect& area, Language language, bool tersely = false) {
    const TextSizes sizes{title, std::max(least, small_part * title)};
    MeasuredGraph texts = measured(network, candidate.graph, sizes, language, tersely);
    if (!may_fit(texts.graph, area)) return {};
    if (!candidate.layers) candidate.layers = layers_of(texts.graph);
    std::optional<LayeredDrawing> drawing = lay_out(texts.graph, *candidate.layers, area, sizes.small);
    if (!drawing) return {};
    return GraphFigure{candidate.graph, std::move(texts), std::move(*drawing), sizes};
}

// As many layers as there is room for.
GraphFigure cut_to_fit(const NetworkFigure& network, const BoxGraph& graph, double least, const Rect& area,
                       Language language, bool tersely) {
    const auto up_to = [&](int layer) -> std::optional<GraphFigure> {
        Candidate cut{cut_at(graph, network, layer)};
        // Where only the network's outputs are left out, there is nothing to count.
        const bool counts = std::none_of(cut.graph.boxes.begin(), cut.graph.boxes.end(), [](const GraphBox& box) {
            return box.kind == BoxKind::rest && box.rows.empty();
        });
        if (!counts) return {};
        return drawn(network, cut, least, least, area, language, tersely);
    };
    // One more layer may fit where one less does not, since their boxes differ.
    constexpr int further = 3;
    std::optional<GraphFigure> best;
    int low = 0, high = static_cast<int>(graph.boxes.size());
    while (low < high) {
        const int middle = (low + high + 1) / 2;
        if (auto one = up_to(middle)) {
            best = std::move(one);
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    for (int layer = low + 2; layer <= low + further; ++layer)
        if (auto one = up_to(layer)) best = std::move(one);
    if (!best) best = up_to(0);
    if (best) return std::move(*best);
    return {};
}

GraphFigure fitted(const NetworkFigure& network, const GraphOptions& options, const BoxGraph& all, const Rect& area) {
    const Language language = options.page.language;
    const double least = std::max(least_size, options.page.page.height / 60);
    std::vector<Candidate> candidates;
    if (options.all_open)
        candidates.push_back({all});
    else
        for (BoxGraph& graph : reductions(all, network, options.opened)) candidates.push_back({std::move(graph)});
    // All boxes only if their texts are large enough to be read at ease; what is closed may be as small as is readable.
    const double comfortable = comfortable_part * least;
    for (Candidate& one : candidates) {
        const bool closed = &one != &candidates.front();
        for (double title = std::max(largest_title, comfortable); title >= comfortable; title -= 1)
            if (auto figure = drawn(network, one, title, least, area, language)) return std::move(*figure);
        if (auto figure = closed ? drawn(network, one, least, least, area, language) : std::nullopt)
            return std::move(*figure);
    }
    for (Candidate& one : candidates)
        for (const bool tersely : {false, true})
            if (auto figure = drawn(network, one, least, least, area, language, tersely)) return std::move(*figure);
    return cut_to_fit(network, candidates.back().graph, least, area, language, !options.all_open);
}

// The corners of a line as short curves.
std::vector<Point> bent(const std::vector<Point>& points) {
    std::vector<Point> made{points.front()};
    for (std::size_t n = 1; n + 1 < points.size(); ++n) {
        const Point a = points[n - 1], b = points[n], c = points[n + 1];
        const double before = std::hypot(b.x - a.x, b.y - a.y), after = std::hypot(c.x - b.x, c.y - b.y),
                     r = std::min({bend_px, before / 2, after / 2});
        if (r < 0.1) {
            made.push_back(b);
            continue;
        }
        const Point from{b.x + (a.x - b.x) * r / before, b.y + (a.y - b.y) * r / before},
            to{b.x + (c.x - b.x) * r / after, b.y + (c.y - b.y) * r / after};
        for (const double t : {0.0, 0.25, 0.5, 0.75, 1.0}) {
            const double u = 1 - t;
            made.push_back(
                {u * u * from.x + 2 * u * t * b.x + t * t * to.x, u * u * from.y + 2 * u * t * b.y + t * t * to.y});
        }
    }
    made.push_back(points.back());
    return made;
}

Shape arrow_tip(std::string name, Point tip, double direction, Color color) {
    const double back = tip.y - direction * arrow_long_px;
    Shape shape;
    shape.name = std::move(name);
    shape.points = {tip, {tip.x - arrow_half_px, back}, {tip.x + arrow_half_px, back}};
    shape.fill = color;
    return shape;
}

Plane lines_plane(const GraphFigure& figure, const Theme& theme) {
    Plane plane{"lines", {}, {}, {Content::beams}};
    std::size_t number = 0;
    for (const NetLine& line : figure.drawing.lines) {
        std::vector<Point> points = bent(line.points);
        const Point tip = points.back();
        if (line.arrives) points.back().y = std::max(points[points.size() - 2].y, tip.y - arrow_long_px + 1);
        plane.items.push_back(
            Line{fmt::format("line {}", number), std::move(points), false, {theme.muted, line_px, 0}});
        if (line.arrives) plane.items.push_back(arrow_tip(fmt::format("arrow {}", number), tip, 1, theme.muted));
        ++number;
    }
    for (std::size_t n = 0; n < figure.drawing.onward.size(); ++n)
        plane.items.push_back(arrow_tip(fmt::format("onward {}", n), figure.drawing.onward[n], -1, theme.muted));
    return plane;
}

struct BoxStyle {
    Color fill, text, soft;
    Stroke edge;
    bool round = false;
    bool holds_others = false;  // a second edge inside says so without colour
};

BoxStyle style_of(const NetworkFigure& network, const GraphBox& box, const Theme& t) {
    const Stroke thick{t.grid, thick_px, 0}, thin{t.hatch, thin_px, 0};
    switch (box.kind) {
        case BoxKind::input:
            return {t.input, t.on_cell, t.on_cell, thin, true};
        case BoxKind::output:
            return {t.output, t.on_cell, t.on_cell, thin, true};
        case BoxKind::weighted:
            return {t.kernel, t.on_cell, t.on_cell, thick, false};
        case BoxKind::window:
            return {t.input_second, t.on_cell, t.on_cell, thick, false};
        case BoxKind::block:
            if (std::any_of(box.rows.begin(), box.rows.end(),
                            [&](int row) { return kind_of(network, row) != BoxKind::plain; }))
                return {mixed(t.ground, t.kernel, 0.35), t.on_cell, t.on_cell, thick, false, true};
            return {t.panel, t.text, t.text, thick, false, true};
        case BoxKind::rest:
            return {t.ground, t.text, t.muted, {t.muted, thin_px, dash_px}, true};
        case BoxKind::plain:
            break;
    }
    const network::Row& row = network.summary.rows[static_cast<std::size_t>(box.rows.front())];
    const Color text = row.known && row.fault.empty() ? t.text : t.refused;
    return {t.panel, text, t.muted, thin, true};
}

Shape box_shape(std::string name, const Rect& box, const BoxStyle& style) {
    Shape shape;
    shape.name = std::move(name);
    shape.kind = Shape::Kind::box;
    shape.box = box;
    shape.corner_px = style.round ? std::min(box.height / 2, 14.0) : 3;
    shape.fill = style.fill;
    shape.stroke = style.edge;
    return shape;
}

Rect grown(const Rect& box, double by) {
    return {box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by};
}

// A box, and the second edge in it if it holds others.
void add_box(Plane& plane, const std::string& name, const Rect& place, const BoxStyle& style) {
    plane.items.push_back(box_shape(name, place, style));
    if (!style.holds_others) return;
    BoxStyle inner = style;
    inner.edge.width_px = thin_px / 2;
    inner.fill.a = 0;
    plane.items.push_back(box_shape(name + " inside", grown(place, -inner_px), inner));
}

Plane box_plane(const NetworkFigure& network, const GraphOptions& options, const GraphFigure& figure, std::size_t b) {
    const Theme& theme = *options.page.theme;
    const GraphBox& box = figure.graph.boxes[b];
    const Rect& place = figure.drawing.boxes[b];
    const BoxStyle style = style_of(network, box, theme);
    Plane plane{fmt::format("box {}", b), {}, {}, {.content = Content::node, .number = static_cast<int>(b)}};
    const auto holds = [&](int row) { return std::binary_search(box.rows.begin(), box.rows.end(), row); };
    const bool shown = holds(options.shown), found = std::any_of(options.found.begin(), options.found.end(), holds);
    if (box.times > 1)
        plane.items.push_back(
            box_shape("repeated", {place.x + stack_px, place.y + stack_px, place.width, place.height}, style));
    if (shown || found) {
        BoxStyle mark = style;
        mark.fill = shown ? theme.window : theme.accent;
        mark.edge = {};
        plane.items.push_back(box_shape(shown ? "shown" : "found", grown(place, mark_px), mark));
    }
    add_box(plane, "box", place, style);
    double y = place.y + box_padding_px + 0.6 * figure.sizes.title;
    const std::vector<std::string>& lines = figure.texts.lines[b];
    for (std::size_t n = 0; n < lines.size(); ++n) {
        const double size = n == 0 ? figure.sizes.title : figure.sizes.small;
        if (n > 0) y += n == 1 ? 0.6 * figure.sizes.title + figure.sizes.line() / 2 : figure.sizes.line();
        plane.items.push_back(note(n == 0 ? "title" : fmt::format("line {}", n),
                                   {place.x + place.width / 2, centred_baseline(y, size)}, lines[n],
                                   n == 0 ? style.text : style.soft, size, Anchor::middle,
                                   n == 0 ? Weight::semibold : Weight::regular));
    }
    return plane;
}

struct LegendEntry {
    BoxStyle style;
    std::string text;
    bool stacked = false;
};

// The signs that are used, along the foot of the page.
void add_signs(Plane& page, const NetworkFigure& network, const GraphOptions& options, const GraphFigure& figure) {
    const Theme& theme = *options.page.theme;
    const Language language = options.page.language;
    std::vector<LegendEntry> entries;
    const auto add = [&](BoxKind kind, bool stacked, std::string text) {
        for (const GraphBox& box : figure.graph.boxes)
            if (box.kind == kind && (!stacked || box.times > 1)) {
                BoxStyle style = style_of(network, box, theme);
                entries.push_back({style, std::move(text), stacked});
                return;
            }
    };
    add(BoxKind::weighted, false, tr(language, "slides, with weights"));
    add(BoxKind::window, false, tr(language, "slides, without weights"));
    add(BoxKind::plain, false, tr(language, "computed in one go"));
    add(BoxKind::block, false, tr(language, "several layers"));
    add(BoxKind::block, true, tr(language, "repeated"));
    const double least = std::max(options.page.page.height / 60, least_size), right = options.page.page.width - side_px;
    constexpr double sign_px = 18, sign_high_px = 11, after_sign_px = 6, between_px = 20;
    const auto width_at = [&](double size) {
        double wide = 0;
        for (const LegendEntry& one : entries)
            wide += sign_px + after_sign_px + between_px + text_width(one.text, size);
        return wide - between_px;
    };
    double x = side_px + 2 * unit_px, size = std::max(small_size, least);
    if (x + width_at(size) > right) size = least;
    const double y = options.page.page.height - foot_line_px;
    for (const LegendEntry& one : entries) {
        const double wide = sign_px + after_sign_px + text_width(one.text, size);
        if (x + wide > right) return;
        const Rect sign{x, y - sign_high_px / 2, sign_px, sign_high_px};
        if (one.stacked)
            page.items.push_back(
                box_shape("sign repeated", {sign.x + stack_px, sign.y + stack_px, sign.width, sign.height}, one.style));
        add_box(page, "sign", sign, one.style);
        page.items.push_back(note("sign " + one.text, {x + sign_px + after_sign_px, centred_baseline(y, size)},
                                  one.text, theme.muted, size));
        x += wide + between_px;
    }
}

std::string totals_text(const NetworkFigure& network, Language language) {
    const network::Summary& summary = network.summary;
    const auto layers = static_cast<Index>(summary.rows.size());
    const auto sliding = std::count_if(summary.rows.begin(), summary.rows.end(), [&](const network::Row& row) {
        return kind_of(network, static_cast<int>(&row - summary.rows.data())) != BoxKind::plain;
    });
    return trn(language, {{layers, "layer"}}, "{} layers, {} of them slide", layers, sliding) + ";  " +
           trf(language, "{} parameters", count_text(summary.parameters)) + ",  " +
           trf(language, "{} multiply-adds", count_text(summary.multiplications));
}

// The picture in words: what is in it from the first box on.
std::string sentence_of(const NetworkFigure& network, const GraphOptions& options, const GraphFigure& figure) {
    const Language language = options.page.language;
    std::string list;
    std::size_t named = 0;
    for (const GraphBox& box : figure.graph.boxes) {
        if (named++ == most_named) break;
        list += (list.empty() ? "" : ", ") + box_text(network, box, language);
    }
    const std::size_t more = figure.graph.boxes.size() - std::min(named, most_named);
    if (more > 0) list += trn(language, {{static_cast<Index>(more), "more box"}}, " and {} more boxes", more);
    return trf(language, "{}: the network as a picture, {}: {}", options.page.title, totals_text(network, language),
               list);
}

}  // namespace

GraphPicture compose_graph(const NetworkFigure& network, const GraphOptions& options) {
    const ViewOptions& page_options = options.page;
    const BoxGraph all = boxes_of(network, options.apart);
    const std::string totals = totals_text(network, page_options.language);
    const double top = page_options.labels ? graph_top + head_extra(page_options, totals) : graph_top_without_head,
                 bottom = page_options.page.height - (page_options.labels ? foot_px : graph_top_without_head);
    const GraphFigure figure =
        fitted(network, options, all, {side_px, top, page_options.page.width - 2 * side_px, bottom - top});
    GraphPicture picture;
    picture.scene = empty_page(page_options, sentence_of(network, options, figure));
    picture.blocks = block_count(all, network);
    picture.scene.planes.push_back(lines_plane(figure, *page_options.theme));
    for (std::size_t b = 0; b < figure.drawing.boxes.size(); ++b) {
        picture.scene.planes.push_back(box_plane(network, options, figure, b));
        picture.boxes.push_back({figure.graph.boxes[b], figure.drawing.boxes[b]});
    }
    Plane page{"labels", {}, {}, {Content::labels}};
    for (const auto& [net, at] : figure.drawing.labels)
        page.items.push_back(note(fmt::format("shape {}", net), at, figure.texts.shapes[static_cast<std::size_t>(net)],
                                  page_options.theme->muted, figure.sizes.small));
    if (page_options.labels) {
        add_head(page, page_options, totals, "");
        add_signs(page, network, options, figure);
    }
    picture.scene.planes.push_back(std::move(page));
    return picture;
}

}  // namespace convloom::scene
