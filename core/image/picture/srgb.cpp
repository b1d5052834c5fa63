#include "core/image/picture/srgb.hpp"

#include <array>
#include <cmath>

namespace convloom::image {
namespace {

double curve_to_light(double v) {
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}
double curve_to_stored(double v) {
    return v <= 0.0031308 ? v * 12.92 : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
}

constexpr int table_steps = 16384;

const std::array<float, table_steps + 2>& stored_table() {
    static const auto table = [] {
        std::array<float, table_steps + 2> t{};
        for (int n = 0; n < table_steps + 2; ++n)
            t[n] = static_cast<float>(curve_to_stored(static_cast<double>(n) / table_steps));
        return t;
    }();
    return table;
}

std::vector<float> made_light_table(int steps) {
    std::vector<float> table(static_cast<std::size_t>(steps));
    for (int n = 0; n < steps; ++n) table[n] = static_cast<float>(curve_to_light(static_cast<double>(n) / (steps - 1)));
    return table;
}

}  // namespace

float light_of(float stored) {
    return static_cast<float>(std::copysign(curve_to_light(std::abs(static_cast<double>(stored))), stored));
}
float stored_of(float light) {
    return static_cast<float>(std::copysign(curve_to_stored(std::abs(static_cast<double>(light))), light));
}

float stored_of_fast(float light) {
    const float size = std::abs(light);
    if (!(size <= 1)) return stored_of(light);
    const float at = size * table_steps;
    const int n = static_cast<int>(at);
    const auto& table = stored_table();
    return std::copysign(table[n] + (table[n + 1] - table[n]) * (at - static_cast<float>(n)), light);
}

const std::vector<float>& light_table(int steps) {
    static const std::vector<float> of_8_bits = made_light_table(256);
    if (steps == 256) return of_8_bits;
    static const std::vector<float> of_16_bits = made_light_table(65536);
    return of_16_bits;
}

}  // namespace convloom::image
