#include "core/arith/steps/uses.hpp"

#include <algorithm>
#include <limits>

#include "core/arith/base/saturating.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/window.hpp"

namespace convloom::arith {
Index Uses::at(const Cell& cell, int rank) const {
    Index n = 1;
    for (int a = 0; a < rank; ++a) n = saturating_product(n, ways[a][static_cast<std::size_t>(cell[a])]);
    return n;
}

Index Uses::used(int rank) const {
    Index n = 1;
    for (int a = 0; a < rank; ++a)
        n = saturating_product(n, std::count_if(ways[a].begin(), ways[a].end(), [](Index w) { return w > 0; }));
    return n;
}

Index Uses::most(int rank) const {
    Index n = 1;
    for (int a = 0; a < rank; ++a)
        n = saturating_product(n, std::max<Index>(*std::max_element(ways[a].begin(), ways[a].end()), 1));
    return n;
}

Index Uses::first(int axis) const {
    const auto& w = ways[axis];
    const auto found = std::find_if(w.begin(), w.end(), [](Index n) { return n > 0; });
    return found == w.end() ? -1 : found - w.begin();
}

Index Uses::last(int axis) const {
    const auto& w = ways[axis];
    const auto found = std::find_if(w.rbegin(), w.rend(), [](Index n) { return n > 0; });
    return static_cast<Index>(w.rend() - found) - 1;
}

std::vector<Index> sources(const Layer& layer, int axis, Index output) {
    const Window window = window_of(layer, axis, output);
    std::vector<Index> all;
    AxisTap tap;
    for (Index k = 0; k < window.count; ++k)
        if (window.tap(k, tap) && tap.has_source) all.push_back(tap.source);
    return all;
}

std::vector<Uses> uses(const Chain& chain, int tensor, const Cell& cell) {
    const int rank = chain.front().layer.rank(), count = static_cast<int>(chain.size());
    std::vector<Uses> all(static_cast<std::size_t>(count) + 1);
    for (int t = 0; t <= count; ++t) {
        const Cell extents = t < count ? input_extents(chain[t].layer) : output_extents(chain.back().layer);
        for (int a = 0; a < rank; ++a) all[t].ways[a].assign(static_cast<std::size_t>(extents[a]), 0);
    }
    for (int a = 0; a < rank; ++a) all[tensor].ways[a][static_cast<std::size_t>(cell[a])] = 1;
    for (int a = 0; a < rank; ++a) {
        for (int t = tensor; t-- > 0;) {
            const std::vector<Index>& after = all[t + 1].ways[a];
            for (std::size_t n = 0; n < after.size(); ++n)
                if (after[n] > 0)
                    for (const Index source : sources(chain[t].layer, a, static_cast<Index>(n))) {
                        Index& w = all[t].ways[a][static_cast<std::size_t>(source)];
                        w = saturating_sum(w, after[n]);
                    }
        }
        for (int t = tensor; t < count; ++t) {
            std::vector<Index>& after = all[t + 1].ways[a];
            for (std::size_t n = 0; n < after.size(); ++n)
                for (const Index source : sources(chain[t].layer, a, static_cast<Index>(n)))
                    after[n] = saturating_sum(after[n], all[t].ways[a][static_cast<std::size_t>(source)]);
        }
    }
    return all;
}

}  // namespace convloom::arith
