// Laws of the layered layout, over random graphs: boxes stand apart, lines run forward from their box to all that need
// it and come into no other box, lines of different nets do not lie on each other, texts beside lines touch nothing.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

#include "core/scene/graph/layered.hpp"
#include "core/scene/graph/tracks.hpp"

namespace convloom::scene {
namespace {

constexpr double label_px = 10;

std::optional<LayeredDrawing> drawing_of(const NetGraph& graph, const Rect& area) {
    return lay_out(graph, layers_of(graph), area, label_px);
}

NetGraph random_graph(unsigned seed, int boxes) {
    std::mt19937 random(seed);
    NetGraph graph;
    for (int b = 0; b < boxes; ++b) {
        graph.boxes.push_back({60.0 + random() % 90, 20.0 + random() % 50});
        if (b + 1 == boxes) break;
        const int ports = random() % 10 == 0 ? 2 : 1;
        if (ports == 2) graph.boxes.back().width = 200;
        for (int port = 0; port < ports; ++port) {
            std::set<int> to = {b + 1 + static_cast<int>(random() % std::min<unsigned>(3, boxes - b - 1))};
            while (random() % 3 == 0) to.insert(b + 1 + static_cast<int>(random() % (boxes - b - 1)));
            graph.nets.push_back({b, port, ports, {to.begin(), to.end()}, 40.0 + random() % 25});
        }
    }
    return graph;
}

bool apart(const Rect& a, const Rect& b) {
    return a.right() <= b.x + 1e-6 || b.right() <= a.x + 1e-6 || a.bottom() <= b.y + 1e-6 || b.bottom() <= a.y + 1e-6;
}

Rect around_segment(Point a, Point b) {
    return {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)};
}

// Whether the segment comes into the inside of the box.
bool comes_into(Point a, Point b, const Rect& box) {
    const Rect s = around_segment(a, b);
    return s.x < box.right() - 1e-6 && s.right() > box.x + 1e-6 && s.y < box.bottom() - 1e-6 &&
           s.bottom() > box.y + 1e-6;
}

// Whether two segments that are upright or level share more than a point.
bool lie_on_each_other(Point a, Point b, Point c, Point d) {
    const Rect s = around_segment(a, b), t = around_segment(c, d);
    const double wide = std::min(s.right(), t.right()) - std::max(s.x, t.x),
                 high = std::min(s.bottom(), t.bottom()) - std::max(s.y, t.y);
    const bool upright = s.width < 0.01 && t.width < 0.01, level = s.height < 0.01 && t.height < 0.01;
    return (upright && std::abs(s.x - t.x) < 0.5 && high > 1) || (level && std::abs(s.y - t.y) < 0.5 && wide > 1);
}

struct Checked {
    int graphs = 0, on_each_other = 0, columns = 0;
};

void check(const NetGraph& graph, const Rect& area, Checked& checked) {
    const auto drawing = drawing_of(graph, area);
    if (!drawing) return;
    ++checked.graphs;
    checked.columns = std::max(checked.columns, drawing->columns);
    ASSERT_EQ(drawing->boxes.size(), graph.boxes.size());
    for (std::size_t a = 0; a < drawing->boxes.size(); ++a) {
        const Rect& box = drawing->boxes[a];
        EXPECT_EQ(box.width, graph.boxes[a].width);
        EXPECT_EQ(box.height, graph.boxes[a].height);
        EXPECT_GE(box.x, area.x - 1e-6);
        EXPECT_GE(box.y, area.y - 1e-6);
        EXPECT_LE(box.right(), area.right() + 1e-6);
        EXPECT_LE(box.bottom(), area.bottom() + 1e-6);
        for (std::size_t b = 0; b < a; ++b) EXPECT_TRUE(apart(box, drawing->boxes[b])) << a << " over " << b;
    }
    // From the bottom of a box its lines reach the top of every other that needs it.
    for (std::size_t n = 0; n < graph.nets.size(); ++n) {
        const Net& net = graph.nets[n];
        std::vector<const NetLine*> own;
        for (const NetLine& line : drawing->lines)
            if (line.net == static_cast<int>(n)) own.push_back(&line);
        std::vector<Point> reached;
        const Rect& from = drawing->boxes[static_cast<std::size_t>(net.from)];
        std::set<int> arrived;
        for (std::size_t round = 0; round <= own.size(); ++round)
            for (const NetLine* line : own) {
                const Point begin = line->points.front(), end = line->points.back();
                const auto at = [](Point p) {
                    return [p](Point q) { return std::hypot(p.x - q.x, p.y - q.y) < 0.01; };
                };
                const bool begins =
                    std::abs(begin.y - from.bottom()) < 0.01 && begin.x > from.x && begin.x < from.right();
                if (!begins && std::none_of(reached.begin(), reached.end(), at(begin))) continue;
                reached.push_back(end);
                for (const int to : net.to) {
                    const Rect& box = drawing->boxes[static_cast<std::size_t>(to)];
                    if (line->arrives && std::abs(end.y - box.y) < 0.01 && end.x > box.x && end.x < box.right())
                        arrived.insert(to);
                }
            }
        EXPECT_EQ(std::vector<int>(arrived.begin(), arrived.end()), net.to) << "net " << n;
    }
    for (const NetLine& line : drawing->lines)
        for (std::size_t k = 0; k + 1 < line.points.size(); ++k) {
            const Point a = line.points[k], b = line.points[k + 1];
            EXPECT_TRUE(std::abs(a.x - b.x) < 0.01 || std::abs(a.y - b.y) < 0.01);
            if (drawing->columns == 1) {
                EXPECT_GE(b.y, a.y - 0.01) << "lines run forward";
            }
            for (std::size_t box = 0; box < drawing->boxes.size(); ++box)
                EXPECT_FALSE(comes_into(a, b, drawing->boxes[box])) << "net " << line.net << " through box " << box;
            for (const NetLine& other : drawing->lines)
                for (std::size_t j = 0; other.net > line.net && j + 1 < other.points.size(); ++j)
                    checked.on_each_other += lie_on_each_other(a, b, other.points[j], other.points[j + 1]);
        }
    std::vector<Rect> labels;
    for (const auto& [net, place] : drawing->labels)
        labels.push_back(
            {place.x, place.y - label_px, graph.nets[static_cast<std::size_t>(net)].label_width, label_px});
    EXPECT_EQ(labels.size(), graph.nets.size()) << "each net has its text once";
    for (std::size_t a = 0; a < labels.size(); ++a) {
        for (const Rect& box : drawing->boxes) EXPECT_TRUE(apart(labels[a], box));
        for (std::size_t b = 0; b < a; ++b) EXPECT_TRUE(apart(labels[a], labels[b]));
        for (const NetLine& line : drawing->lines)
            for (std::size_t k = 0; k + 1 < line.points.size(); ++k)
                EXPECT_FALSE(comes_into(line.points[k], line.points[k + 1], labels[a]))
                    << "a line through the text of net " << drawing->labels[a].first;
    }
}

TEST(Layered, KeepsItsLawsOnRandomGraphs) {
    Checked checked;
    for (unsigned seed = 0; seed < 120; ++seed)
        for (const int boxes : {1, 2, 5, 12, 25})
            for (const Rect& area : {Rect{20, 30, 3000, 6000}, Rect{10, 10, 5000, 400}, Rect{0, 0, 1600, 900}}) {
                SCOPED_TRACE(fmt::format("seed {}, {} boxes in {}x{}", seed, boxes, area.width, area.height));
                check(random_graph(seed, boxes), area, checked);
                if (::testing::Test::HasFailure()) return;
            }
    EXPECT_GT(checked.graphs, 1200);
    EXPECT_GT(checked.columns, 3);
    EXPECT_EQ(checked.on_each_other, 0) << "lines that lie on others";
}

TEST(Layered, AChainIsStraight) {
    NetGraph graph;
    for (int n = 0; n < 6; ++n) {
        graph.boxes.push_back({80.0 + 10 * n, 30});
        if (n > 0) graph.nets.push_back({n - 1, 0, 1, {n}, 30});
    }
    const auto drawing = drawing_of(graph, {0, 0, 500, 900});
    ASSERT_TRUE(drawing);
    EXPECT_EQ(drawing->columns, 1);
    for (std::size_t n = 1; n < 6; ++n)
        EXPECT_NEAR(drawing->boxes[n].x + drawing->boxes[n].width / 2,
                    drawing->boxes[0].x + drawing->boxes[0].width / 2, 1e-6);
    for (const NetLine& line : drawing->lines) EXPECT_EQ(line.points.size(), 2u);
}

// The long way of a residual block stays in line, and the shortcut goes beside it.
TEST(Layered, AResidualBlockKeepsItsMainLine) {
    NetGraph graph;
    graph.boxes.assign(5, {100, 30});
    graph.nets = {{0, 0, 1, {1, 4}, 30}, {1, 0, 1, {2}, 30}, {2, 0, 1, {3}, 30}, {3, 0, 1, {4}, 30}};
    const auto drawing = drawing_of(graph, {0, 0, 400, 900});
    ASSERT_TRUE(drawing);
    for (const Rect& box : drawing->boxes) EXPECT_NEAR(box.x, drawing->boxes[0].x, 1e-6);
}

TEST(Layered, RefusesWhatDoesNotFit) {
    NetGraph graph;
    graph.boxes.assign(3, {100, 30});
    graph.nets = {{0, 0, 1, {1}, 30}, {1, 0, 1, {2}, 30}};
    EXPECT_FALSE(drawing_of(graph, {0, 0, 99, 900}));
    EXPECT_FALSE(drawing_of(graph, {0, 0, 150, 100}));
    EXPECT_TRUE(drawing_of(graph, {0, 0, 150, 160}));
    EXPECT_TRUE(drawing_of({}, {0, 0, 100, 100}));
}

TEST(Tracks, WhatComesDownWhereAnotherGoesOnIsBelow) {
    // The first goes on at 10, where the second comes down: the second runs above.
    const std::vector<int> tracks = tracks_of({{0, {10}}, {10, {30}}, {50, {50}}});
    EXPECT_EQ(tracks[2], -1) << "straight";
    EXPECT_GT(tracks[0], tracks[1]);
    EXPECT_EQ(tracks_of({{0, {10}}, {100, {110}}}), (std::vector<int>{0, 0})) << "far apart they share a track";
}

}  // namespace
}  // namespace convloom::scene
