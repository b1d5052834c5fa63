// A directed acyclic graph in layers: every box below those that it depends on, with a place in each layer for a net
// that passes, ordered so that few lines cross.
//
// This is the method of Sugiyama, Tagawa and Toda, "Methods for Visual Understanding of Hierarchical System Structures"
// (1981), with layers by longest paths and the barycentre heuristic.
#pragma once
#include <cstddef>
#include <vector>

namespace convloom::scene {

inline std::size_t to_index(int n) {
    return static_cast<std::size_t>(n);
}

struct BoxSize {
    double width = 0, height = 0;
};

// A line with several ends, from the bottom of one box to the tops of others.
struct Net {
    int from = 0;
    int port = 0, ports = 1;  // where it leaves its box, and how many nets do
    std::vector<int> to;      // ascending, all above `from`
    double label_width = 0;   // of a text beside its begin
};

struct NetGraph {
    std::vector<BoxSize> boxes;
    std::vector<Net> nets;
};

// What stands in a layer: a box, or a net that passes; the other is -1.
struct LayerItem {
    int box = -1, net = -1;
    friend bool operator==(const LayerItem&, const LayerItem&) = default;
};

struct GraphLayers {
    std::vector<int> rank;       // the layer of each box
    std::vector<bool> critical;  // of each box: on a longest path
    std::vector<int> last;       // of each net: the layer of its last end
    std::vector<std::vector<LayerItem>> layers;

    int count() const { return static_cast<int>(layers.size()); }
    // Whether the net is needed below this layer.
    bool passes(const Net& net, int number, int layer) const {
        return rank[to_index(net.from)] <= layer && last[to_index(number)] > layer;
    }
};

std::vector<int> ranks_of(const NetGraph& graph);
GraphLayers layers_of(const NetGraph& graph);

}  // namespace convloom::scene
