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

std::vector<Index> sources(const Chain& chain, int n, int axis, Index cell) {
    const Link& link = chain[static_cast<std::size_t>(n)];
    if (n + 1 == static_cast<int>(chain.size()) || link.after.empty()) return sources(link.layer, axis, cell);
    std::vector<Shape> shapes{output_shape(link.layer)};
    for (Shape& shape : shapes_after(link)) shapes.push_back(std::move(shape));
    std::vector<Index> cells{cell};
    auto go_back = [&](auto step) {
        std::vector<Index> earlier;
        for (const Index at : cells)
            for (const Index source : step(at)) earlier.push_back(source);
        cells = std::move(earlier);
    };
    for (std::size_t b = link.after.size(); b-- > 0;)
        go_back([&](Index at) { return sources(link.after[b], shapes[b], axis + 1, at); });
    go_back([&](Index at) { return sources(link.layer, axis, at); });
    return cells;
}

Cell cell_after(const Chain& chain, int link, const Cell& output) {
    Cell cell = output;
    const Link& from = chain[static_cast<std::size_t>(link)];
    if (link + 1 == static_cast<int>(chain.size())) return cell;
    Shape shape = output_shape(from.layer);
    for (const Between& between : from.after) {
        const Shape after = shape_after(between, shape).shape;
        for (int a = 0; a < from.layer.rank() && a + 1 < static_cast<int>(after.size()); ++a) {
            const BetweenGrid grid = grid_of(between, shape, a + 1);
            cell[a] = std::clamp<Index>((cell[a] + grid.shift) / grid.coarser * grid.finer, 0, after[a + 1] - 1);
        }
        shape = after;
    }
    return cell;
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
                    for (const Index source : sources(chain, t, a, static_cast<Index>(n))) {
                        Index& w = all[t].ways[a][static_cast<std::size_t>(source)];
                        w = saturating_sum(w, after[n]);
                    }
        }
        for (int t = tensor; t < count; ++t) {
            std::vector<Index>& after = all[t + 1].ways[a];
            for (std::size_t n = 0; n < after.size(); ++n)
                for (const Index source : sources(chain, t, a, static_cast<Index>(n)))
                    after[n] = saturating_sum(after[n], all[t].ways[a][static_cast<std::size_t>(source)]);
        }
    }
    return all;
}

}  // namespace convloom::arith
