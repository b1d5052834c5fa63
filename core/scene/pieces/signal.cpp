#include "core/scene/pieces/signal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace convloom::scene {
namespace {

constexpr double least_sample_px = 0.5;
constexpr double closing_px = 0.2;  // bars overlap the next one by this much, so that no gap is visible
constexpr double touching = 1e-6;

Shape bar(std::string name, double left, double right, double from, double to, Color fill) {
    return {std::move(name),
            Shape::Kind::box,
            {},
            {left, std::min(from, to), right - left, std::abs(from - to)},
            0,
            fill,
            {}};
}

}  // namespace

void open_for(Plot& plot, double value) {
    if (!std::isfinite(value)) return;
    plot.least = std::min(plot.least, value);
    plot.most = std::max(plot.most, value);
}

std::vector<Sample> thinned(std::vector<Sample> samples) {
    std::vector<Sample> kept;
    for (const Sample& s : samples) {
        const bool joins =
            !kept.empty() && s.right - kept.back().left < least_sample_px && s.left - kept.back().right < touching;
        if (!joins) {
            kept.push_back(s);
            continue;
        }
        Sample& last = kept.back();
        if (std::abs(s.value) > std::abs(last.value)) last.value = s.value, last.fill = s.fill;
        last.right = s.right;
    }
    return kept;
}

void add_bars(Plane& plane, const std::string& name, const std::vector<Sample>& samples, const Plot& plot) {
    for (std::size_t n = 0; n < samples.size(); ++n) {
        const Sample& s = samples[n];
        if (s.value == 0 || !std::isfinite(s.value)) continue;
        const bool joined =
            n + 1 < samples.size() && samples[n + 1].left - s.right < touching && samples[n + 1].value * s.value > 0;
        plane.items.push_back(bar(fmt::format("{} {}", name, n), s.left, s.right + (joined ? closing_px : 0),
                                  plot.zero(), plot.y(s.value), s.fill));
    }
}

void add_overlap(Plane& plane, const std::string& name, const std::vector<Sample>& first, const Plot& first_plot,
                 const std::vector<Sample>& second, const Plot& second_plot, Color fill) {
    auto other = first.begin();
    for (std::size_t n = 0; n < second.size(); ++n) {
        const Sample& s = second[n];
        while (other != first.end() && other->left < s.left - touching) ++other;
        if (other == first.end() || other->left > s.left + touching || !(other->value * s.value > 0)) continue;
        const double zero = first_plot.zero(), a = first_plot.y(other->value), b = second_plot.y(s.value);
        plane.items.push_back(bar(fmt::format("{} {}", name, n), s.left, s.right, zero,
                                  std::abs(a - zero) < std::abs(b - zero) ? a : b, fill));
    }
}

void add_staircase(Plane& plane, const std::string& name, const std::vector<Sample>& samples, const Plot& plot,
                   Stroke stroke) {
    if (samples.empty()) return;
    Line line{name, {}, false, stroke};
    auto go = [&](double x, double y) {
        if (line.points.empty() || line.points.back() != Point{x, y}) line.points.push_back({x, y});
    };
    const double zero = plot.zero();
    go(samples.front().left, zero);
    for (std::size_t n = 0; n < samples.size(); ++n) {
        const Sample& s = samples[n];
        const double y = std::isfinite(s.value) ? plot.y(s.value) : zero;
        go(s.left, y);
        go(s.right, y);
        const bool last = n + 1 == samples.size();
        if (!last && samples[n + 1].left - s.right < touching) continue;
        go(s.right, zero);
        if (!last) go(samples[n + 1].left, zero);
    }
    plane.items.push_back(std::move(line));
}

}  // namespace convloom::scene
