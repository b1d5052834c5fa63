#include "core/scene/looks/palette.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/scene/looks/color_distance.hpp"

namespace convloom::scene {
namespace {

constexpr double readable_ratio = 4.5, hopeless_ratio = 1.5;  // WCAG contrast

// In the order of `role_table`; null for the padding, for which a theme has no colour of its own.
constexpr Color Theme::*colors_of_roles[] = {
    &Theme::ground, &Theme::text,   &Theme::muted,     &Theme::input,   &Theme::input_second, &Theme::input_third,
    &Theme::kernel, &Theme::output, nullptr,           &Theme::covered, &Theme::window,       &Theme::tap,
    &Theme::on_tap, &Theme::grid,   &Theme::hairline,  &Theme::hatch,   &Theme::on_cell,      &Theme::on_kernel_hint,
    &Theme::shade,  &Theme::accent, &Theme::on_accent, &Theme::refused,
};
constexpr PaletteRole role_table[] = {
    {"background", "the page"},
    {"text", "titles and labels"},
    {"muted_text", "parameters, signs and other texts that stand back"},
    {"input", "cells of the input"},
    {"input_2", "the same of the second of every three groups of channels"},
    {"input_3", "the same of the third"},
    {"kernel", "cells of the kernel"},
    {"output", "cells of the output"},
    {"padding", "edges of padding"},
    {"covered", "cells under the window"},
    {"window", "outlines of the window and of the output cell of the step"},
    {"product", "the product of this moment"},
    {"text_on_product", "the number on it"},
    {"cell_edges", "lines between cells"},
    {"light_lines", "rules, and edges of what is empty"},
    {"unused", "hatching of cells that no window reaches"},
    {"text_on_cells", "numbers in cells"},
    {"weights_in_cells", "small weights in the corner of covered cells"},
    {"shade", "what darkens covered cells in the stacked view"},
    {"highlight", "what points at something"},
    {"text_on_highlight", "text on that"},
    {"warning", "what cannot be computed"},
};
static_assert(std::size(colors_of_roles) == std::size(role_table));

std::size_t index_of(std::string_view name) {
    const auto found =
        std::find_if(std::begin(role_table), std::end(role_table), [&](const PaletteRole& r) { return r.key == name; });
    return static_cast<std::size_t>(found - std::begin(role_table));
}

Color mixed_colors(Color a, Color b, double part_of_a) {
    const auto mix = [&](std::uint8_t x, std::uint8_t y) {
        return static_cast<std::uint8_t>(x * part_of_a + y * (1 - part_of_a) + 0.5);
    };
    return {mix(a.r, b.r), mix(a.g, b.g), mix(a.b, b.b), 255};
}

struct SeenDifference {
    double amount = std::numeric_limits<double>::max();
    const char* vision = "";
};
// With the colour vision that sees the least of it.
SeenDifference least_difference(Color a, Color b) {
    SeenDifference least;
    for (const ColorVision& vision : color_visions())
        if (const double amount = ciede2000(lab_of(a, vision), lab_of(b, vision)); amount < least.amount)
            least = {amount, vision.name};
    return least;
}

// The first that can be read on all of them, or the one that can be read on most.
Color best_on(const std::vector<Color>& cells, const std::vector<Color>& choices) {
    const auto readable_on_cells = [&](Color text) {
        return std::count_if(cells.begin(), cells.end(),
                             [&](Color cell) { return contrast(text, cell) >= readable_ratio; });
    };
    return *std::max_element(choices.begin(), choices.end(),
                             [&](Color a, Color b) { return readable_on_cells(a) < readable_on_cells(b); });
}

constexpr Color pure_black{0, 0, 0, 255}, pure_white{255, 255, 255, 255};

}  // namespace

std::span<const PaletteRole> palette_roles() {
    return role_table;
}

Palette palette_of(std::string name, const Theme& base, PaletteColors given) {
    Palette palette{std::move(name), std::string(base.name), std::move(given), base};
    Theme& t = palette.theme;
    const auto says = [&](const char* role) {
        return std::any_of(palette.given.begin(), palette.given.end(),
                           [&](const auto& one) { return one.first == role; });
    };
    for (const auto& [role, color] : palette.given) {
        if (Color Theme::*const at = colors_of_roles[index_of(role)])
            t.*at = role == "shade" ? Color{color.r, color.g, color.b, base.shade.a} : color;
        else
            t.padding = color;
    }
    if (says("background")) t.panel = t.ground;
    constexpr double shade_of_kernel = 0.55, muted_of_text = 0.75, muted_of_accent = 0.5;
    if (says("kernel") && !says("covered")) t.covered = mixed_colors(t.kernel, t.ground, shade_of_kernel);
    if ((says("text") || says("background")) && !says("muted_text") && contrast(t.muted, t.ground) < readable_ratio)
        t.muted = mixed_colors(t.text, t.ground, muted_of_text);
    if (says("text") && !says("muted_text")) t.muted = mixed_colors(t.text, t.ground, muted_of_text);
    if (says("input") && !says("input_2")) t.input_second = mixed_colors(t.input, base.input_second, muted_of_accent);
    if (says("input") && !says("input_3")) t.input_third = mixed_colors(t.input, base.input_third, muted_of_accent);
    if (!says("text_on_cells"))
        t.on_cell = best_on({t.input, t.input_second, t.input_third, t.output, t.kernel, t.covered},
                            {t.on_cell, pure_black, pure_white});
    if (!says("weights_in_cells"))
        t.on_kernel_hint = best_on({t.covered}, {t.on_kernel_hint, t.on_cell, pure_black, pure_white});
    if (!says("text_on_product")) t.on_tap = best_on({t.tap}, {t.on_tap, pure_white, pure_black});
    if (!says("text_on_highlight")) t.on_accent = best_on({t.accent}, {t.on_accent, pure_white, pure_black});
    return palette;
}

std::vector<PaletteFault> faults_of(const Palette& palette) {
    const Theme& t = palette.theme;
    std::vector<PaletteFault> faults;
    const struct {
        const char *text, *behind;
        Color a, b;
    } texts[] = {
        {"text", "background", t.text, t.ground},
        {"muted_text", "background", t.muted, t.ground},
        {"text_on_cells", "input", t.on_cell, t.input},
        {"text_on_cells", "input_2", t.on_cell, t.input_second},
        {"text_on_cells", "input_3", t.on_cell, t.input_third},
        {"text_on_cells", "kernel", t.on_cell, t.kernel},
        {"text_on_cells", "output", t.on_cell, t.output},
        {"text_on_cells", "covered", t.on_cell, t.covered},
        {"weights_in_cells", "covered", t.on_kernel_hint, t.covered},
        {"text_on_product", "product", t.on_tap, t.tap},
        {"text_on_highlight", "highlight", t.on_accent, t.accent},
        {"warning", "background", t.refused, t.ground},
    };
    for (const auto& [text, behind, a, b] : texts)
        if (const double ratio = contrast(a, b); ratio < readable_ratio)
            faults.push_back({fmt::format("{} on {} has a contrast of {:.1f}, and {} is needed to read it", text,
                                          behind, ratio, readable_ratio),
                              ratio < hopeless_ratio});
    // As the themes keep them; a covered cell may be a shade of the kernel's colour, since the window is around it.
    constexpr double shades = 7, colours = 12, strong = 20;
    const struct {
        const char *first, *second;
        Color a, b;
        double least;
    } cells[] = {
        {"kernel", "covered", t.kernel, t.covered, shades},      {"input", "covered", t.input, t.covered, colours},
        {"background", "covered", t.ground, t.covered, colours}, {"product", "covered", t.tap, t.covered, strong},
        {"product", "kernel", t.tap, t.kernel, strong},          {"product", "input", t.tap, t.input, strong},
        {"product", "output", t.tap, t.output, strong},
    };
    for (const auto& [first, second, a, b, least] : cells)
        if (const SeenDifference d = least_difference(a, b); d.amount < least)
            faults.push_back(
                {fmt::format("{} and {} differ by {:.1f} with {}, and {} is needed to tell them apart "
                             "(CIEDE2000; contrast {:.1f})",
                             first, second, d.amount, d.vision, least, contrast(a, b))});
    return faults;
}

std::optional<Color> color_written(std::string_view text) {
    if (text.empty() || text.front() != '#' || (text.size() != 4 && text.size() != 7)) return std::nullopt;
    const std::size_t digits = text.size() == 4 ? 1 : 2;
    std::uint8_t channels[3] = {};
    for (std::size_t n = 0; n < 3; ++n) {
        unsigned value = 0;
        for (std::size_t d = 0; d < digits; ++d) {
            const char c = text[1 + n * digits + d];
            const int digit = c >= '0' && c <= '9'   ? c - '0'
                              : c >= 'a' && c <= 'f' ? c - 'a' + 10
                              : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                     : -1;
            if (digit < 0) return std::nullopt;
            value = 16 * value + static_cast<unsigned>(digit);
        }
        channels[n] = static_cast<std::uint8_t>(digits == 1 ? 17 * value : value);
    }
    return Color{channels[0], channels[1], channels[2], 255};
}

}  // namespace convloom::scene
