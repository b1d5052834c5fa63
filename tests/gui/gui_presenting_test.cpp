// Presenting, the first start, the list of edits to undo, and sizes on different screens.
#include "app/gui/shell/presenting.hpp"

#include <GLFW/glfw3.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include <algorithm>

#include "app/gui/base/screen_scale.hpp"
#include "app/gui/widgets/widgets.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/words/change_words.hpp"
#include "tests/gui/gui_workbench_stage.hpp"
#include "tests/support/pictures.hpp"

namespace convloom::gui::gui_presenting_test {
namespace {

constexpr int wide = 1280, high = 800;

class PresentingTest : public ::testing::Test, protected tests::WorkbenchStage {
  protected:
    PresentingTest() : WorkbenchStage(wide, high, state::preset(state::opening_preset)) {}

    void rest(double s) {
        pass_time(s);
        frames(2);
    }
    static bool has(const char* name) { return place_named(name).has_value(); }
    // Red like the laser pointer's dot.
    static bool is_red(const scene::Pixels& picture, int x, int y) {
        const std::uint8_t* p = &picture.rgba[4 * (static_cast<std::size_t>(y) * picture.width + x)];
        return p[0] > 200 && p[1] < 80 && p[2] < 80;
    }
};

TEST_F(PresentingTest, MovingThePointerShowsTheTimelineAndTheWayOut) {
    key('F');
    frames(2);
    EXPECT_TRUE(has("play")) << "at first, so that one sees how to leave";
    EXPECT_TRUE(has("present leave"));
    const auto due = bench_->next_tick_s();
    ASSERT_TRUE(due);
    EXPECT_GT(*due, now_s());
    rest(3);
    EXPECT_FALSE(has("play"));
    EXPECT_FALSE(has("present leave"));
    EXPECT_FALSE(bench_->next_tick_s()) << "nothing more is due";
    EXPECT_EQ(place("canvas").height, high);
    move(400, 300);
    EXPECT_TRUE(has("play"));
    // It stays while the pointer is over it.
    const PlaceBox play = place("play");
    move(play.x + play.width / 2, play.y + play.height / 2);
    rest(10);
    ASSERT_TRUE(has("play"));
    click_on("play");
    EXPECT_TRUE(bench_->store().playing());
    bench_->store().set_playing(false);
    move(400, 300);
    click_on("present leave");
    frames(2);
    EXPECT_FALSE(bench_->interface().presenting);
    EXPECT_TRUE(has("gallery"));
}

TEST_F(PresentingTest, ThePageIsAboveTheTimelineAndDoesNotJump) {
    key('F');
    frames(3);
    const PlaceBox page = place("page");
    EXPECT_LE(page.y + page.height, place("scrub").y) << "the sum is seen";
    rest(3);
    ASSERT_FALSE(has("scrub"));
    EXPECT_EQ(place("page").y, page.y);
    EXPECT_EQ(place("page").height, page.height);
}

TEST_F(PresentingTest, TheScrubBarsTooltipDoesNotCoverButtons) {
    const PlaceBox scrub = place("scrub");
    for (const float part : {0.01f, 0.5f, 0.99f}) {
        move(scrub.x + part * scrub.width, scrub.y + scrub.height / 2);
        frames(3);
        const PlaceBox tooltip = place("tooltip");
        EXPECT_LE(tooltip.y + tooltip.height, scrub.y + scrub.height / 2) << part;
        EXPECT_GE(tooltip.x, 0) << part;
        EXPECT_LE(tooltip.x + tooltip.width, wide) << part;
    }
}

TEST_F(PresentingTest, TextsAndTooltipsGrow) {
    const float before = place("play").width;
    key('F');
    frames(3);
    EXPECT_GT(place("play").width, 1.3f * before);
    key(GLFW_KEY_ESCAPE);
    frames(3);
    EXPECT_EQ(place("play").width, before);
}

// The timeline's buttons do not overlap, however little room there is.
TEST_F(PresentingTest, ControlsOfTheTimelineDoNotOverlap) {
    constexpr const char* controls[] = {"first",   "back", "tap back", "play",   "tap forward",
                                        "forward", "last", "by taps",  "repeat", "speed"};
    for (const float scale : scales) {
        bench_->interface().scale = scale;
        frames(3);
        std::vector<PlaceBox> boxes;
        for (const char* name : controls)
            if (const auto box = place_named(name)) boxes.push_back(*box);
        EXPECT_GE(boxes.size(), 2u) << scale;
        std::sort(boxes.begin(), boxes.end(), [](const PlaceBox& a, const PlaceBox& b) { return a.x < b.x; });
        for (std::size_t n = 1; n < boxes.size(); ++n)
            EXPECT_LE(boxes[n - 1].x + boxes[n - 1].width, boxes[n].x + 1) << scale;
    }
}

// A path can be wider than a line and has no place to break.
TEST_F(PresentingTest, AMessageOfAnyLengthStaysInTheWindow) {
    ImFont* font = ImGui::GetIO().Fonts->Fonts[0];
    const std::string path = "Saved /" + std::string(400, 'w') + "/目录/" + std::string(90, 'i') + ".png";
    const Lines lines = lines_of(font, path, 300);
    EXPECT_GT(lines.lines.size(), 10u);
    EXPECT_LE(lines.width(), 300);
    std::string all;
    for (const std::string& line : lines.lines) all += line;
    std::erase(all, ' ');
    std::string wanted = path;
    std::erase(wanted, ' ');
    EXPECT_EQ(all, wanted) << "nothing is lost";
}

TEST_F(PresentingTest, TheToursTextIsBesideThePictureOnRequest) {
    key('U');
    key('F');
    frames(3);
    EXPECT_FALSE(has("tour next"));
    const float whole = place("canvas").width;
    key('U');
    frames(3);
    EXPECT_TRUE(has("tour next"));
    EXPECT_LT(place("canvas").width, whole);
    click_on("tour next");
    EXPECT_EQ(bench_->interface().tour.page, 1);
    key('U');
    frames(3);
    EXPECT_FALSE(has("tour next"));
    EXPECT_TRUE(bench_->interface().tour.open);
}

TEST_F(PresentingTest, TheLaserIsARedDotWithoutTooltips) {
    key('F');
    move(640, 380);
    rest(3);
    EXPECT_FALSE(is_red(picture(), 640 + 5, 380));
    key('P');
    EXPECT_TRUE(is_red(picture(), 640 + 5, 380));
    move(300, 300);
    EXPECT_TRUE(is_red(picture(), 300 + 5, 300));
    key(GLFW_KEY_ESCAPE);
    EXPECT_FALSE(bench_->interface().laser);
    EXPECT_TRUE(bench_->interface().presenting) << "one thing at a time";
    key(GLFW_KEY_ESCAPE);
    EXPECT_FALSE(bench_->interface().presenting);
}

TEST_F(PresentingTest, TheFirstHintIsShownUntilTheFirstAction) {
    EXPECT_FALSE(has("first hint")) << "not at a later start";
    bench_->interface().first_hint = true;
    frames(3);
    EXPECT_TRUE(has("first hint"));
    const PlaceBox hint = place("first hint"), canvas = place("canvas");
    EXPECT_GE(hint.x, canvas.x);
    EXPECT_LE(hint.y + hint.height, canvas.y + canvas.height);
    click(canvas.x + 10, canvas.y + 10);
    EXPECT_FALSE(has("first hint"));
    bench_->interface().first_hint = true;
    frames(2);
    key('L');
    frames(1);
    EXPECT_FALSE(has("first hint"));
    Session session;
    session.interface.first_hint = true;
    EXPECT_FALSE(session_from_json(to_json(session)).interface.first_hint) << "once";
}

TEST_F(PresentingTest, TheUndoListDescribesTheEdits) {
    const state::State first = now();
    EXPECT_FALSE(has("undo 0"));
    bench_->store().dispatch(state::SetStride{2});
    const state::State second = now();
    bench_->store().dispatch(state::SetPadding{1});
    bench_->store().dispatch(state::SetLayerSwitch{&arith::Layer::flip, true});
    frames(2);
    click_on("undo list");
    frames(2);
    EXPECT_TRUE(has("undo 2"));
    EXPECT_FALSE(has("undo 3"));
    click_on("undo 1");
    EXPECT_EQ(now(), second);
    key('Z', false, true);
    EXPECT_EQ(now(), first);
}

TEST(ChangeWords, NameTheDifference) {
    const state::State first = state::preset(state::opening_preset);
    const auto words = [&](const state::Action& action, scene::Language language = scene::Language::english) {
        return change_words(first, state::update(first, action).state, language);
    };
    EXPECT_EQ(words(state::SetKernel{2}), "Kernel size k: 3 → 2");
    EXPECT_EQ(words(state::SetStride{2, 0}), "Stride s: 1 → 2×1");
    EXPECT_EQ(words(state::SetPadding{2}), "Padding p: 0 → 2");
    EXPECT_EQ(words(state::SetChannels{2, 1}), "Channels in: 1 → 2");
    EXPECT_EQ(words(state::SetLayerSwitch{&arith::Layer::flip, true}), "Flipped kernel: off → on");
    EXPECT_EQ(words(state::SetOp{arith::Op::max_pooling}), "Kind: Convolution → Max pooling");
    EXPECT_EQ(words(state::SetTheme{"dark"}), "Theme");
    EXPECT_EQ(words(state::SetView{scene::View::stacked}), "View: Flat → Stacked");
    EXPECT_EQ(words(state::SetCells{state::TensorName::weight, {{0, 9}}}), "Numbers of the kernel");
    EXPECT_EQ(words(state::SetCells{state::TensorName::input, {{0, 9}}}), "Numbers of the input");
    EXPECT_EQ(words(state::OpenState{state::preset("dilation")}), "Opened " + state::preset("dilation").title);
    EXPECT_EQ(words(state::SetKernel{2}, scene::Language::chinese), "核大小 k: 3 → 2");
    const state::State photo =
        state::update(first, state::OpenPhoto{"a/b.png", tests::noise(12, 9, 3, image::Depth::bits8, 1)}).state;
    EXPECT_EQ(change_words(first, photo, scene::Language::english), "Opened b.png");
    EXPECT_EQ(change_words(photo, state::update(photo, state::SetFilter{"sharpen"}).state, scene::Language::english),
              "Filters: Gaussian blur → Sharpen");
}

TEST(ScreenScale, FollowsTheScreensReport) {
    EXPECT_EQ(scale_of({2, 3840, 2160, 600, 340}), 2) << "what the desktop asks for";
    EXPECT_EQ(scale_of({1.25f, 1920, 1080, 0, 0}), 1.25f);
    EXPECT_EQ(scale_of({1, 1920, 1080, 527, 296}), 1) << "a usual screen";
    EXPECT_EQ(scale_of({1, 2560, 1440, 597, 336}), 1);
    EXPECT_EQ(scale_of({1, 3840, 2160, 597, 336}), 1.75f) << "27 inches of 4K";
    EXPECT_EQ(scale_of({1, 2880, 1800, 301, 188}), 2.5f) << "a fine laptop";
    EXPECT_EQ(scale_of({1, 3840, 2160, 1016, 572}), 2) << "a size that the server made up";
    EXPECT_EQ(scale_of({1, 2160, 3840, 572, 1016}), 2) << "the same screen turned";
    EXPECT_EQ(scale_of({1, 3840, 2160, 0, 0}), 2) << "no size: a projector";
    EXPECT_EQ(scale_of({1, 1920, 1080, 0, 0}), 1);
    EXPECT_EQ(scale_of({1, 3840, 2160, 941, 529}), 1) << "a screen of 42 inches that says so";
    EXPECT_EQ(scale_of({1, 1920, 1080, 16, 9}), 1) << "a ratio in place of a size";
    EXPECT_EQ(scale_of({1, 0, 0, 0, 0}), 1);
    EXPECT_EQ(scale_of({1, 7680, 4320, 300, 170}), 3) << "no more than three times";
    EXPECT_EQ(scale_of({1, 3840, 2160, 597, 336, true}), 1) << "Wayland sees to it";
}

TEST(ScreenScale, GoesToThreeHundredPercent) {
    EXPECT_EQ(scales[std::size(scales) - 1], 3);
    Session session;
    session.interface.scale = 3;
    EXPECT_EQ(session_from_json(to_json(session)).interface.scale, 3);
}

}  // namespace
}  // namespace convloom::gui::gui_presenting_test
