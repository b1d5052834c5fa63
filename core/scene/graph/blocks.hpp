// What repeats in a network, and how its picture becomes smaller: blocks of boxes that become one.
//
// A part of the network that one tensor enters and one leaves is a block if it branches and comes again elsewhere, or
// if it is a run of layers that repeats directly. Blocks are numbered from the beginning of the network. Repetitions
// that are equal in all numbers are drawn as one.
#pragma once
#include <set>
#include <vector>

#include "core/scene/graph/box_graph.hpp"

namespace convloom::scene {

// What stays open: blocks with these numbers, and whatever holds one of these rows of the table.
struct OpenBlocks {
    std::set<int> blocks = {}, rows = {};
    bool operator==(const OpenBlocks&) const = default;
};

// The graph with blocks as boxes, more and more of them: the first has none, the last has the fewest boxes.
std::vector<BoxGraph> reductions(const BoxGraph& graph, const NetworkFigure& network, const OpenBlocks& opened);

// The number of blocks that can be opened.
int block_count(const BoxGraph& graph, const NetworkFigure& network);

// The boxes whose layers are this one and all behind it are one that says how many they are.
BoxGraph cut_at(const BoxGraph& graph, const NetworkFigure& network, int layer);

}  // namespace convloom::scene
