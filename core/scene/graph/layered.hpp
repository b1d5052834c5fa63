// A layered drawing of a graph: from top to bottom, in as many columns as it needs, with lines that go on from the
// bottom of a column to the top of the next.
#pragma once
#include <optional>
#include <vector>

#include "core/scene/graph/column.hpp"

namespace convloom::scene {

struct LayeredDrawing {
    std::vector<Rect> boxes;                    // of all boxes, in their order
    std::vector<NetLine> lines;                 // no line comes into a box
    std::vector<std::pair<int, Point>> labels;  // of nets, with the beginning of their baselines
    std::vector<Point> onward;                  // tips of arrows upward, where lines go to the next column
    int columns = 0;
    double height = 0;  // of the highest column
};

// Whether the boxes alone need less room than there is.
bool may_fit(const NetGraph& graph, const Rect& area);
// Nothing if it does not fit into the area. `label_px` is the size of the texts beside lines. The layers are those of
// the graph, whatever the sizes of its boxes.
std::optional<LayeredDrawing> lay_out(const NetGraph& graph, const GraphLayers& layers, const Rect& area,
                                      double label_px);

}  // namespace convloom::scene
