// Boxes with their texts measured. Internal to this folder.
#pragma once
#include <string>
#include <vector>

#include "core/scene/graph/box_graph.hpp"
#include "core/scene/graph/layers.hpp"
#include "core/scene/words/language.hpp"

namespace convloom::scene {

constexpr double box_margin_px = 8, box_padding_px = 5;

// Sizes of texts: titles, and the others.
struct TextSizes {
    double title = 0, small = 0;
    double line() const { return 1.3 * small; }
};

// Boxes of a kind are equally wide, unless they speak tersely. Lines that do not fit are cut.
struct MeasuredGraph {
    NetGraph graph;
    std::vector<std::vector<std::string>> lines;  // of each box
    std::vector<std::string> shapes;              // of each net
};
MeasuredGraph measured(const NetworkFigure& network, const BoxGraph& graph, const TextSizes& sizes, Language language,
                       bool tersely);

}  // namespace convloom::scene
