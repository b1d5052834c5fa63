#include "core/scene/looks/theme.hpp"

#include <algorithm>
#include <cmath>

namespace convloom::scene {
namespace {

consteval Color hex(unsigned rgb, unsigned alpha = 255) {
    return {static_cast<std::uint8_t>(rgb >> 16 & 255), static_cast<std::uint8_t>(rgb >> 8 & 255),
            static_cast<std::uint8_t>(rgb & 255), static_cast<std::uint8_t>(alpha)};
}

constexpr Theme all_themes[] = {
    {
        .name = "light",
        .ground = hex(0xF7F8FA),
        .panel = hex(0xFFFFFF),
        .hairline = hex(0xD0D5DC),
        .text = hex(0x1B1F24),
        .muted = hex(0x57606A),
        .accent = hex(0x0B63C5),
        .on_accent = hex(0xFFFFFF),
        .refused = hex(0xB42318),
        .input = hex(0x9CC9F0),
        .output = hex(0x8FD6CC),
        .kernel = hex(0xF6C76B),
        .input_second = hex(0xC9BDF2),
        .input_third = hex(0xF3B7CB),
        .on_cell = hex(0x1B1F24),
        .on_kernel_hint = hex(0x5A3200),
        .tap = hex(0xB3450B),
        .on_tap = hex(0xFFFFFF),
        .grid = hex(0x2B3A48),
        .hatch = hex(0x8A94A0),
        .shade = hex(0x073642, 102),
        .covered = hex(0xFBDF9F),
        .window = hex(0x1B1F24),
    },
    {
        .name = "dark",
        .ground = hex(0x14171C),
        .panel = hex(0x1C2027),
        .hairline = hex(0x3A424E),
        .text = hex(0xE6EAF0),
        .muted = hex(0x9AA4B2),
        .accent = hex(0x5AA9FF),
        .on_accent = hex(0x14171C),
        .refused = hex(0xFF8A7A),
        .input = hex(0x1F4E79),
        .output = hex(0x175E57),
        .kernel = hex(0x6E4E00),
        .input_second = hex(0x4A4385),
        .input_third = hex(0x7A3550),
        .on_cell = hex(0xE6EAF0),
        .on_kernel_hint = hex(0xFFD68A),
        .tap = hex(0xFF9A57),
        .on_tap = hex(0x14171C),
        .grid = hex(0x8A97A8),
        .hatch = hex(0x5A6675),
        .shade = hex(0xFFFFFF, 92),
        .covered = hex(0x3A2A00),
        .window = hex(0xF2F5F9),
    },
    // The original figures' colours. Their line colour as text on their blue reaches only 4.1, so numbers in
    // cells are a darker shade of it.
    {
        .name = "conv_arithmetic",
        .ground = hex(0xFFFFFF),
        .panel = hex(0xFFFFFF),
        .hairline = hex(0xC9D2D6),
        .text = hex(0x002B36),
        .muted = hex(0x4A6067),
        .accent = hex(0x1F6FB0),
        .on_accent = hex(0xFFFFFF),
        .refused = hex(0xB42318),
        .input = hex(0x268BD2),
        .output = hex(0x2AA198),
        .kernel = hex(0xE9C46A),
        .input_second = hex(0x9A9EE0),
        .input_third = hex(0xE3A4B6),
        .on_cell = hex(0x001F27),
        .on_kernel_hint = hex(0x001F27),
        .tap = hex(0xB3450B),
        .on_tap = hex(0xFFFFFF),
        .grid = hex(0x002B36),
        .hatch = hex(0x7F949B),
        .shade = hex(0x073642, 102),
        .covered = hex(0x8FC1E6),
        .window = hex(0x002B36),
    },
    // Okabe and Ito's colours, distinguishable with any colour vision, lightened where numbers are drawn on them.
    {
        .name = "colour_blind_safe",
        .ground = hex(0xFFFFFF),
        .panel = hex(0xFFFFFF),
        .hairline = hex(0xC9CED4),
        .text = hex(0x111418),
        .muted = hex(0x4F5861),
        .accent = hex(0x0072B2),
        .on_accent = hex(0xFFFFFF),
        .refused = hex(0xA83C00),
        .input = hex(0x56B4E9),
        .output = hex(0x4CC9A4),
        .kernel = hex(0xF0E442),
        .input_second = hex(0xDDA3C4),
        .input_third = hex(0xE69F00),
        .on_cell = hex(0x000000),
        .on_kernel_hint = hex(0x3D2A00),
        .tap = hex(0xA84300),
        .on_tap = hex(0xFFFFFF),
        .grid = hex(0x1A1A1A),
        .hatch = hex(0x7A848E),
        .shade = hex(0x000000, 102),
        .covered = hex(0xF3C56B),
        .window = hex(0x000000),
    },
    // For printing in one ink.
    {
        .name = "print",
        .one_ink = true,
        .ground = hex(0xFFFFFF),
        .panel = hex(0xFFFFFF),
        .hairline = hex(0xBBBBBB),
        .text = hex(0x000000),
        .muted = hex(0x4A4A4A),
        .accent = hex(0x222222),
        .on_accent = hex(0xFFFFFF),
        .refused = hex(0x3A3A3A),
        .input = hex(0xE2E2E2),
        .output = hex(0xC4C4C4),
        .kernel = hex(0xF4F4F4),
        .input_second = hex(0xB2B2B2),
        .input_third = hex(0x9C9C9C),
        .on_cell = hex(0x000000),
        .on_kernel_hint = hex(0x000000),
        .tap = hex(0x1F1F1F),
        .on_tap = hex(0xFFFFFF),
        .grid = hex(0x000000),
        .hatch = hex(0x7C7C7C),
        .shade = hex(0x000000, 90),
        .covered = hex(0x808080),
        .window = hex(0x000000),
    },
};

double luminance(Color c) {
    return 0.2126 * linear_light(c.r) + 0.7152 * linear_light(c.g) + 0.0722 * linear_light(c.b);
}

}  // namespace

std::span<const Theme> themes() {
    return all_themes;
}
const Theme& default_theme() {
    return all_themes[0];
}

const Theme* theme_named(std::string_view name) {
    for (const Theme& theme : all_themes)
        if (theme.name == name) return &theme;
    return nullptr;
}

double linear_light(std::uint8_t channel) {
    const double v = channel / 255.0;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

double contrast(Color a, Color b) {
    const double first = luminance(a), second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

Color blend(Color under, Color over) {
    auto mix = [&](std::uint8_t u, std::uint8_t o) {
        return static_cast<std::uint8_t>((u * (255 - over.a) + o * over.a + 127) / 255);
    };
    return {mix(under.r, over.r), mix(under.g, over.g), mix(under.b, over.b), 255};
}

}  // namespace convloom::scene
