// Median cut, split where the squared error is largest, then a few rounds of moving each colour to the mean of its
// members.
#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

#include "app/paint/animation.hpp"

namespace convloom::paint {
namespace {

constexpr std::size_t most_colors = 256;
constexpr int refinements = 6;

int part(std::uint32_t color, int channel) {
    return static_cast<int>(color >> (16 - 8 * channel) & 255);
}

struct Box {
    std::vector<std::size_t> members;  // of the colours
    double error = 0;                  // squared, along the widest channel
    int channel = 0;
};

struct Mean {
    std::array<double, 3> sum{};
    double count = 0;
    std::uint32_t color() const {
        std::uint32_t c = 0;
        for (double s : sum) c = c << 8 | static_cast<std::uint32_t>(s / count + 0.5);
        return c;
    }
};

void add(Mean& mean, const Counted& c) {
    for (int channel = 0; channel < 3; ++channel)
        mean.sum[channel] += static_cast<double>(c.count) * part(c.color, channel);
    mean.count += static_cast<double>(c.count);
}

Box box_of(std::vector<std::size_t> members, const std::vector<Counted>& colors) {
    Box box{std::move(members), 0, 0};
    for (int channel = 0; channel < 3; ++channel) {
        double sum = 0, squares = 0, count = 0;
        for (std::size_t n : box.members) {
            const double value = part(colors[n].color, channel), weight = static_cast<double>(colors[n].count);
            sum += weight * value, squares += weight * value * value, count += weight;
        }
        const double error = squares - sum * sum / count;
        if (error > box.error) box.error = error, box.channel = channel;
    }
    return box;
}

std::size_t nearest(std::uint32_t color, const std::vector<std::uint32_t>& palette) {
    std::size_t best = 0;
    int least = std::numeric_limits<int>::max();
    for (std::size_t n = 0; n < palette.size(); ++n) {
        int distance = 0;
        for (int channel = 0; channel < 3; ++channel) {
            const int d = part(color, channel) - part(palette[n], channel);
            distance += d * d;
        }
        if (distance < least) least = distance, best = n;
    }
    return best;
}

std::vector<std::uint32_t> median_cut(const std::vector<Counted>& colors) {
    std::vector<std::size_t> all(colors.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    std::vector<Box> boxes = {box_of(std::move(all), colors)};
    while (boxes.size() < most_colors - 1) {  // one index stays free for "as in the frame before"
        const auto worst =
            std::max_element(boxes.begin(), boxes.end(), [](const Box& a, const Box& b) { return a.error < b.error; });
        if (worst->members.size() < 2 || worst->error <= 0) break;
        // Split at the mean, which keeps a frequent flat colour on its own.
        Mean mean;
        for (std::size_t n : worst->members) add(mean, colors[n]);
        const int channel = worst->channel;
        const double middle = mean.sum[channel] / mean.count;
        std::vector<std::size_t> low, high;
        for (std::size_t n : worst->members) (part(colors[n].color, channel) <= middle ? low : high).push_back(n);
        if (low.empty() || high.empty()) break;
        *worst = box_of(std::move(low), colors);
        boxes.push_back(box_of(std::move(high), colors));
    }
    std::vector<std::uint32_t> palette;
    for (const Box& box : boxes) {
        Mean mean;
        for (std::size_t n : box.members) add(mean, colors[n]);
        palette.push_back(mean.color());
    }
    return palette;
}

}  // namespace

Palette palette_of(const std::vector<Counted>& colors) {
    Palette result;
    if (colors.size() <= most_colors) {
        for (std::size_t n = 0; n < colors.size(); ++n) {
            result.colors.push_back(colors[n].color);
            result.place.push_back(static_cast<std::uint8_t>(n));
        }
        return result;
    }
    result.colors = median_cut(colors);
    result.place.resize(colors.size());
    for (int round = 0;; ++round) {
        std::vector<Mean> means(result.colors.size());
        for (std::size_t n = 0; n < colors.size(); ++n) {
            result.place[n] = static_cast<std::uint8_t>(nearest(colors[n].color, result.colors));
            add(means[result.place[n]], colors[n]);
        }
        if (round == refinements) return result;
        for (std::size_t n = 0; n < means.size(); ++n)
            if (means[n].count > 0) result.colors[n] = means[n].color();
    }
}

}  // namespace convloom::paint
