#include "core/scene/graph/tracks.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace convloom::scene {
namespace {

constexpr double beside_px = 1;     // upright pieces closer than this lie on each other
constexpr double apart_px = 6;      // between two pieces on the same track
constexpr int overlap_costs = 100;  // as many crossings
constexpr std::size_t most_rounds = 60;

bool same_place(double a, double b) {
    return std::abs(a - b) < beside_px;
}
bool is_straight(const Crossway& net) {
    return net.lower.size() == 1 && std::abs(net.lower[0] - net.upper) < straight_px;
}
double left_end(const Crossway& net) {
    return std::min(net.upper, net.lower.front());
}
double right_end(const Crossway& net) {
    return std::max(net.upper, net.lower.back());
}
bool is_inside(const Crossway& net, double x) {
    return x > left_end(net) - straight_px && x < right_end(net) + straight_px;
}

// What it costs that the first runs above the second: the second comes down through the first's track, and the first
// goes down through the second's.
int crossing_cost(const Crossway& first, const Crossway& second) {
    int sum = is_inside(first, second.upper);
    for (const double x : first.lower) {
        sum += is_inside(second, x);
        if (same_place(x, second.upper)) sum += overlap_costs;
    }
    return sum;
}

}  // namespace

std::vector<int> tracks_of(const std::vector<Crossway>& nets) {
    std::vector<std::size_t> order;
    for (std::size_t n = 0; n < nets.size(); ++n)
        if (!is_straight(nets[n])) order.push_back(n);
    // Each in turn goes to its best place, as long as that makes anything better.
    bool changed = true;
    for (std::size_t round = 0; changed && round < most_rounds; ++round) {
        changed = false;
        for (std::size_t k = 0; k < order.size(); ++k) {
            const Crossway& moved = nets[order[k]];
            // What changes if it runs directly above the net at each place, beginning from the top.
            int sum = 0, best = 0;
            std::vector<int> costs(order.size());
            for (std::size_t j = 0; j < order.size(); ++j) {
                costs[j] = sum;
                if (j != k) sum += crossing_cost(nets[order[j]], moved) - crossing_cost(moved, nets[order[j]]);
            }
            std::size_t place = k;
            best = costs[k];
            for (std::size_t j = 0; j <= order.size(); ++j)
                if (const int here = j == order.size() ? sum : costs[j]; here < best) {
                    best = here;
                    place = j;
                }
            if (place == k) continue;
            const std::size_t net = order[k];
            order.erase(order.begin() + static_cast<std::ptrdiff_t>(k));
            order.insert(order.begin() + static_cast<std::ptrdiff_t>(place > k ? place - 1 : place), net);
            changed = true;
        }
    }
    std::vector<int> tracks(nets.size(), -1);
    for (std::size_t k = 0; k < order.size(); ++k) {
        const Crossway& net = nets[order[k]];
        int track = 0;
        for (std::size_t j = 0; j < k; ++j) {
            const Crossway& other = nets[order[j]];
            if (left_end(net) < right_end(other) + apart_px && right_end(net) > left_end(other) - apart_px)
                track = std::max(track, tracks[order[j]] + 1);
        }
        tracks[order[k]] = track;
    }
    return tracks;
}

}  // namespace convloom::scene
