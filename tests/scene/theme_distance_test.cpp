// Colours that meet within one plane can be told apart with every colour vision: the cells under the window, the tap of
// this moment, the kernel's cells, the input's and the bare page.
//
// The difference is CIEDE2000 (Sharma, Wu and Dalal 2005), the colour vision simulated by the matrices of Machado,
// Oliveira and Fernandes (2009) for full protanopia, deuteranopia and tritanopia, in linear light.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>

#include "core/scene/looks/theme.hpp"

namespace convloom::scene {
namespace {

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

struct Vision {
    const char* name;
    Matrix seen;
};
constexpr Vision visions[] = {
    {"full colour vision", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
    {"protanopia",
     {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}}},
    {"deuteranopia",
     {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}}},
    {"tritanopia",
     {{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}}},
};

Triple times(const Matrix& m, const Triple& v) {
    Triple product{};
    for (std::size_t row = 0; row < 3; ++row)
        for (std::size_t n = 0; n < 3; ++n) product[row] += m[row][n] * v[n];
    return product;
}

// CIE L*a*b* under D65.
Triple lab(Color c, const Vision& vision) {
    const auto linear = [](std::uint8_t channel) {
        const double v = channel / 255.0;
        return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    Triple seen = times(vision.seen, {linear(c.r), linear(c.g), linear(c.b)});
    for (double& channel : seen) channel = std::clamp(channel, 0.0, 1.0);
    constexpr Matrix to_xyz = {
        {{0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}}};
    const Triple xyz = times(to_xyz, seen);
    const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; };
    const double x = f(xyz[0] / 0.95047), y = f(xyz[1]), z = f(xyz[2] / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double ciede2000(const Triple& first, const Triple& second) {
    constexpr double degree = std::numbers::pi / 180;
    const auto seventh = [](double chroma) {
        const double c = std::pow(chroma, 7);
        return std::sqrt(c / (c + std::pow(25.0, 7)));
    };
    const double mean = (std::hypot(first[1], first[2]) + std::hypot(second[1], second[2])) / 2,
                 stretch = 1 + 0.5 * (1 - seventh(mean));
    const auto polar = [&](const Triple& color) {
        const double a = color[1] * stretch, hue = std::atan2(color[2], a) / degree;
        return std::pair(std::hypot(a, color[2]), hue < 0 ? hue + 360 : hue);
    };
    const auto [c1, h1] = polar(first);
    const auto [c2, h2] = polar(second);
    const bool grey = c1 * c2 == 0;
    double turn = grey ? 0 : h2 - h1;
    if (turn > 180) turn -= 360;
    if (turn < -180) turn += 360;
    const double hue = grey ? h1 + h2 : h1 + turn / 2, lightness = (first[0] + second[0]) / 2, chroma = (c1 + c2) / 2;
    const double t = 1 - 0.17 * std::cos((hue - 30) * degree) + 0.24 * std::cos(2 * hue * degree) +
                     0.32 * std::cos((3 * hue + 6) * degree) - 0.20 * std::cos((4 * hue - 63) * degree);
    const double off = (lightness - 50) * (lightness - 50);
    const double l = (second[0] - first[0]) / (1 + 0.015 * off / std::sqrt(20 + off)),
                 c = (c2 - c1) / (1 + 0.045 * chroma),
                 h = 2 * std::sqrt(c1 * c2) * std::sin(turn / 2 * degree) / (1 + 0.015 * chroma * t);
    const double blue = std::fmod(hue + 360, 360) - 275,
                 rotation = -std::sin(60 * std::exp(-(blue / 25) * (blue / 25)) * degree) * 2 * seventh(chroma);
    return std::sqrt(l * l + c * c + h * h + rotation * c * h);
}

TEST(ThemeDistance, IsTheOneOfThePublishedPairs) {
    EXPECT_NEAR(ciede2000({50, 2.6772, -79.7751}, {50, 0, -82.7485}), 2.0425, 1e-4);
    EXPECT_NEAR(ciede2000({50, -1, 2}, {50, 0, 0}), 2.3669, 1e-4);
    EXPECT_NEAR(ciede2000({50, 2.5, 0}, {50, 0, -2.5}), 4.3065, 1e-4);
    EXPECT_NEAR(ciede2000({50, 2.5, 0}, {73, 25, -18}), 27.1492, 1e-4);
    EXPECT_NEAR(ciede2000({60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}), 1.2644, 1e-4);
    EXPECT_NEAR(ciede2000({63.0109, -31.0961, -5.8663}, {62.8187, -29.7946, -4.0864}), 1.2630, 1e-4);
}

TEST(ThemeDistance, ColoursOfOnePlaneAreToldApartWithEveryVision) {
    for (const Theme& theme : themes()) {
        // Their covered cells are a light shade of the kernel's colour, and the window around them is thick and black.
        const bool shaded = theme.name == "light" || theme.name == "colour_blind_safe";
        const struct {
            const char* what;
            Color a, b;
            double least;
        } pairs[] = {
            {"covered cells and the kernel's", theme.covered, theme.kernel, shaded ? 7.0 : 12.0},
            {"covered cells and a matrix's entries", theme.covered, theme.one_ink ? theme.output : theme.kernel,
             shaded ? 7.0 : 12.0},
            {"covered cells and the input's", theme.covered, theme.input, 12},
            {"covered padding and the page", theme.covered, theme.ground, 12},
            {"covered cells and the tap", theme.covered, theme.tap, 20},
            {"the kernel and the tap", theme.kernel, theme.tap, 20},
            {"the input and the tap", theme.input, theme.tap, 20},
            {"the output and the tap", theme.output, theme.tap, 20},
        };
        for (const auto& pair : pairs)
            for (const Vision& vision : visions)
                EXPECT_GE(ciede2000(lab(pair.a, vision), lab(pair.b, vision)), pair.least)
                    << theme.name << ": " << pair.what << " with " << vision.name;
    }
}

}  // namespace
}  // namespace convloom::scene
