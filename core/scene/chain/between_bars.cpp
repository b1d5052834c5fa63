#include "core/scene/chain/between_bars.hpp"

#include <algorithm>

#include "core/arith/chain/between_kinds.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/words/between_words.hpp"

namespace convloom::scene {
namespace {

constexpr double bar_px = 19, bar_gap = 4, bar_corner_px = 4, text_margin = 9, least_height = 72, most_height = 272;

}  // namespace

std::vector<BetweenBar> bars_of(const arith::Betweens& betweens, const arith::Shape& shape, std::size_t most,
                                Language language) {
    std::vector<BetweenBar> bars;
    arith::Shape now = shape;
    for (const arith::Between& between : betweens) {
        bars.push_back({between_text(between, now, language), between.kind->group != arith::BetweenGroup::unknown});
        now = arith::shape_after(between, now).shape;
    }
    if (bars.size() <= most) return bars;
    const std::size_t omitted = bars.size() - most + 1;
    bars.resize(most - 1);
    bars.push_back({trn(language, {{static_cast<arith::Index>(omitted), "more step"}}, "{} more steps", omitted)});
    if (now != shape) bars.back().text += " → " + arith::to_text(now);
    return bars;
}

double bars_width(std::size_t bars) {
    return bars == 0 ? 0 : static_cast<double>(bars) * (bar_px + bar_gap) + bar_gap;
}

double bars_height(const std::vector<std::vector<BetweenBar>>& bars) {
    double height = least_height;
    for (const std::vector<BetweenBar>& few : bars)
        for (const BetweenBar& bar : few) height = std::max(height, text_width(bar.text, small_size) + 2 * text_margin);
    return std::min(height, most_height);
}

std::vector<Plane> bar_planes(const std::vector<BetweenBar>& bars, int tensor, double left, double y, double height,
                              const Theme& theme) {
    std::vector<Plane> planes;
    double x = left + bar_gap;
    // Boxes are upright; only the texts are turned.
    Plane boxes{fmt::format("bars {}", tensor),
                {},
                {},
                {.content = Content::between, .aspect = Aspect::edges, .tensor = tensor}};
    for (std::size_t n = 0; n < bars.size(); ++n)
        boxes.items.push_back(Shape{fmt::format("bar {}", n),
                                    Shape::Kind::box,
                                    {},
                                    {x + static_cast<double>(n) * (bar_px + bar_gap), y - height / 2, bar_px, height},
                                    bar_corner_px,
                                    theme.ground,
                                    {theme.muted, thin_px, bars[n].is_known ? 0.0 : dash_px}});
    if (!bars.empty()) planes.push_back(std::move(boxes));
    for (std::size_t n = 0; n < bars.size(); ++n, x += bar_px + bar_gap) {
        // The plane's x axis goes up the page.
        Plane plane{fmt::format("between {} {}", tensor, n),
                    {0, 1, x, -1, 0, y + height / 2},
                    {},
                    {.content = Content::between, .number = static_cast<int>(n), .tensor = tensor}};
        plane.items.push_back(Text{"text",
                                   {height / 2, centred_baseline(bar_px / 2, small_size)},
                                   shortened(bars[n].text, height - text_margin, small_size),
                                   small_size,
                                   Anchor::middle,
                                   Weight::regular,
                                   theme.text});
        planes.push_back(std::move(plane));
    }
    return planes;
}

}  // namespace convloom::scene
