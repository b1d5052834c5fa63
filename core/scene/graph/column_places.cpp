#include "core/scene/graph/column_places.hpp"

#include <algorithm>
#include <limits>

namespace convloom::scene {
namespace {

constexpr int placing_rounds = 40;

class PlaceFinder {
  public:
    PlaceFinder(std::vector<std::vector<ColumnItem>>& rows, std::vector<ColumnLink> links)
        : rows_(rows), links_(std::move(links)) {
        for (const auto& row : rows_) line_.emplace_back(row.size(), none);
        align();
        collect();
    }

    void place() {
        // Both ways of packing keep all distances, and so does their mean.
        const std::vector<double> from_left = packed(1), from_right = packed(-1);
        x_.resize(lines_.size());
        for (std::size_t n = 0; n < x_.size(); ++n) x_[n] = (from_left[n] + from_right[n]) / 2;
        for (int round = 0; round < placing_rounds; ++round)
            for (std::size_t n = 0; n < x_.size(); ++n) move(round % 2 == 0 ? n : x_.size() - 1 - n);
        for (std::size_t r = 0; r < rows_.size(); ++r)
            for (std::size_t n = 0; n < rows_[r].size(); ++n) rows_[r][n].x = x_[line_[r][n]];
    }

  private:
    static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
    struct Place {
        std::size_t row, n;
    };

    static double distance(const ColumnItem& a, const ColumnItem& b) {
        return a.right + b.left + (a.item.box >= 0 && b.item.box >= 0 ? box_gap_px : net_gap_px);
    }

    // The links that ask most for it become straight, unless they cross one that is.
    void align() {
        std::vector<std::vector<std::size_t>> down(rows_.size()), up(rows_.size());
        for (std::size_t r = 0; r < rows_.size(); ++r) {
            down[r].assign(rows_[r].size(), none);
            up[r].assign(rows_[r].size(), none);
        }
        std::vector<const ColumnLink*> order;
        for (const ColumnLink& link : links_)
            if (link.weight > 0) order.push_back(&link);
        std::stable_sort(order.begin(), order.end(),
                         [](const ColumnLink* a, const ColumnLink* b) { return a->weight > b->weight; });
        for (const ColumnLink* link : order) {
            const auto r = static_cast<std::size_t>(link->row);
            if (down[r][link->upper] != none || up[r + 1][link->lower] != none) continue;
            bool crosses = false;
            for (std::size_t n = 0; n < down[r].size(); ++n)
                crosses = crosses || (down[r][n] != none && (n < link->upper) != (down[r][n] < link->lower));
            if (crosses) continue;
            down[r][link->upper] = link->lower;
            up[r + 1][link->lower] = link->upper;
        }
        for (std::size_t r = 0; r < rows_.size(); ++r)
            for (std::size_t n = 0; n < rows_[r].size(); ++n)
                if (r > 0 && up[r][n] != none) {
                    line_[r][n] = line_[r - 1][up[r][n]];
                    lines_[line_[r][n]].push_back({r, n});
                } else {
                    line_[r][n] = lines_.size();
                    lines_.push_back({{r, n}});
                }
    }

    void collect() {
        wants_.resize(lines_.size());
        for (const ColumnLink& link : links_) {
            const auto r = static_cast<std::size_t>(link.row);
            const std::size_t a = line_[r][link.upper], b = line_[r + 1][link.lower];
            if (a == b) continue;
            const double weight = std::max(link.weight, 1);
            wants_[a].push_back({b, weight});
            wants_[b].push_back({a, weight});
        }
    }

    // Everything as far to the left, or to the right, as it goes.
    std::vector<double> packed(int direction) const {
        std::vector<double> x(lines_.size(), 0);
        bool changed = true;
        for (std::size_t round = 0; changed && round <= lines_.size(); ++round) {
            changed = false;
            for (std::size_t r = 0; r < rows_.size(); ++r)
                for (std::size_t k = 1; k < rows_[r].size(); ++k) {
                    const std::size_t right = direction > 0 ? k : rows_[r].size() - k, left = right - 1;
                    const double far = distance(rows_[r][left], rows_[r][right]);
                    double& moved = x[line_[r][direction > 0 ? right : left]];
                    const double least = x[line_[r][direction > 0 ? left : right]] * direction + far;
                    if (moved * direction >= least - 1e-9) continue;
                    moved = least * direction;
                    changed = true;
                }
        }
        double end = 0;
        for (std::size_t r = 0; r < rows_.size(); ++r)
            for (std::size_t n = 0; n < rows_[r].size(); ++n)
                end = std::max(end,
                               direction > 0 ? rows_[r][n].left - x[line_[r][n]] : x[line_[r][n]] + rows_[r][n].right);
        // The first edge is at 0 when packed to the left, the last one when packed to the right.
        for (double& one : x) one += direction > 0 ? end : -end;
        return x;
    }

    // To the mean of what it is connected with, as far as there is room.
    void move(std::size_t n) {
        if (wants_[n].empty()) return;
        double sum = 0, weights = 0;
        for (const auto& [other, weight] : wants_[n]) {
            sum += weight * x_[other];
            weights += weight;
        }
        double least = -std::numeric_limits<double>::infinity(), most = -least;
        for (const Place& place : lines_[n]) {
            const auto& row = rows_[place.row];
            if (place.n > 0)
                least = std::max(least, x_[line_[place.row][place.n - 1]] + distance(row[place.n - 1], row[place.n]));
            if (place.n + 1 < row.size())
                most = std::min(most, x_[line_[place.row][place.n + 1]] - distance(row[place.n], row[place.n + 1]));
        }
        if (least <= most) x_[n] = std::clamp(sum / weights, least, most);
    }

    std::vector<std::vector<ColumnItem>>& rows_;
    std::vector<ColumnLink> links_;
    std::vector<std::vector<std::size_t>> line_;  // of each item
    std::vector<std::vector<Place>> lines_;       // items that share a place
    std::vector<std::vector<std::pair<std::size_t, double>>> wants_;
    std::vector<double> x_;
};

}  // namespace

void place_items(std::vector<std::vector<ColumnItem>>& rows, std::vector<ColumnLink> links) {
    PlaceFinder(rows, std::move(links)).place();
}

}  // namespace convloom::scene
