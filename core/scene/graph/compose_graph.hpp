// The picture of a network: its operators as boxes from the first to the last, with the shape of each tensor beside its
// line.
//
// What slides is set off from what does not, in colour and shape. Where there is no room for all boxes, those that
// repeat become one, then others; what there is still no room for is counted.
#pragma once
#include <set>
#include <vector>

#include "core/scene/graph/blocks.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

struct GraphOptions {
    ViewOptions page;       // its theme, language, title, labels and size
    bool apart = false;     // every operator is a box of its own
    bool all_open = false;  // no block is closed; what there is no room for is counted
    OpenBlocks opened = {};
    std::set<int> found = {};  // rows of the table that are marked
    int shown = -1;            // the row that is marked as the one that is shown
};

struct PlacedBox {
    GraphBox box;
    Rect place;
};

struct GraphPicture {
    Scene scene;
    std::vector<PlacedBox> boxes;
    int blocks = 0;  // that can be opened, from 1
};

GraphPicture compose_graph(const NetworkFigure& network, const GraphOptions& options);

}  // namespace convloom::scene
