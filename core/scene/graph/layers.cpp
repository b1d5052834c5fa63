#include "core/scene/graph/layers.hpp"

#include <algorithm>
#include <cstddef>

namespace convloom::scene {
namespace {

constexpr int most_sweeps = 12;
constexpr std::size_t most_compared = 400;  // lines between two layers whose crossings are counted

// From an item to one in the next layer, by their places.
struct LayerLink {
    std::size_t upper, lower;
};

class LayerOrder {
  public:
    LayerOrder(const NetGraph& graph, GraphLayers& layers) : graph_(graph), layers_(layers) {
        const std::size_t count = layers.layers.size();
        box_place_.resize(graph.boxes.size());
        net_place_.assign(count, std::vector<std::size_t>(graph.nets.size(), 0));
        for (std::size_t l = 0; l < count; ++l) place(l);
    }

    void improve() {
        std::vector<std::vector<LayerItem>> best = layers_.layers;
        std::size_t fewest = crossings();
        for (int sweep = 0; sweep < most_sweeps && fewest > 0; ++sweep) {
            const std::size_t count = layers_.layers.size();
            for (std::size_t n = 1; n < count; ++n) sort(sweep % 2 == 0 ? n : count - 1 - n, sweep % 2 == 0);
            if (const std::size_t now = crossings(); now < fewest) {
                fewest = now;
                best = layers_.layers;
            }
        }
        layers_.layers = best;
    }

  private:
    void place(std::size_t l) {
        const auto& items = layers_.layers[l];
        for (std::size_t n = 0; n < items.size(); ++n)
            if (items[n].box >= 0)
                box_place_[to_index(items[n].box)] = n;
            else
                net_place_[l][to_index(items[n].net)] = n;
    }

    std::vector<LayerLink> links(std::size_t upper) const {
        std::vector<LayerLink> list;
        const int layer = static_cast<int>(upper);
        for (std::size_t n = 0; n < graph_.nets.size(); ++n) {
            const Net& net = graph_.nets[n];
            if (!layers_.passes(net, static_cast<int>(n), layer)) continue;
            const std::size_t from =
                layers_.rank[to_index(net.from)] == layer ? box_place_[to_index(net.from)] : net_place_[upper][n];
            for (const int to : net.to)
                if (layers_.rank[to_index(to)] == layer + 1) list.push_back({from, box_place_[to_index(to)]});
            if (layers_.last[n] > layer + 1) list.push_back({from, net_place_[upper + 1][n]});
        }
        return list;
    }

    std::size_t crossings() const {
        std::size_t count = 0;
        for (std::size_t l = 0; l + 1 < layers_.layers.size(); ++l) {
            const std::vector<LayerLink> list = links(l);
            if (list.size() > most_compared) continue;
            for (std::size_t a = 0; a < list.size(); ++a)
                for (std::size_t b = a + 1; b < list.size(); ++b)
                    count += (list[a].upper < list[b].upper && list[a].lower > list[b].lower) ||
                             (list[a].upper > list[b].upper && list[a].lower < list[b].lower);
        }
        return count;
    }

    // By the mean place of the neighbours above, or below.
    void sort(std::size_t l, bool from_above) {
        auto& items = layers_.layers[l];
        std::vector<double> sum(items.size(), 0), count(items.size(), 0);
        for (const LayerLink& link : links(from_above ? l - 1 : l)) {
            const std::size_t own = from_above ? link.lower : link.upper;
            sum[own] += static_cast<double>(from_above ? link.upper : link.lower);
            count[own] += 1;
        }
        std::vector<std::size_t> order(items.size());
        for (std::size_t n = 0; n < order.size(); ++n) order[n] = n;
        const auto wanted = [&](std::size_t n) { return count[n] > 0 ? sum[n] / count[n] : static_cast<double>(n); };
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return wanted(a) < wanted(b); });
        std::vector<LayerItem> sorted;
        for (const std::size_t n : order) sorted.push_back(items[n]);
        items = std::move(sorted);
        place(l);
    }

    const NetGraph& graph_;
    GraphLayers& layers_;
    std::vector<std::size_t> box_place_;               // of each box in its layer
    std::vector<std::vector<std::size_t>> net_place_;  // of each net in each layer that it passes
};

}  // namespace

std::vector<int> ranks_of(const NetGraph& graph) {
    std::vector<int> rank(graph.boxes.size(), 0), first_taker(graph.boxes.size(), -1);
    std::vector<bool> is_source(graph.boxes.size(), true);
    // Boxes are in order, so the nets of a box are complete before it is left.
    std::vector<std::vector<const Net*>> out(graph.boxes.size());
    for (const Net& net : graph.nets) out[to_index(net.from)].push_back(&net);
    for (std::size_t b = 0; b < graph.boxes.size(); ++b)
        for (const Net* net : out[b])
            for (const int to : net->to) {
                rank[to_index(to)] = std::max(rank[to_index(to)], rank[b] + 1);
                is_source[to_index(to)] = false;
            }
    // What depends on nothing stands directly above what needs it.
    for (std::size_t b = 0; b < graph.boxes.size(); ++b) {
        if (!is_source[b]) continue;
        int first = -1;
        for (const Net* net : out[b])
            for (const int to : net->to) first = first < 0 ? rank[to_index(to)] : std::min(first, rank[to_index(to)]);
        if (first > 0) rank[b] = first - 1;
    }
    return rank;
}

GraphLayers layers_of(const NetGraph& graph) {
    GraphLayers made;
    made.rank = ranks_of(graph);
    int deepest = -1;
    for (const int rank : made.rank) deepest = std::max(deepest, rank);
    std::vector<int> below(graph.boxes.size(), 0);
    for (std::size_t n = graph.nets.size(); n-- > 0;)
        for (const int to : graph.nets[n].to)
            below[to_index(graph.nets[n].from)] =
                std::max(below[to_index(graph.nets[n].from)], below[to_index(to)] + 1);
    for (std::size_t b = 0; b < graph.boxes.size(); ++b) made.critical.push_back(made.rank[b] + below[b] == deepest);
    made.layers.resize(to_index(deepest + 1));
    for (std::size_t b = 0; b < graph.boxes.size(); ++b)
        made.layers[to_index(made.rank[b])].push_back({static_cast<int>(b), -1});
    for (std::size_t n = 0; n < graph.nets.size(); ++n) {
        const Net& net = graph.nets[n];
        int last = 0;
        for (const int to : net.to) last = std::max(last, made.rank[to_index(to)]);
        made.last.push_back(last);
        for (int layer = made.rank[to_index(net.from)] + 1; layer < last; ++layer)
            made.layers[to_index(layer)].push_back({-1, static_cast<int>(n)});
    }
    LayerOrder(graph, made).improve();
    return made;
}

}  // namespace convloom::scene
