#include "core/scene/looks/page_size.hpp"

#include <algorithm>
#include <cmath>

namespace convloom::scene {

PageSize page_for(double width, double height) {
    constexpr double area = page_width * page_height, tallest = 60 * small_size, lowest = 480;
    constexpr double least_proportion = 2.0 / 3, most_proportion = 5.0 / 2, rounding = 0.004;
    if (!(width > 0) || !(height > 0)) return {};
    const double proportion = std::clamp(width / height, least_proportion, most_proportion);
    // 1366 by 768, for example, is a slide too.
    if (std::abs(proportion - page_width / page_height) < rounding) return {};
    const double high = std::clamp(std::round(std::sqrt(area / proportion)), lowest, tallest);
    return {std::round(high * proportion), high};
}

}  // namespace convloom::scene
