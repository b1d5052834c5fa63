// Who receives a key: the window's queue of input, number fields, lists, popups or shortcuts.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/gui/shell/input_queue.hpp"
#include "app/gui/widgets/number_field.hpp"
#include "core/state/json/presets.hpp"
#include "tests/gui/gui_workbench_stage.hpp"
#include "tests/support/support.hpp"

namespace convloom::gui::gui_keys_test {
namespace {

Input key_input(int key, bool down, int mods = 0) {
    return {Input::Kind::key, key, 0, down ? GLFW_PRESS : GLFW_RELEASE, mods};
}
Input button_input(bool down, double x, double y) {
    return {Input::Kind::button, 0, 0, down ? GLFW_PRESS : GLFW_RELEASE, 0, x, y};
}
Input move_input(double x, double y) {
    return {Input::Kind::move, 0, 0, 0, 0, x, y};
}

TEST(InputQueue, EveryPressHasItsOwnFrameAndModifiers) {
    InputQueue queue;
    const Input keys[] = {key_input(GLFW_KEY_ENTER, true),      key_input(GLFW_KEY_ENTER, false),
                          key_input(GLFW_KEY_LEFT_SHIFT, true), key_input(GLFW_KEY_S, true, GLFW_MOD_SHIFT),
                          {Input::Kind::character, 'S'},        key_input(GLFW_KEY_S, false, GLFW_MOD_SHIFT),
                          key_input(GLFW_KEY_LEFT_SHIFT, false)};
    for (const Input& input : keys) queue.push(input);
    using Frame = std::vector<Input>;
    EXPECT_EQ(queue.next_frame(true), Frame({keys[0]}));
    for (int n = 0; n < 3; ++n)
        EXPECT_EQ(queue.next_frame(n == 0), Frame()) << "Return leaves a field, and the focus takes its time";
    EXPECT_EQ(queue.next_frame(false), Frame({keys[1], keys[2], keys[3], keys[4]})) << "shift is down where S is";
    EXPECT_EQ(queue.next_frame(false), Frame({keys[5], keys[6]}));
    EXPECT_TRUE(queue.empty());
}

TEST(InputQueue, TypingContinuesInOneFrameUntilAKeyMayLeaveTheField) {
    InputQueue queue;
    for (const char c : {'4', '2'}) {
        queue.push(key_input(c, true));
        queue.push({Input::Kind::character, c});
        queue.push(key_input(c, false));
    }
    queue.push(key_input(GLFW_KEY_TAB, true));
    queue.push(key_input('7', true));
    std::vector<int> typed;
    for (int frames = 0; !queue.empty(); ++frames) {
        ASSERT_LT(frames, 10);
        const auto frame = queue.next_frame(true);
        const bool tab = std::any_of(frame.begin(), frame.end(), [](const Input& i) { return i.code == GLFW_KEY_TAB; });
        for (const Input& input : frame) {
            EXPECT_FALSE(tab && input.code == '7') << "what comes after Tab is for the next field";
            if (input.kind == Input::Kind::character) typed.push_back(input.code);
        }
    }
    EXPECT_EQ(typed, std::vector<int>({'4', '2'}));
}

TEST(InputQueue, ClicksAndDragsKeepTheirPositions) {
    InputQueue queue;
    queue.push(move_input(1, 1));
    EXPECT_TRUE(queue.empty()) << "a pointer that only moves is looked at when a frame begins";
    for (const Input& input : {button_input(true, 10, 10), move_input(20, 20), move_input(30, 30),
                               button_input(false, 30, 30), button_input(true, 50, 50)})
        queue.push(input);
    using Frame = std::vector<Input>;
    EXPECT_EQ(queue.next_frame(false), Frame({button_input(true, 10, 10)}));
    EXPECT_EQ(queue.next_frame(false), Frame({move_input(30, 30)}));
    EXPECT_EQ(queue.next_frame(false), Frame({button_input(false, 30, 30)}));
    EXPECT_EQ(queue.next_frame(false), Frame({button_input(true, 50, 50)}));
}

TEST(InputQueue, AHeldKeyStopsRepeatingWhenReleased) {
    InputQueue queue;
    Input repeat = key_input(GLFW_KEY_RIGHT, true);
    repeat.action = GLFW_REPEAT;
    queue.push(key_input(GLFW_KEY_RIGHT, true));
    for (int n = 0; n < 20; ++n) queue.push(repeat);
    queue.push(key_input(GLFW_KEY_RIGHT, false));
    int presses = 0;
    while (!queue.empty())
        for (const Input& input : queue.next_frame(false)) presses += input.action != GLFW_RELEASE;
    EXPECT_LE(presses, 2);
}

TEST(NumberField, ReadsNumbersInCommonNotations) {
    EXPECT_EQ(read_number("1e9"), 1e9);
    EXPECT_EQ(read_number(".5"), 0.5);
    EXPECT_EQ(read_number("1."), 1.0);
    EXPECT_EQ(read_number("+1"), 1.0);
    EXPECT_EQ(read_number("−2.5"), -2.5);
    EXPECT_EQ(read_number("1/9"), 1.0 / 9);
    for (const char* none : {"", "abc", "1x", "--1", "+-1", "1/0", "inf", "nan", "1/", "1 2", "1e999"})
        EXPECT_FALSE(read_number(none)) << none;
}

constexpr int wide = 1280, high = 2000;  // all sections visible

class KeysTest : public ::testing::Test, protected tests::WorkbenchStage {
  protected:
    KeysTest() : WorkbenchStage(wide, high, state::preset(state::opening_preset)) {
        bench_->interface().tab = InspectorTab::layer;
        frames(2);
    }
    void letters(const std::string& text) {
        ImGui::GetIO().AddInputCharactersUTF8(text.c_str());
        frames(2);
    }
    void press(int glfw_key) { bench_->press({glfw_key, false, false}); }
    bool popup() { return ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup); }
};

TEST_F(KeysTest, TabKeepsTypedTextInTheGrid) {
    bench_->interface().tab = InspectorTab::data;
    frames(2);
    click_on("tensor 1");
    click_on("cell 0 0");
    for (int n = 0; n < 9; ++n) {
        letters(std::to_string(n + 11));
        tap_key(ImGuiKey_Tab);
        frames(2);
    }
    for (int n = 0; n < 9; ++n) EXPECT_EQ(now().stages[0].weight->values[n], n + 11) << n;
}

TEST_F(KeysTest, TabKeepsTypedTextInEveryRowOfTheLayer) {
    for (const char* place : {"kernel", "stride", "padding", "dilation"}) {
        click_on(place);
        letters("2");
        tap_key(ImGuiKey_Tab);
        frames(2);
        tap_key(ImGuiKey_Escape);
    }
    const arith::Axis& axis = now().layer().axes[0];
    EXPECT_EQ(axis.kernel, 2);
    EXPECT_EQ(axis.stride, 2);
    EXPECT_EQ(axis.pad_before, 2);
    EXPECT_EQ(axis.dilation, 2);
    click_on("step");
    letters("3");
    tap_key(ImGuiKey_Tab);
    frames(2);
    EXPECT_EQ(now().moment.step, 2);
}

TEST_F(KeysTest, EscapeRestoresTheValue) {
    click_on("kernel");
    letters("2");
    tap_key(ImGuiKey_Escape);
    frames(2);
    EXPECT_EQ(now().layer().axes[0].kernel, 3);
}

TEST_F(KeysTest, TextThatIsNotANumberIsReportedAndChangesNothing) {
    const state::State first = now();
    for (const auto& [typed, says] : {std::pair{"abc", "“abc” is not a whole number."},
                                      {"2.5", "“2.5” is not a whole number."},
                                      {"1e12", "“1e12” is too large."}}) {
        fill("stride", typed);
        EXPECT_EQ(now(), first) << typed;
        ASSERT_TRUE(bench_->store().message()) << typed;
        EXPECT_EQ(bench_->store().message()->text, says);
    }
    fill("size", "1e1");
    EXPECT_EQ(now().layer().axes[0].size, 10) << "and not 11";
}

// Return and the next key may arrive together: Return goes to ImGui first, and the next key is not the field's.
TEST_F(KeysTest, AKeyAfterReturnIsAShortcut) {
    click_on("kernel");
    letters("2");
    press(GLFW_KEY_END);
    frames(1);
    EXPECT_EQ(now().moment.step, 0) << "End is the field's while it is typed into";
    stage_.press(ImGuiKey_Enter, true);
    frames(1);
    press(GLFW_KEY_END);
    frames(1);
    stage_.press(ImGuiKey_Enter, false);
    EXPECT_EQ(now().layer().axes[0].kernel, 2);
    EXPECT_EQ(now().moment.step + 1, places_of(now()).step_count());
}

TEST_F(KeysTest, NoShortcutsWhileAListOrPopupIsOpen) {
    const state::State first = now();
    for (const char* place : {"kind", "settings", "speed", "padding mode"}) {
        click_on(place);
        frames(2);
        ASSERT_TRUE(popup()) << place;
        for (int key : {GLFW_KEY_END, GLFW_KEY_D, GLFW_KEY_1, GLFW_KEY_G}) press(key), frames(1);
        EXPECT_EQ(now(), first) << place;
        EXPECT_TRUE(bench_->interface().gallery) << place;
        press(GLFW_KEY_ESCAPE);
        tap_key(ImGuiKey_Escape);
        EXPECT_FALSE(popup()) << place << " is closed by Esc";
    }
    press(GLFW_KEY_END);
    frames(1);
    EXPECT_NE(now().moment.step, 0) << "then keys are shortcuts again";
}

TEST_F(KeysTest, ListsAcceptLettersArrowsAndReturn) {
    click_on("kind");
    letters("max");
    tap_key(ImGuiKey_Enter);
    frames(2);
    EXPECT_EQ(now().layer().op, arith::Op::max_pooling);
    EXPECT_FALSE(popup());
    click_on("kind");
    frames(2);
    tap_key(ImGuiKey_UpArrow);
    tap_key(ImGuiKey_Enter);
    frames(2);
    EXPECT_EQ(now().layer().op, arith::Op::average_pooling);
}

TEST_F(KeysTest, EscapeInADialogClosesItsListFirst) {
    bench_->run(Command::share);
    frames(3);
    click_on("export theme");
    frames(2);
    tap_key(ImGuiKey_Escape);
    frames(2);
    EXPECT_TRUE(bench_->documents().takes_keys()) << "the dialog stays";
    tap_key(ImGuiKey_Escape);
    frames(2);
    EXPECT_FALSE(bench_->documents().takes_keys());
}

TEST_F(KeysTest, AltDIsNotD) {
    const std::string theme = now().theme;
    bench_->press({GLFW_KEY_D, false, false, true});
    frames(1);
    EXPECT_EQ(now().theme, theme);
    bench_->press({GLFW_KEY_D, false, false});
    frames(1);
    EXPECT_NE(now().theme, theme);
}

TEST_F(KeysTest, ARefusalDisappearsByItself) {
    fill("kernel", "7");
    ASSERT_TRUE(bench_->store().refusal());
    EXPECT_TRUE(bench_->store().next_tick_s()) << "the window wakes for it";
    frame_s = 1;
    frames(12);
    EXPECT_FALSE(bench_->store().refusal());
}

TEST_F(KeysTest, TheScrubHandleReachesBothEnds) {
    const auto gaps = [&] {
        const PlaceBox bar = place("scrub"), thumb = place("scrub thumb");
        return std::pair{thumb.x - bar.x, bar.x + bar.width - thumb.x - thumb.width};
    };
    frames(1);
    EXPECT_NEAR(gaps().first, 0, 1.5);
    press(GLFW_KEY_END);
    frames(2);
    EXPECT_NEAR(gaps().second, 0, 1.5);
    const PlaceBox bar = place("scrub");
    for (int step = 0; step < 9; ++step) {
        click(bar.x + bar.width * (static_cast<float>(step) + 0.5f) / 9, bar.y + bar.height / 2);
        EXPECT_EQ(now().moment.step, step);
    }
}

TEST_F(KeysTest, ACustomTitleIsTypedInTheViewPanel) {
    bench_->interface().tab = InspectorTab::view;
    frames(2);
    fill("title", "My figure");
    EXPECT_EQ(now().title, "My figure");
    EXPECT_TRUE(now().own_title);
    EXPECT_TRUE(bench_->title().starts_with("• My figure – ")) << bench_->title();
    bench_->store().undo();
    EXPECT_FALSE(now().own_title);
}

TEST_F(KeysTest, APhotosFiltersAreVisible) {
    const std::string photo = tests::tests_folder() + "/../assets/images/lighthouse.jpg";
    ImGui::GetIO().DisplaySize = {wide, 500};
    bench_->interface().tab = InspectorTab::view;
    frames(3);
    const PlaceBox tab = place("tab 2");
    move(tab.x + 40, tab.y + 200);
    for (int n = 0; n < 20; ++n) ImGui::GetIO().MouseWheel = -5, frames(1);
    ASSERT_TRUE(bench_->store().open_file(photo));
    frames(3);
    const PlaceBox filter = place("add filter");
    EXPECT_GT(filter.y, tab.y + tab.height);
    EXPECT_LT(filter.y, 500);
}

TEST_F(KeysTest, ABrokenDocumentIsNamed) {
    namespace fs = std::filesystem;
    const fs::path broken = fs::temp_directory_path() / ("broken_" + std::to_string(::getpid()) + ".json");
    std::ofstream(broken) << "{";
    EXPECT_FALSE(bench_->store().open_file(broken.string()));
    fs::remove(broken);
    EXPECT_NE(bench_->store().message()->text.find(broken.filename().string()), std::string::npos)
        << bench_->store().message()->text;
}

}  // namespace
}  // namespace convloom::gui::gui_keys_test
