// Some consecutive layers of a graph as a column: the places of its boxes and the lines between them.
#pragma once
#include <vector>

#include "core/scene/graph/layers.hpp"
#include "core/scene/page/geometry.hpp"

namespace convloom::scene {

struct NetLine {
    int net = 0;
    std::vector<Point> points;
    bool arrives = false;  // at a box, with an arrow
};

// A net that enters the column at its top or leaves it at its bottom.
struct NetEnd {
    int net = 0;
    double x = 0;
};

struct GraphColumn {
    double width = 0, height = 0;
    std::vector<int> boxes;
    std::vector<Rect> places;  // of these boxes
    std::vector<NetLine> lines;
    std::vector<std::pair<int, Point>> labels;  // of nets, with the beginning of their baselines
    std::vector<NetEnd> entries, exits;         // from left to right
};

constexpr double track_px = 7;  // between two lines beside each other
// Between two layers, above and below the level pieces of lines: room for texts beside lines, and for arrows.
constexpr double label_drop_px = 3;
constexpr double above_tracks(bool labelled, double label_px) {
    return labelled ? label_px + label_drop_px + 4 : 4;
}
constexpr double below_tracks(bool arrives) {
    return arrives ? 9 : 4;
}

// `label_px` is the size of the texts beside lines. A `tight` column is narrower, with more bends beside its main line.
GraphColumn column_of(const NetGraph& graph, const GraphLayers& layers, int first, int last, double label_px,
                      bool tight);

}  // namespace convloom::scene
