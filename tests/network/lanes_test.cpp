// The lanes of a residual block, of branches that are joined, and of a split; no two tensors share a lane.
#include <gtest/gtest.h>

#include "core/network/summary/lanes.hpp"

namespace convloom::network {
namespace {

using Ints = std::vector<int>;

// A graph of nodes given by their inputs and outputs; tensor 0 is the input.
struct Made {
    Graph graph;
    Summary summary;

    Made(int tensors, Ints outputs, const std::vector<std::pair<Ints, Ints>>& nodes) {
        graph.tensors.resize(static_cast<std::size_t>(tensors));
        graph.inputs = {0};
        graph.outputs = std::move(outputs);
        for (const auto& [in, out] : nodes) {
            Node node;
            node.inputs = in;
            node.outputs = out;
            Row row;
            row.node = static_cast<int>(graph.nodes.size());
            summary.rows.push_back(row);
            graph.nodes.push_back(node);
        }
    }
    std::vector<LaneRow> lanes() const { return lanes_of(graph, summary); }
};

TEST(Lanes, AChainStaysInOne) {
    for (const LaneRow& row : Made(4, {3}, {{{0}, {1}}, {{1}, {2}}, {{2}, {3}}}).lanes()) {
        EXPECT_EQ(row.lane, 0);
        EXPECT_TRUE(row.through.empty() && row.to.empty() && row.goes_on);
    }
}

TEST(Lanes, AResidualBlockGoesBesideItsShortcut) {
    // conv, conv, and the sum with the block's input.
    const auto rows = Made(4, {3}, {{{0}, {1}}, {{1}, {2}}, {{2, 0}, {3}}}).lanes();
    EXPECT_EQ(rows[1].lane, 1);
    EXPECT_EQ(rows[1].from, Ints{0});
    EXPECT_EQ(rows[1].through, Ints{0}) << "the shortcut";
    EXPECT_EQ(rows[2].lane, 1);
    EXPECT_EQ(rows[2].through, Ints{0});
    EXPECT_EQ(rows[3].lane, 0);
    EXPECT_EQ(rows[3].from, (Ints{0, 1}));
    EXPECT_TRUE(rows[3].through.empty());
}

TEST(Lanes, ASplitBeginsLanes) {
    const auto rows = Made(5, {3, 4}, {{{0}, {1, 2}}, {{1}, {3}}, {{2}, {4}}}).lanes();
    EXPECT_EQ(rows[1].to, Ints{1});
    EXPECT_EQ(rows[2].lane, 0);
    EXPECT_EQ(rows[3].from, Ints{1});
    EXPECT_EQ(rows[3].through, Ints{0}) << "the first output is the network's";
}

TEST(Lanes, ANodeThatNobodyReadsTakesNone) {
    const auto rows = Made(4, {3}, {{{0}, {1}}, {{0}, {2}}, {{2}, {3}}}).lanes();
    EXPECT_FALSE(rows[1].goes_on);
    EXPECT_EQ(rows[1].lane, 1);
    EXPECT_EQ(rows[2].lane, 0);
}

}  // namespace
}  // namespace convloom::network
