// Figures of layers whose windows differ from step to step: each figure shows the window of its step.
#include <map>

#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/window.hpp"
#include "core/scene/layout/sliding.hpp"
#include "core/scene/page/scene.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/state/data/build.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/words/torch_words.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::sized_scene_test {
namespace {

using namespace scene;
using arith::Index;

state::State state_of(const std::string& words, const arith::Shape& input) {
    return state::state_of_chain(state::read_torch(words, input), "a layer");
}

Scene scene_at(state::State s, Index step, View view, Index tap = Moment::whole_window) {
    s.view = view;
    s.moment = {step, tap};
    return scene_of(s);
}

template <class T>
std::vector<const T*> items_of(const Scene& scene, const std::string& plane, const std::string& begins) {
    std::vector<const T*> found;
    for (const Plane& one : scene.planes)
        if (one.name == plane)
            for (const Item& item : one.items)
                if (const T* as = std::get_if<T>(&item); as && as->name.starts_with(begins)) found.push_back(as);
    return found;
}

TEST(SizedScene, OutlinesTheWindowOfTheStep) {
    const state::State s = state_of("nn.AdaptiveAvgPool2d((3, 4))", {1, 7, 6});
    for (Index n = 0; n < 12; ++n) {
        const Scene flat = scene_at(s, n, View::flat), stacked = scene_at(s, n, View::stacked);
        const arith::Window high = arith::window_of(s.layer(), 0, n / 4), wide = arith::window_of(s.layer(), 1, n % 4);
        const auto outlines = items_of<Line>(flat, "input", "window");
        ASSERT_EQ(outlines.size(), 1u);
        const std::vector<Point>& corners = outlines[0]->points;
        EXPECT_EQ(corners[0], (Point{static_cast<double>(wide.begin), static_cast<double>(high.begin)}));
        EXPECT_EQ(corners[2],
                  (Point{static_cast<double>(wide.begin + wide.count), static_cast<double>(high.begin + high.count)}));
        const auto fields = items_of<Field>(stacked, "input", "window");
        ASSERT_EQ(fields.size(), 1u);
        EXPECT_EQ(fields[0]->rows, high.count);
        EXPECT_EQ(fields[0]->columns, wide.count);
    }
}

TEST(SizedScene, PrintsTheWeightsOfAnUpsampling) {
    const state::State s = state_of("nn.Upsample(scale_factor=2, mode='bilinear')", {1, 3, 3});
    const Scene scene = scene_at(s, 14, View::flat);
    const auto weights = items_of<Text>(scene, "input", "weight");
    ASSERT_EQ(weights.size(), 4u);
    EXPECT_EQ(weights[0]->text, "0.06");
    EXPECT_EQ(weights[3]->text, "0.56");
    const auto terms = items_of<Text>(scene, "labels", "term");
    EXPECT_EQ(terms.size(), 4u);
}

TEST(SizedScene, WritesTheRootOfLpPooling) {
    const state::State s = state_of("nn.LPPool1d(2, 2, ceil_mode=True)", {1, 3});
    const auto text = [&](Index step, const std::string& name, Index tap = Moment::whole_window) {
        return items_of<Text>(scene_at(s, step, View::flat, tap), "labels", name).at(0)->text;
    };
    EXPECT_EQ(text(0, "sum lead"), "square root of");
    EXPECT_EQ(text(0, "sum equals", 1), "sum so far");
    EXPECT_EQ(text(1, "sum lead"), "square root of 2/1 times the sum of") << "the input cuts the window off";
}

// The outputs stand side by side under the input, from its first cell to its last.
TEST(SizedScene, OutputsOfASignalTileTheInput) {
    for (const char* words :
         {"nn.AdaptiveMaxPool1d(3)", "nn.Upsample(scale_factor=3)", "nn.Upsample(size=4, mode='linear')"}) {
        const state::State s = state_of(words, {1, 7});
        const SlidingAxis axis = sliding_axis(s.layer(), 0);
        EXPECT_NEAR(axis.output_place(0), 0, 1e-9) << words;
        EXPECT_NEAR(axis.output_place(axis.output - 1) + axis.output_width(), 7, 1e-9) << words;
    }
    const SlidingAxis kept =
        sliding_axis(state_of("nn.Upsample(size=13, mode='linear', align_corners=True)", {1, 7}).layer(), 0);
    EXPECT_NEAR(kept.output_place(0) + kept.output_width() / 2, 0.5, 1e-9) << "the middle of the first cell";
    EXPECT_NEAR(kept.output_place(12) + kept.output_width() / 2, 6.5, 1e-9);
}

// Every view draws every kind, or says in one sentence why not.
TEST(SizedScene, EveryViewDrawsOrSaysWhyNot) {
    std::map<View, int> drawn;
    for (const arith::Op op : arith::ops()) {
        if (!arith::kind_of(op).sized_windows && op != arith::Op::lp_pooling) continue;
        for (int rank = 1; rank <= 3; ++rank) {
            arith::Layer layer;
            layer.op = op;
            for (int a = 0; a < rank; ++a) {
                arith::Axis axis{.size = 4 + a};
                if (op == arith::Op::lp_pooling)
                    axis.kernel = 3, axis.stride = 2;
                else
                    (layer.kind().interpolates ? axis.upsample_size : axis.output_size) = 3 + a % 2;
                layer.axes.push_back(axis);
            }
            const state::State s = state::state_of_chain({{layer, {}, {}, {}}}, "a layer");
            for (const ViewInfo& view : view_infos()) {
                if (view.view == View::photo) continue;
                const std::string why = undrawable(layer, view.view);
                if (!why.empty()) {
                    EXPECT_TRUE(why.ends_with('.') && why.find(". ") == std::string::npos) << why;
                    EXPECT_NE(tr_sentence(Language::chinese, why), why);
                    continue;
                }
                ++drawn[view.view];
                for (Index step = 0; step < std::min<Index>(4, recording_of(s).step_count()); ++step)
                    for (const Index tap : {Moment::whole_window, Index{0}})
                        EXPECT_FALSE(scene_at(s, step, view.view, tap).planes.empty());
            }
        }
    }
    for (const View view : {View::flat, View::stacked, View::volume, View::signal, View::chain, View::matrix,
                            View::receptive, View::cost})
        EXPECT_GT(drawn[view], 0) << name_of(view);
    EXPECT_EQ(drawn[View::channels] + drawn[View::im2col] + drawn[View::gradient] + drawn[View::padding], 0);
}

}  // namespace
}  // namespace convloom::tests::sized_scene_test
