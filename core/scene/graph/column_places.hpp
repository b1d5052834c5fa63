// The places of what stands in a column, from left to right. Internal to this folder.
//
// Items that belong in one line, such as the boxes of a chain, share a place; the others are put between what they are
// connected with, as far as their neighbours leave room. After Brandes and Köpf, "Fast and Simple Horizontal Coordinate
// Assignment" (2001).
#pragma once
#include <cstddef>
#include <vector>

#include "core/scene/graph/layers.hpp"

namespace convloom::scene {

struct ColumnItem {
    LayerItem item;
    double left = 0, right = 0;  // room on both sides of its middle
    double x = 0;
};

// Between an item of a row and one of the next.
struct ColumnLink {
    int row = 0;                       // of the upper item
    std::size_t upper = 0, lower = 0;  // places in their rows
    int net = 0;
    int weight = 1;  // how much it should be straight; 0 for one that does not ask for it
};

constexpr double box_gap_px = 14, net_gap_px = 10;

// Sets x. Rows keep their order.
void place_items(std::vector<std::vector<ColumnItem>>& rows, std::vector<ColumnLink> links);

}  // namespace convloom::scene
