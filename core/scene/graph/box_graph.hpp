// A network as boxes and the tensors between them: what is drawn as one.
//
// An operator that only changes what one box has made, such as a normalization or an activation, is drawn in that box.
// Boxes can be put together further (blocks.hpp).
#pragma once
#include <vector>

#include "core/network/summary/summary.hpp"

namespace convloom::scene {

// A network with what is known of it.
struct NetworkFigure {
    const network::Graph& graph;
    const network::Inference& inference;
    const network::Summary& summary;
};

enum class BoxKind {
    input,     // of the network
    output,    // of the network
    weighted,  // slides with weights
    window,    // slides without
    plain,     // is computed in one go
    block,     // several boxes in one
    rest       // what there is no room for
};

struct GraphBox {
    BoxKind kind = BoxKind::plain;
    int tensor = -1;                   // of an input or output
    std::vector<int> rows = {};        // of the table, ascending: all that the box stands for
    bool shortcut = false;             // a sum with what came into its block
    int number = 0;                    // of a block, from 1; 0 for other boxes
    int last_number = 0;               // of the last repetition of a block
    int times = 1;                     // repetitions of a block
    std::vector<GraphBox> parts = {};  // of a block: the boxes of its first repetition
};

// A tensor from the box that makes it to those that take it.
struct GraphNet {
    int tensor = -1, from = 0;
    std::vector<int> to;  // ascending
};

struct BoxGraph {
    std::vector<GraphBox> boxes;  // each behind those that it depends on
    std::vector<GraphNet> nets;   // by `from`
};

// With `apart` every operator is a box of its own.
BoxGraph boxes_of(const NetworkFigure& network, bool apart);

// Boxes that become one.
struct BoxGroup {
    std::vector<int> boxes;  // ascending
    GraphBox as;             // its kind and numbers; rows and parts are filled in
    std::size_t first = 0;   // how many of them are its first repetition
};

// No path may leave a group and come back.
BoxGraph grouped(const BoxGraph& graph, const std::vector<BoxGroup>& groups, const NetworkFigure& network);

}  // namespace convloom::scene
