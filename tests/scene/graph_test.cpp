// The picture of a network: every layer is drawn or counted, on every page and in both languages; what repeats becomes
// one box; texts stay on the page without overlap.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/scene/graph/blocks.hpp"
#include "core/scene/graph/box_words.hpp"
#include "core/scene/graph/compose_graph.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/page/scene_json.hpp"
#include "core/state/networks/onnx.hpp"
#include "tests/support/networks.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::graph_test {
namespace {

using namespace scene;

GraphOptions on_page(const PageSize& page, Language language = Language::english) {
    GraphOptions options;
    options.page.page = page;
    options.page.language = language;
    options.page.title = "made.onnx";
    return options;
}

const PageSize all_pages[] = {{}, page_for(4, 3), page_for(1, 1), page_for(3, 4), page_for(21, 9)};

std::vector<const Text*> texts_of(const Scene& scene) {
    std::vector<const Text*> texts;
    for (const Plane& plane : scene.planes)
        for (const Item& item : plane.items)
            if (const Text* text = std::get_if<Text>(&item); text && !text->text.empty()) texts.push_back(text);
    return texts;
}

bool says(const Scene& scene, const std::string& words) {
    const auto texts = texts_of(scene);
    return std::any_of(texts.begin(), texts.end(), [&](const Text* t) { return t->text.find(words) != t->text.npos; });
}

bool overlap(const Rect& a, const Rect& b) {
    return a.x < b.right() - 1e-6 && b.x < a.right() - 1e-6 && a.y < b.bottom() - 1e-6 && b.y < a.bottom() - 1e-6;
}

// Every row of the table is in one box.
void expect_all_rows(const NetworkFigure& network, const std::vector<int>& rows) {
    std::vector<int> all(network.summary.rows.size());
    for (std::size_t n = 0; n < all.size(); ++n) all[n] = static_cast<int>(n);
    std::vector<int> sorted = rows;
    std::sort(sorted.begin(), sorted.end());
    EXPECT_EQ(sorted, all);
}

void expect_good(const NetworkFigure& network, const GraphOptions& options) {
    const GraphPicture picture = compose_graph(network, options);
    const Scene& scene = picture.scene;
    ASSERT_FALSE(picture.boxes.empty());
    std::vector<int> rows;
    for (const PlacedBox& one : picture.boxes) rows.insert(rows.end(), one.box.rows.begin(), one.box.rows.end());
    expect_all_rows(network, rows);
    for (std::size_t a = 0; a < picture.boxes.size(); ++a) {
        const Rect& box = picture.boxes[a].place;
        EXPECT_TRUE(box.x > 0 && box.y > 0 && box.right() < scene.width && box.bottom() < scene.height);
        for (std::size_t b = 0; b < a; ++b) EXPECT_FALSE(overlap(box, picture.boxes[b].place));
    }
    std::vector<std::pair<std::string, Rect>> texts;
    for (const Text* text : texts_of(scene)) {
        const Rect box = text_box(*text);
        EXPECT_TRUE(box.x >= 0 && box.y >= 0 && box.right() <= scene.width && box.bottom() <= scene.height)
            << text->text;
        EXPECT_GE(text->size, scene.height / 60 - 1e-9) << text->text;
        texts.emplace_back(text->text, box);
    }
    for (std::size_t a = 0; a < texts.size(); ++a)
        for (std::size_t b = 0; b < a; ++b)
            EXPECT_FALSE(overlap(texts[a].second, texts[b].second)) << texts[a].first << " over " << texts[b].first;
    EXPECT_FALSE(scene.title.empty());
}

TEST(NetworkPicture, DrawsOrCountsEveryLayer) {
    for (unsigned seed = 0; seed < 12; ++seed)
        for (const int count : {1, 6, 20, 60, 150}) {
            MadeNetwork made = random_network(seed, count);
            const NetworkFigure network = made.figure();
            for (const PageSize& page : all_pages) {
                SCOPED_TRACE(fmt::format("seed {}, {} operators on {}x{}", seed, count, page.width, page.height));
                GraphOptions options = on_page(page);
                options.apart = seed % 3 == 1;
                options.all_open = seed % 4 == 2;
                expect_good(network, options);
                if (::testing::Test::HasFailure()) return;
            }
        }
}

TEST(NetworkPicture, ReductionsKeepEveryLayer) {
    for (unsigned seed = 0; seed < 60; ++seed) {
        MadeNetwork made =
            seed < 40 ? random_network(seed, 40) : residual_network({1 + static_cast<int>(seed) % 3, 2, 4});
        const NetworkFigure network = made.figure();
        for (const bool apart : {false, true}) {
            const BoxGraph all = boxes_of(network, apart);
            std::size_t boxes = all.boxes.size();
            for (const BoxGraph& graph : reductions(all, network, {})) {
                std::vector<int> rows;
                for (const GraphBox& box : graph.boxes) rows.insert(rows.end(), box.rows.begin(), box.rows.end());
                expect_all_rows(network, rows);
                EXPECT_LE(graph.boxes.size(), boxes);
                boxes = graph.boxes.size();
                for (const GraphNet& net : graph.nets)
                    for (const int to : net.to) EXPECT_LT(net.from, to) << "boxes are in order";
            }
        }
    }
}

TEST(NetworkPicture, ActivationsShareTheBoxOfTheirLayer) {
    MadeNetwork made({1, 3, 8, 8});
    int x = made.relu(made.conv(0, 3, 4, 3, 2));
    x = made.op("Mul", {x, made.op("Sigmoid", {x})});  // Swish, as exporters write it
    const int y = made.conv(x, 4, 4, 1);
    made.output(made.op("Add", {y, x}));
    const NetworkFigure network = made.figure();
    const BoxGraph graph = boxes_of(network, false);
    ASSERT_EQ(graph.boxes.size(), 5u) << "input, two convolutions, a sum, output";
    EXPECT_EQ(graph.boxes[1].rows, (std::vector<int>{0, 1, 2, 3}));
    EXPECT_EQ(box_lines(network, graph.boxes[1], Language::english),
              (std::vector<std::string>{"Conv 3×3, stride 2", "3 → 4 · Conv0", "+ Relu, Sigmoid, Mul"}));
    EXPECT_EQ(graph.boxes[2].rows, std::vector<int>{4}) << "the sum takes two tensors";
    EXPECT_EQ(boxes_of(network, true).boxes.size(), 8u);
}

TEST(NetworkPicture, NamesMainNumbers) {
    MadeNetwork made({1, 8, 16, 16});
    const int x = made.conv(0, 8, 8, 3, 1, 8), y = made.conv(x, 8, 16, 1, 1, 4), z = made.pool(y);
    made.output(made.op("Unheard", {z}));
    const NetworkFigure network = made.figure();
    EXPECT_EQ(kind_text(network, 0, Language::english), "Conv 3×3");
    EXPECT_EQ(numbers_text(network, 0, Language::english), "8, depthwise");
    EXPECT_EQ(numbers_text(network, 1, Language::english), "8 → 16, 4 groups");
    EXPECT_EQ(kind_text(network, 2, Language::english), "MaxPool 2×2, stride 2");
    EXPECT_EQ(shape_text(network, z), "16×8×8");
    EXPECT_EQ(shape_text(network, made.graph().outputs[0]), "?") << "of an operator that is not known";
    EXPECT_EQ(kind_of(network, 0), BoxKind::weighted);
    EXPECT_EQ(kind_of(network, 2), BoxKind::window);
    EXPECT_EQ(kind_of(network, 3), BoxKind::plain);
}

TEST(NetworkPicture, EqualBlocksBecomeOne) {
    MadeNetwork made = residual_network({3, 4});
    const NetworkFigure network = made.figure();
    const BoxGraph all = boxes_of(network, false);
    EXPECT_EQ(block_count(all, network), 7);
    const BoxGraph closed = reductions(all, network, {})[1];
    std::vector<std::pair<int, int>> blocks;  // numbers and repetitions
    for (const GraphBox& box : closed.boxes)
        if (box.kind == BoxKind::block) blocks.emplace_back(box.number, box.times);
    EXPECT_EQ(blocks, (std::vector<std::pair<int, int>>{{1, 1}, {2, 2}, {4, 1}, {5, 3}}))
        << "the first of each stage has a convolution in its shortcut";
    const auto repeated =
        std::find_if(closed.boxes.begin(), closed.boxes.end(), [](const GraphBox& box) { return box.number == 2; });
    EXPECT_EQ(box_lines(network, *repeated, Language::english),
              (std::vector<std::string>{"Blocks 2–3 · 2×", "Conv 1×1, 32 → 8", "Conv 3×3, 8 → 8", "Conv 1×1, 8 → 32",
                                        "+ shortcut"}));
    // One of them open, the others closed.
    const BoxGraph opened = reductions(all, network, {{5}, {}})[1];
    std::set<int> numbers;
    for (const GraphBox& box : opened.boxes)
        for (int n = box.number; n > 0 && n <= box.last_number; ++n) numbers.insert(n);
    EXPECT_EQ(numbers, (std::set<int>{1, 2, 3, 4, 6, 7}));
    EXPECT_EQ(opened.boxes.size(), closed.boxes.size() + 4) << "its four boxes";
    const BoxGraph by_row = reductions(all, network, {{}, {repeated->rows.front()}})[1];
    EXPECT_TRUE(
        std::none_of(by_row.boxes.begin(), by_row.boxes.end(), [](const GraphBox& box) { return box.number == 2; }));
    EXPECT_TRUE(
        std::any_of(by_row.boxes.begin(), by_row.boxes.end(), [](const GraphBox& box) { return box.number == 3; }));
}

// Layers that repeat without a branch: a depthwise and a pointwise convolution.
TEST(NetworkPicture, RunsBecomeOne) {
    MadeNetwork made({1, 8, 16, 16});
    int x = made.conv(0, 8, 8, 5);
    for (int n = 0; n < 4; ++n) x = made.relu(made.conv(made.relu(made.conv(x, 8, 8, 3, 1, 8)), 8, 8, 1));
    made.output(x);
    const NetworkFigure network = made.figure();
    const BoxGraph closed = reductions(boxes_of(network, false), network, {})[1];
    ASSERT_EQ(closed.boxes.size(), 4u) << "input, 5×5, four times two, output";
    EXPECT_EQ(closed.boxes[2].times, 4);
    EXPECT_EQ(closed.boxes[2].parts.size(), 2u);
}

// A network with long names and one with as many layers as people train; the picture is on one page.
TEST(NetworkPicture, StaysOnThePageWithoutOverlap) {
    std::vector<MadeNetwork> networks;
    networks.push_back(residual_network({1}));
    networks.push_back(residual_network({3, 4, 6, 3}));
    networks.push_back(residual_network({30, 40}));
    MadeNetwork wide({1, 3, 32, 32}, std::string(200, 'W'));  // as many branches as no page holds
    std::vector<int> branches;
    for (int n = 0; n < 40; ++n) branches.push_back(wide.relu(wide.conv(0, 3, 8, n % 2 == 0 ? 1 : 3)));
    wide.output(wide.concat(branches));
    networks.push_back(std::move(wide));
    MadeNetwork many({1, 3, 32, 32});
    for (int n = 0; n < 12; ++n) many.output(many.conv(0, 3, 8, 3));
    networks.push_back(std::move(many));
    for (MadeNetwork& made : networks) {
        const NetworkFigure network = made.figure();
        for (const PageSize& page : all_pages)
            for (const Language language : {Language::english, Language::chinese})
                for (const bool open : {false, true}) {
                    SCOPED_TRACE(
                        fmt::format("{} layers on {}x{}", network.summary.rows.size(), page.width, page.height));
                    GraphOptions options = on_page(page, language);
                    options.all_open = open;
                    expect_good(network, options);
                }
    }
}

TEST(NetworkPicture, CountsWhatThereIsNoRoomFor) {
    MadeNetwork made = residual_network({30, 40});
    GraphOptions options = on_page({});
    options.all_open = true;
    const GraphPicture picture = compose_graph(made.figure(), options);
    const PlacedBox& last = picture.boxes.back();
    ASSERT_EQ(last.box.kind, BoxKind::rest);
    EXPECT_GT(last.box.rows.size(), 100u);
    EXPECT_TRUE(says(picture.scene, fmt::format("and {} more layers", last.box.rows.size())));
    options.all_open = false;
    for (const PlacedBox& one : compose_graph(made.figure(), options).boxes) EXPECT_NE(one.box.kind, BoxKind::rest);
}

TEST(NetworkPicture, MarksTheShownAndTheFound) {
    MadeNetwork made = residual_network({1});
    GraphOptions options = on_page({});
    options.shown = 0;
    options.found = {2, 3};
    const GraphPicture picture = compose_graph(made.figure(), options);
    std::set<int> shown, found;
    for (const Plane& plane : picture.scene.planes)
        for (const Item& item : plane.items)
            if (const Shape* shape = std::get_if<Shape>(&item); shape && plane.role.content == Content::node) {
                const std::vector<int>& rows = picture.boxes[static_cast<std::size_t>(plane.role.number)].box.rows;
                if (shape->name == "shown") shown.insert(rows.begin(), rows.end());
                if (shape->name == "found") found.insert(rows.begin(), rows.end());
            }
    EXPECT_EQ(shown, (std::set<int>{0, 1})) << "the convolution and its activation";
    EXPECT_EQ(found.count(2) + found.count(3), 2u);
}

TEST(NetworkPicture, TextsAreReadableInEveryTheme) {
    MadeNetwork made = residual_network({3, 4});
    for (const Theme& theme : themes()) {
        GraphOptions options = on_page(page_for(1, 1));
        options.page.theme = &theme;
        const GraphPicture picture = compose_graph(made.figure(), options);
        for (const Plane& plane : picture.scene.planes) {
            if (plane.role.content != Content::node) continue;
            Color fill = theme.ground;
            for (const Item& item : plane.items) {
                if (const Shape* shape = std::get_if<Shape>(&item); shape && shape->fill.a == 255) fill = shape->fill;
                if (const Text* text = std::get_if<Text>(&item)) {
                    EXPECT_GE(contrast(text->color, fill), 4.5) << theme.name << ": " << text->text;
                }
            }
        }
    }
}

TEST(NetworkPicture, IsAsBefore) {
    MadeNetwork residual = residual_network({2});
    expect_golden("residual.scene.json", to_json(compose_graph(residual.figure(), on_page({})).scene));
    const std::string bytes = read_file(tests_folder() + "/../assets/networks/digits.onnx");
    const network::Graph graph = state::onnx_graph(bytes, nullptr);
    const network::Inference inference = network::infer(graph);
    const network::Summary summary = network::summarize(graph, inference);
    GraphOptions options = on_page(page_for(1, 1), Language::chinese);
    options.page.title = "digits";
    expect_golden("digits.scene.json", to_json(compose_graph({graph, inference, summary}, options).scene));
}

}  // namespace
}  // namespace convloom::tests::graph_test
