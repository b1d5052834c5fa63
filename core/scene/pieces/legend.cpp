#include "core/scene/pieces/legend.hpp"

#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {

namespace {

using NamedMap = std::pair<std::string, const ValueMap*>;

// The first of the legends that fit beside those after it, with bars of this length.
std::size_t first_that_fits(const std::vector<NamedMap>& maps, double bar_px, double width) {
    std::size_t first = maps.size();
    for (double all = -3 * unit_px; first > 0; --first) {
        const auto& [name, map] = maps[first - 1];
        all += bar_px + 6 * unit_px + text_width(name, small_size, Weight::semibold);
        for (const float end : {map->low, map->high}) all += text_width(number_text(end, 2), small_size);
        if (all > width) break;
    }
    return first;
}

}  // namespace

void add_legend(Plane& page, const std::vector<std::pair<std::string, const ValueMap*>>& maps, const Theme& theme,
                Language language, const PageSize& size) {
    const double left = 5 * unit_px, right = size.width - left, sign = 4;
    double bar_px = size.is_narrow() ? 48 : 96;
    std::size_t first = first_that_fits(maps, bar_px, right - left);
    for (const double shorter : {36.0, 24.0}) {
        if (first == 0 || first_that_fits(maps, shorter, right - left) == first) continue;
        bar_px = shorter;
        first = first_that_fits(maps, bar_px, right - left);
    }
    const double bar_height = 8, cell_px = bar_px / ValueMap::levels,
                 baseline = size.height - 1.25 * unit_px,  // leaves room for a sum of two lines
        middle = baseline - bar_height / 2;
    double x = left;
    bool signs = false;
    auto add = [&](const std::string& text, Color color, Weight weight) {
        page.items.push_back(Text{"legend " + text, {x, baseline}, text, small_size, Anchor::start, weight, color});
        x += text_width(text, small_size, weight) + unit_px;
    };
    for (std::size_t n = first; n < maps.size(); ++n) {
        const auto& [name, map] = maps[n];
        const std::string low = number_text(map->low, 2), high = number_text(map->high, 2);
        add(name, theme.text, Weight::semibold);
        add(low, theme.muted, Weight::regular);
        Field field{"legend of " + name,
                    {x, baseline - bar_height},
                    cell_px,
                    static_cast<int>(bar_height / cell_px),
                    ValueMap::levels,
                    map->palette,
                    {},
                    {}};
        for (int cell = 0; cell < field.rows * field.columns; ++cell)
            field.cells.push_back(static_cast<std::uint8_t>(cell % field.columns));
        page.items.push_back(std::move(field));
        // Marks the position of 0.
        if (map->diverges())
            page.items.push_back(Line{"legend 0 of " + name,
                                      {{x + bar_px / 2, baseline - bar_height - 3}, {x + bar_px / 2, baseline + 3}},
                                      false,
                                      {theme.text, thin_px}});
        signs |= map->has_signs();
        x += bar_px + unit_px;
        add(high, theme.muted, Weight::regular);
        x += 3 * unit_px;
    }
    if (!signs || x + 160 > right) return;
    page.items.push_back(Line{"legend below 0", {{x, middle}, {x + 2 * sign, middle}}, false, {theme.text, sign_px}});
    x += 3 * sign;
    add(tr(language, "below 0"), theme.muted, Weight::regular);
    x += unit_px;
    page.items.push_back(
        Line{"legend at 0",
             {{x, middle}, {x + sign, middle - sign}, {x + 2 * sign, middle}, {x + sign, middle + sign}},
             true,
             {theme.text, sign_px}});
    x += 3 * sign;
    add("0", theme.muted, Weight::regular);
}

void add_legend(Plane& page, const ValueMaps& maps, const ViewOptions& options) {
    const Language language = options.language;
    std::vector<std::pair<std::string, const ValueMap*>> bars;
    if (maps.input) bars.push_back({tr(language, "Input"), &*maps.input});
    if (maps.kernel) bars.push_back({tr(language, "Kernel"), &*maps.kernel});
    if (maps.output) bars.push_back({tr(language, "Output"), &*maps.output});
    add_legend(page, bars, *options.theme, language, options.page);
}

}  // namespace convloom::scene
