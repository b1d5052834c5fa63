// Where the nodes of a network's table stand beside each other when they are listed from top to bottom: a lane for each
// tensor that is still needed below, as version control systems draw branches.
#pragma once
#include <vector>

#include "core/network/summary/summary.hpp"

namespace convloom::network {

// Lanes are counted from 0, at the left.
struct LaneRow {
    int lane = 0;              // of the node itself, and of its first output below it
    std::vector<int> from;     // lanes that end at the node: its inputs
    std::vector<int> to;       // lanes that begin at it: its further outputs
    std::vector<int> through;  // lanes that pass, also those of inputs that are needed again
    bool goes_on = false;      // its first output is needed below, or is an output of the network
};

// The first row is that of the network's inputs, the others are those of the table.
std::vector<LaneRow> lanes_of(const Graph& graph, const Summary& summary);

}  // namespace convloom::network
