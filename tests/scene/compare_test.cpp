// The compare view: the reason in words, the cells that differ, the step of the larger output; and the picture of a
// layer that cannot be.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

#include "core/arith/contrast/contrast.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/scene/compare/compose_refused.hpp"
#include "core/scene/compare/why_different.hpp"
#include "core/scene/measure/bounds.hpp"
#include "core/scene/pointing/pointing.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/model/comparison.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/update/update.hpp"
#include "core/state/words/torch_words.hpp"
#include "core/state/words/words_state.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::compare_test {
namespace {

using namespace scene;
using arith::Index;
using arith::Layer;

Layer layer_of(const std::string& code, const std::string& input) {
    return state::read_torch(code, state::read_shape(input)).front().layer;
}

std::string why(const std::string& a, const std::string& b, const std::string& input) {
    return why_different(layer_of(a, input), layer_of(b, input), Language::english);
}

const Text* text_named(const Scene& scene, const std::string& name) {
    for (const Plane& plane : scene.planes)
        for (const Item& item : plane.items)
            if (const Text* text = std::get_if<Text>(&item); text && text->name == name) return text;
    return nullptr;
}
std::string text_of(const Scene& scene, const std::string& name) {
    const Text* text = text_named(scene, name);
    return text ? text->text : "no text " + name;
}
std::set<std::string> items_with(const Scene& scene, const std::string& plane_prefix, const std::string& prefix) {
    std::set<std::string> names;
    for (const Plane& plane : scene.planes)
        if (plane.name.starts_with(plane_prefix))
            for (const Item& item : plane.items)
                std::visit(
                    [&](const auto& one) {
                        if (one.name.starts_with(prefix)) names.insert(one.name);
                    },
                    item);
    return names;
}

TEST(WhyDifferent, NamesEachSettingWithBothNumbers) {
    EXPECT_EQ(
        why("nn.Conv2d(1, 1, 2)  # padding 0+1 0+1", "nn.Conv2d(1, 1, 2)  # padding 1+0 1+0", "1x5x5"),
        "The padding is 0+1 in A and 1+0 in B: as many cells in all, but every window of B begins 1 cell earlier. "
        "The kernel's origin, counted from 0, is its cell 0 in A and 1 in B.");
    EXPECT_EQ(
        why("nn.Conv2d(1, 1, 3)", "nn.Conv2d(1, 1, 3, padding=1)", "1x5x5"),
        "The padding is 0 in A and 1 in B, so the padded input has 5 cells in A and 7 in B. The output is 1×3×3 in "
        "A and 1×5×5 in B.");
    EXPECT_EQ(why("nn.Conv2d(1, 1, 3)  # kernel flipped", "nn.Conv2d(1, 1, 3)", "1x5x5"),
              "A is a true convolution, which rotates the kernel by 180°; B is a cross-correlation, which does not.");
    EXPECT_EQ(
        why("nn.MaxPool2d(3, 2)", "nn.MaxPool2d(3, 2, ceil_mode=True)", "1x6x6"),
        "B rounds its size up and A down: ⌊(6 + 2·0 − 1·(3 − 1) − 1) / 2⌋ + 1 = 2 in A and ⌈(6 + 2·0 − 1·(3 − 1) − 1) "
        "/ 2⌉ + 1 = 3 in B. The output is 1×2×2 in A and 1×3×3 in B.");
    EXPECT_EQ(why("nn.AvgPool2d(3, 1, 1)", "nn.AvgPool2d(3, 1, 1, count_include_pad=False)", "1x5x5"),
              "At the border A divides by all 9 cells of the window, padding included, and B only by those inside the "
              "input.");
    EXPECT_EQ(why("nn.Conv2d(1, 1, 3, padding=1)", "nn.Conv2d(1, 1, 3, padding=1, padding_mode='reflect')", "1x5x5"),
              "Around the input A reads “zeros” and B reads “reflect”.");
    EXPECT_EQ(why("nn.Conv1d(1, 1, 3)", "nn.Conv1d(1, 1, 3, dilation=2)", "1x9"),
              "Dilation d: 1 in A and 2 in B, so the kernel covers 3 cells in A and 5 in B. The output is 1×7 in A and "
              "1×5 in B.");
    EXPECT_EQ(why("nn.Conv1d(2, 2, 3)", "nn.Conv1d(2, 2, 3, groups=2, bias=False)", "2x9"),
              "Groups g: 1 in A and 2 in B. Bias: on in A and off in B.");
    EXPECT_EQ(why("nn.Conv1d(1, 1, 3)", "nn.Conv1d(1, 1, 3)", "1x9"), "A and B are the same layer.");
}

// Every choice that is offered for any preset is explained in both languages, without a setting left unnamed.
TEST(WhyDifferent, ExplainsEveryChoiceOfEveryPreset) {
    for (const std::string& name : state::preset_names()) {
        const Layer layer = state::preset(name).layer();
        for (const arith::Contrast& one : arith::contrasts(layer)) {
            const std::string english = why_different(layer, one.layer, Language::english),
                              chinese = why_different(layer, one.layer, Language::chinese);
            EXPECT_NE(english, "A and B are the same layer.") << name << ' ' << one.name;
            EXPECT_NE(english, chinese) << name << ' ' << one.name;
            EXPECT_NE(own_settings(layer, one.layer, Language::english), "") << name << ' ' << one.name;
        }
    }
}

state::State beside(const std::string& a, const std::string& b, const std::string& input, Index step = 0) {
    state::State s = state::state_of_words(a, state::read_input_shape(input));
    const state::Outcome outcome = update(s, state::CompareWith{layer_of(b, input)});
    EXPECT_TRUE(outcome.problems.empty()) << outcome.problems.front().sentence;
    return update(outcome.state, state::GoToStep{step}).state;
}

TEST(CompareView, MarksExactlyTheCellsThatDiffer) {
    for (const char* other : {"nn.Conv2d(1, 1, 2, bias=False)  # padding 1+0 1+0", "nn.Conv2d(1, 1, 2, bias=False)",
                              "nn.Conv2d(1, 1, 2, stride=2, bias=False)",
                              "nn.Conv2d(1, 1, 2, bias=False)  # padding 0+1 0+1  # kernel flipped"}) {
        const state::State s = beside("nn.Conv2d(1, 1, 2, bias=False)  # padding 0+1 0+1", other, "1x5x5");
        state::State alone = s;
        alone.view = View::flat;
        const arith::Recording a = recording_of(alone), b = compared_recording(s, s.input);
        std::set<std::string> expected;
        const Index rows = std::max(arith::output_size(a.layer(), 0), arith::output_size(b.layer(), 0)),
                    columns = std::max(arith::output_size(a.layer(), 1), arith::output_size(b.layer(), 1));
        for (Index r = 0; r < rows; ++r)
            for (Index c = 0; c < columns; ++c) {
                const auto has = [&](const arith::Recording& of) {
                    return r < arith::output_size(of.layer(), 0) && c < arith::output_size(of.layer(), 1);
                };
                const auto value = [&](const arith::Recording& of) {
                    return of.value(of.step(of.step_at(0, {r, c, 0})));
                };
                if (has(a) && (!has(b) || value(a) != value(b))) expected.insert(fmt::format("differs {} {}", r, c));
            }
        const Scene scene = scene_of(s);
        EXPECT_EQ(items_with(scene, "A: output", "differs"), expected) << other;
        EXPECT_FALSE(expected.empty());
    }
}

TEST(CompareView, SaysTheSizesAndTheCellThatOneLacks) {
    const state::State s = beside("nn.MaxPool2d(3, 2)", "nn.MaxPool2d(3, 2, ceil_mode=True)", "1x6x6", 8);
    EXPECT_EQ(places_of(s).step_count(), 9) << "the steps are those of the larger output";
    EXPECT_EQ(s.moment.step, 8);
    const Scene scene = scene_of(s);
    EXPECT_EQ(text_of(scene, "A lacks"), "The output of A has no cell (2, 2).");
    EXPECT_EQ(text_named(scene, "B lacks"), nullptr);
    EXPECT_EQ(items_with(scene, "A: output", "missing").size(), 5u);
    EXPECT_TRUE(items_with(scene, "B: output", "missing").empty());
    EXPECT_EQ(text_of(scene, "A Output shape"), "2×2");
    EXPECT_EQ(text_of(scene, "B Output shape"), "3×3");
    EXPECT_EQ(items_with(scene, "A: input", "window").size(), 0u);
    EXPECT_EQ(items_with(scene, "B: input", "window").size(), 1u);
}

TEST(CompareView, HasBothWindowsAtTheSameOutputCell) {
    const state::State s =
        beside("nn.Conv2d(1, 1, 2)  # padding 0+1 0+1", "nn.Conv2d(1, 1, 2)  # padding 1+0 1+0", "1x5x5", 12);
    const Scene scene = scene_of(s);
    int windows = 0, cells = 0;
    for (const Plane& plane : scene.planes)
        for (const Item& item : plane.items) {
            if (role_of(item).mark == Mark::window && !role_of(item).border) {
                ++windows;
                EXPECT_EQ(std::get<Line>(item).points.front(), (Point{2, 2})) << plane.name;
            }
            if (role_of(item).mark == Mark::output_cell && !role_of(item).border) {
                ++cells;
                EXPECT_EQ(std::get<Line>(item).points.front(), (Point{2, 2})) << plane.name;
            }
        }
    EXPECT_EQ(windows, 2);
    EXPECT_EQ(cells, 2);
}

// Both planes of a kind have roles of their own, and only those of the layer that is stepped through are pointed at.
TEST(CompareView, OnePlaneOfAKindIsPointedAt) {
    for (const char* name : {"more_compare_same", "more_compare_flip", "more_compare_ceil", "more_compare_average"}) {
        const state::State s = state::preset(name);
        ASSERT_EQ(s.view, View::compare);
        const Scene scene = scene_of(s);
        std::vector<PlaneRole> roles;
        for (const Plane& plane : scene.planes) {
            for (const PlaneRole& role : roles) EXPECT_FALSE(role == plane.role) << name << ": " << plane.name;
            roles.push_back(plane.role);
        }
        const bool second = arith::walks_second(s.layer(), compared_layer(s));
        for (const Plane& plane : scene.planes)
            if (plane.role.content == Content::output) {
                EXPECT_EQ(plane.role.pointable, plane.name.starts_with(second ? "B" : "A")) << name;
            }
    }
}

TEST(CompareView, DrawsEveryChoiceOfEveryPresetOnThePage) {
    for (const std::string& name : state::preset_names()) {
        state::State s = state::preset(name);
        if (s.photo || !undrawable(s.layer(), View::compare).empty()) continue;
        s.view = View::compare;
        for (const arith::Contrast& one : arith::contrasts(s.layer())) {
            if (!not_shown_beside(s, one.layer).empty()) continue;
            s.compared = one.layer;
            const Index last = places_of(s).step_count() - 1;
            for (const Index step : {Index{0}, last}) {
                s.moment = {step, Moment::whole_window};
                const Scene scene = scene_of(s);
                const Rect box = bounds(scene);
                EXPECT_GE(box.x, 0) << name << ' ' << one.name;
                EXPECT_GE(box.y, 0) << name << ' ' << one.name;
                EXPECT_LE(box.x + box.width, page_width) << name << ' ' << one.name;
                EXPECT_LE(box.y + box.height, page_height) << name << ' ' << one.name;
            }
        }
    }
}

TEST(ComparedState, KeepsTheOutputCellWhenTheViewChanges) {
    state::State s = beside("nn.MaxPool2d(3, 2)", "nn.MaxPool2d(3, 2, ceil_mode=True)", "1x6x6", 4);
    EXPECT_EQ(places_of(s).step(s.moment.step).output, (arith::Cell{1, 1, 0}));
    const state::State flat = update(s, state::SetView{View::flat}).state;
    EXPECT_EQ(flat.moment.step, 3) << "the same cell of the 2×2 output";
    EXPECT_EQ(update(flat, state::SetView{View::compare}).state.moment.step, 4);
    EXPECT_TRUE(flat.compared.has_value());
}

TEST(ComparedState, FollowsTheLayerOrRefuses) {
    const state::State s =
        beside("nn.Conv2d(1, 1, 2)  # padding 0+1 0+1", "nn.Conv2d(1, 1, 2)  # padding 1+0 1+0", "1x5x5");
    const state::State larger = update(s, state::SetKernel{4}).state;
    ASSERT_TRUE(larger.compared);
    EXPECT_EQ(larger.compared->axes[0].kernel, 4);
    EXPECT_EQ(larger.compared->axes[0].pad_before, 1);
    const state::State resized = update(s, state::SetSize{8}).state;
    EXPECT_EQ(resized.compared->axes[0].size, 8);
    // The other one's own stride of 2 leaves the padding of the first one too little.
    const state::State of_kernels = beside("nn.Conv2d(1, 1, 2)", "nn.Conv2d(1, 1, 5)", "1x5x5");
    const state::Outcome refused = update(of_kernels, state::SetSize{4});
    ASSERT_EQ(refused.problems.size(), 2u);
    EXPECT_EQ(refused.problems[0].sentence,
              "The kernel covers 5 cells (k 5, d 1), but the padded input has only 4 (i 4, p 0).");
    EXPECT_EQ(refused.state, of_kernels);
    const state::State pooled = update(of_kernels, state::SetOp{arith::Op::max_pooling}).state;
    EXPECT_TRUE(update(pooled, state::SetSize{7}).problems.empty());
}

TEST(ComparedState, OtherInputsAreRefused) {
    const state::State s = state::preset("more_compare_same");
    const state::Outcome outcome = update(s, state::CompareWith{layer_of("nn.Conv2d(1, 1, 2)", "1x6x6")});
    ASSERT_EQ(outcome.problems.size(), 1u);
    EXPECT_EQ(outcome.problems.front().sentence,
              "The layers take inputs of 1×5×5 and 1×6×6; two layers are compared on the same input.");
    EXPECT_FALSE(update(s, state::CompareWith{}).state.compared);
}

Scene refused(const std::string& code, const std::string& input, Language language = Language::english) {
    const arith::Chain chain = state::read_torch(code, state::read_shape(input));
    const std::vector<arith::Problem> problems = arith::check(chain.front().layer);
    EXPECT_FALSE(problems.empty());
    ViewOptions options;
    options.language = language;
    options.title = code;
    return compose_refused(chain.front().layer, problems, options);
}

TEST(RefusedPicture, ShowsTheCellsThatTheWindowLacks) {
    const Scene scene = refused("nn.Conv2d(1, 1, 7, padding=(0, 1))", "1x5x5");
    const auto input = items_with(scene, "input", "");
    EXPECT_TRUE(input.contains("lacking below 0"));
    EXPECT_FALSE(input.contains("lacking right 0")) << "5 + 1 + 1 cells are enough for 7";
    EXPECT_TRUE(input.contains("window"));
    EXPECT_EQ(text_of(scene, "sizes 0 0"), "height: the padded input has 5 + 0 + 0 = 5 cells,");
    EXPECT_EQ(text_of(scene, "formula 0"), "o = ⌊(5 − 7) / 1⌋ + 1 < 1");
    EXPECT_EQ(text_named(scene, "formula 1"), nullptr);
    EXPECT_EQ(text_of(scene, "nearest kernel"), "Kernel size k: 7 → 5");
    EXPECT_EQ(text_of(scene, "nearest size"), "Input size i: 5 → 7");
    EXPECT_EQ(text_of(scene, "nearest padding"), "Padding p: 0 → 1");
}

TEST(RefusedPicture, ShowsPaddingBeyondTheLimit) {
    const Scene pooling = refused("nn.Conv2d(1, 1, 3, padding=6, padding_mode='reflect')", "1x5x5");
    EXPECT_TRUE(items_with(pooling, "input", "refused above").contains("refused above 0"));
    EXPECT_EQ(text_of(pooling, "nearest padding"), "Padding p: 6 → 4");
    const Scene crop = refused("nn.ConvTranspose2d(1, 1, 3, padding=4)", "1x3x3");
    EXPECT_TRUE(items_with(crop, "output", "refused above").contains("refused above 0"));
    EXPECT_EQ(text_of(crop, "Output title"), "Output");
}

TEST(RefusedPicture, IsOnThePageWhateverTheNumbers) {
    for (const Language language : {Language::english, Language::chinese})
        for (const char* code :
             {"nn.Conv1d(1, 1, 7)", "nn.Conv2d(1, 1, 7)", "nn.Conv2d(1, 1, (3, 9), dilation=(4, 1))",
              "nn.Conv2d(1, 1, 1000)", "nn.Conv2d(1, 1, 300000000)", "nn.Conv2d(3, 4, 3, groups=2)", "nn.MaxPool2d(9)",
              "nn.Conv3d(1, 1, (9, 1, 1))", "nn.ConvTranspose2d(1, 1, 3, padding=40)",
              "nn.ConvTranspose2d(1, 1, 3, output_padding=3)",
              "nn.Conv2d(1, 1, 3, padding=50, padding_mode='circular')"}) {
            const std::string text = code;
            const Scene scene = refused(code,
                                        text.find("3d") != text.npos      ? "1x5x5x5"
                                        : text.find("1d") != text.npos    ? "1x5"
                                        : text.find("(3, 4") != text.npos ? "3x5x5"
                                                                          : "1x5x5",
                                        language);
            const Rect box = bounds(scene);
            EXPECT_GE(box.x, 0) << code;
            EXPECT_LE(box.x + box.width, page_width) << code;
            EXPECT_LE(box.y + box.height, page_height) << code;
            std::size_t items = 0;
            for (const Plane& plane : scene.planes) items += plane.items.size();
            EXPECT_LT(items, 2000u) << code;
        }
}

}  // namespace
}  // namespace convloom::tests::compare_test
