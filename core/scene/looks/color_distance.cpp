#include "core/scene/looks/color_distance.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace convloom::scene {
namespace {

using LinearTriple = std::array<double, 3>;
using VisionMatrix = std::array<LinearTriple, 3>;

constexpr ColorVision vision_table[] = {
    {"full colour vision", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
    {"protanopia",
     {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}}},
    {"deuteranopia",
     {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}}},
    {"tritanopia",
     {{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}}},
};

LinearTriple seen_product(const VisionMatrix& m, const LinearTriple& v) {
    LinearTriple made{};
    for (std::size_t row = 0; row < 3; ++row)
        for (std::size_t n = 0; n < 3; ++n) made[row] += m[row][n] * v[n];
    return made;
}

}  // namespace

std::span<const ColorVision> color_visions() {
    return vision_table;
}

Lab lab_of(Color c, const ColorVision& vision) {
    LinearTriple seen = seen_product(vision.seen, {linear_light(c.r), linear_light(c.g), linear_light(c.b)});
    for (double& channel : seen) channel = std::clamp(channel, 0.0, 1.0);
    constexpr VisionMatrix to_xyz = {
        {{0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}}};
    const LinearTriple xyz = seen_product(to_xyz, seen);
    const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; };
    const double x = f(xyz[0] / 0.95047), y = f(xyz[1]), z = f(xyz[2] / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double ciede2000(const Lab& first, const Lab& second) {
    constexpr double degree = std::numbers::pi / 180;
    const auto seventh = [](double chroma) {
        const double c = std::pow(chroma, 7);
        return std::sqrt(c / (c + std::pow(25.0, 7)));
    };
    const double mean = (std::hypot(first[1], first[2]) + std::hypot(second[1], second[2])) / 2,
                 stretch = 1 + 0.5 * (1 - seventh(mean));
    const auto polar = [&](const Lab& color) {
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

}  // namespace convloom::scene
