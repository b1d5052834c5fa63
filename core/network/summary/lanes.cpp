#include "core/network/summary/lanes.hpp"

#include <algorithm>
#include <set>

namespace convloom::network {
namespace {

struct Lanes {
    std::vector<int> tensors;  // of each lane; -1 for a free one
    std::vector<int> uses;     // how many rows still need each tensor

    int take(int tensor) {
        const auto free = std::find(tensors.begin(), tensors.end(), -1);
        const auto lane = free - tensors.begin();
        if (free == tensors.end()) tensors.push_back(-1);
        tensors[static_cast<std::size_t>(lane)] = tensor;
        return static_cast<int>(lane);
    }
    int lane_of(int tensor) const {
        const auto found = std::find(tensors.begin(), tensors.end(), tensor);
        return found == tensors.end() ? -1 : static_cast<int>(found - tensors.begin());
    }
    bool needed(int tensor) const { return tensor >= 0 && uses[static_cast<std::size_t>(tensor)] > 0; }

    // The first of these tensors that is needed stays in the row's lane, the others begin there.
    void begin(const std::vector<int>& made, LaneRow& row) {
        for (const int tensor : made) {
            if (!needed(tensor)) continue;
            const int lane = take(tensor);
            if (row.goes_on)
                row.to.push_back(lane);
            else
                row.lane = lane, row.goes_on = true;
        }
        if (!row.goes_on) row.lane = take(-1);
    }
    void pass(LaneRow& row) const {
        for (std::size_t n = 0; n < tensors.size(); ++n) {
            const auto lane = static_cast<int>(n);
            if (tensors[n] >= 0 && lane != row.lane && std::count(row.to.begin(), row.to.end(), lane) == 0)
                row.through.push_back(lane);
        }
    }
};

std::set<int> inputs_of(const Node& node) {
    std::set<int> inputs(node.inputs.begin(), node.inputs.end());
    inputs.erase(-1);
    return inputs;
}

}  // namespace

std::vector<LaneRow> lanes_of(const Graph& graph, const Summary& summary) {
    Lanes lanes;
    lanes.uses.assign(graph.tensors.size(), 0);
    for (const Row& row : summary.rows)
        for (const int input : inputs_of(graph.nodes[static_cast<std::size_t>(row.node)]))
            ++lanes.uses[static_cast<std::size_t>(input)];
    for (const int output : graph.outputs) ++lanes.uses[static_cast<std::size_t>(output)];

    std::vector<LaneRow> rows(1);
    lanes.begin(graph.inputs, rows[0]);
    lanes.pass(rows[0]);
    for (const Row& one : summary.rows) {
        const Node& node = graph.nodes[static_cast<std::size_t>(one.node)];
        LaneRow row;
        for (const int input : inputs_of(node)) {
            const int lane = lanes.lane_of(input);
            if (lane < 0) continue;
            row.from.push_back(lane);
            if (--lanes.uses[static_cast<std::size_t>(input)] == 0) lanes.tensors[static_cast<std::size_t>(lane)] = -1;
        }
        std::sort(row.from.begin(), row.from.end());
        lanes.begin(node.outputs, row);
        lanes.pass(row);
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace convloom::network
