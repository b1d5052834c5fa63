#include "app/gui/base/screen_scale.hpp"

#include <algorithm>
#include <cmath>

namespace convloom::gui {
namespace {

constexpr float usual_dpi = 96, most_scale = 3;
constexpr double mm_an_inch = 25.4;
// Smaller differences from the usual density are not scaled.
constexpr double dense_dpi = 120;
constexpr int least_mm = 60;  // a screen that reports less is wrong about its size
// An X server that does not know the screen's size derives one from 96 dots per inch.
constexpr double made_up = 1;
// With this many rows the viewer sits far away, or the dots are small.
constexpr int many_rows = 1890, usual_rows = 1080;

float in_quarters(double scale) {
    return std::clamp(static_cast<float>(std::floor(scale * 4 + 0.5) / 4), 1.0f, most_scale);
}

}  // namespace

float scale_of(const Screen& screen) {
    if (screen.content_scale > 1.01f || screen.scales_itself) return std::max(1.0f, screen.content_scale);
    if (screen.width_px <= 0 || screen.height_px <= 0) return 1;
    const bool sized = screen.width_mm >= least_mm && screen.height_mm >= least_mm;
    const double dpi = sized ? screen.width_px * mm_an_inch / screen.width_mm : usual_dpi;
    if (dpi >= dense_dpi) return in_quarters(dpi / usual_dpi);
    const bool knows = sized && std::abs(dpi - usual_dpi) > made_up;
    // The shorter side, so that a rotated screen gives the same result.
    const int rows = std::min(screen.width_px, screen.height_px);
    return !knows && rows >= many_rows ? in_quarters(static_cast<double>(rows) / usual_rows) : 1;
}

}  // namespace convloom::gui
