// The part of each tensor of a chain that contributes to an output cell, traced back layer by layer. For the chain
// view.
#pragma once
#include <algorithm>
#include <vector>

#include "core/arith/chain/chain.hpp"
#include "core/scene/page/geometry.hpp"

namespace convloom::scene {

struct ChannelSpan {
    arith::Index from = 0, to = -1;  // inclusive; empty if to < from
    bool has(arith::Index n) const { return n >= from && n <= to; }
};

// Cells along one axis in ascending order, possibly with gaps.
struct PlacesTaken {
    std::vector<arith::Index> at;
    bool has(arith::Index n) const { return std::binary_search(at.begin(), at.end(), n); }
};

// The contributing part of a tensor: channels, rows, columns.
struct TakingPart {
    ChannelSpan channels;
    PlacesTaken rows, columns;
    bool empty() const { return rows.at.empty() || columns.at.empty(); }
    // Its outline on a slab.
    std::vector<Point> around() const {
        const auto x = static_cast<double>(columns.at.front()), right = static_cast<double>(columns.at.back() + 1);
        const auto y = static_cast<double>(rows.at.front()), bottom = static_cast<double>(rows.at.back() + 1);
        return {{x, y}, {right, y}, {right, bottom}, {x, bottom}};
    }
};

// The part of the layer's input that contributes to a part of its output.
TakingPart behind(const arith::Layer& layer, const TakingPart& out);

// The part of a link's own output that a part of what stands after it comes from.
TakingPart through(const arith::Link& link, const TakingPart& out);

// For each place along an axis of what a link gives, the last place of its own output that it comes from; -1 for
// padding. Axis 0 is the channels.
std::vector<arith::Index> origins(const arith::Link& link, int axis);

}  // namespace convloom::scene
