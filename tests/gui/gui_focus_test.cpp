// The keyboard operates everything: Tab, arrows, Enter and Space in panels and dialogs, the command palette, digits.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>
#include <imgui.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <set>
#include <thread>

#include "app/gui/base/language.hpp"
#include "app/gui/widgets/search.hpp"
#include "app/gui/widgets/views.hpp"
#include "core/image/filters/filter.hpp"
#include "core/state/json/presets.hpp"
#include "tests/gui/gui_workbench_stage.hpp"
#include "tests/support/support.hpp"

namespace convloom::gui::gui_focus_test {
namespace {

namespace fs = std::filesystem;

class FocusTest : public ::testing::Test, protected tests::WorkbenchStage {
  protected:
    FocusTest() : WorkbenchStage(1600, 900, state::preset(state::opening_preset)) {
        ImGui::GetIO().MousePos = {-1, -1};
        frames(2);
    }
    ~FocusTest() override { set_language(scene::Language::english); }

    void key_of(ImGuiKey key) {
        tap_key(key);
        frames(3);
    }
    void tab(bool back = false) {
        ImGui::GetIO().KeyShift = back;
        key_of(ImGuiKey_Tab);
        ImGui::GetIO().KeyShift = false;
    }
    void letters(const std::string& text) {
        ImGui::GetIO().AddInputCharactersUTF8(text.c_str());
        frames(2);
    }
    bool has(const std::string& name) { return place_named(name).has_value(); }
    bool is_at(const std::string& name) {
        const auto ring = place_named("focus"), control = place_named(name);
        return ring && control && std::abs(ring->x - control->x) < 1.5f && std::abs(ring->y - control->y) < 1.5f;
    }
    // Presses Tab until the control has the focus ring.
    bool tab_to(const std::string& name) {
        for (int n = 0; n < 80 && !is_at(name); ++n) tab();
        return is_at(name);
    }
    void palette(const std::string& words) {
        key(GLFW_KEY_K, false, true);
        frames(4);
        letters(words);
        key_of(ImGuiKey_Enter);
    }
};

TEST_F(FocusTest, TabVisitsAllPanelsInBothDirections) {
    EXPECT_FALSE(has("focus")) << "no ring before Tab";
    std::set<std::string> missing = {
        "gallery",        "tour",   "open",        "settings", "help",   "present",     "tab flat",
        "gallery search", "scrub",  "step",        "play",     "repeat", "speed",       "kind",
        "kernel slider",  "kernel", "stride lock", "tab 0",    "code",   "input shape", "section Cost"};
    tab();
    const auto first = place_named("focus");
    ASSERT_TRUE(first);
    int stops = 0;
    bool is_round = false;
    for (; stops < 120 && !is_round; ++stops) {
        std::erase_if(missing, [&](const std::string& name) { return is_at(name); });
        tab();
        const auto now = place_named("focus");
        ASSERT_TRUE(now) << stops;
        is_round = now->x == first->x && now->y == first->y;
    }
    EXPECT_TRUE(is_round);
    EXPECT_TRUE(missing.empty()) << *missing.begin();
    tab(true);
    EXPECT_FALSE(is_at("gallery")) << "and backwards";
}

TEST_F(FocusTest, ArrowsStepWithoutAFocusRing) {
    key(GLFW_KEY_RIGHT);
    EXPECT_EQ(now().moment.step, 1);
    ASSERT_TRUE(tab_to("gallery search"));
    key_of(ImGuiKey_Escape);
    tab();
    const std::string name = now().name;
    const auto before = place_named("focus");
    ASSERT_TRUE(before);
    key_of(ImGuiKey_DownArrow);
    EXPECT_NE(place_named("focus")->y, before->y);
    EXPECT_EQ(now().moment.step, 1);
    key_of(ImGuiKey_Enter);
    EXPECT_NE(now().name, name) << "Enter opens the card";
    bench_->store().set_playing(false);
    key_of(ImGuiKey_Escape);
    EXPECT_FALSE(has("focus"));
    const auto step = now().moment.step;
    key(GLFW_KEY_RIGHT);
    EXPECT_EQ(now().moment.step, step + 1);
}

TEST_F(FocusTest, KeysOperateChoicesSlidersAndLists) {
    ASSERT_TRUE(tab_to("tab 0"));
    key_of(ImGuiKey_RightArrow);
    key_of(ImGuiKey_RightArrow);
    EXPECT_TRUE(is_at("tab 2"));
    key_of(ImGuiKey_Space);
    EXPECT_EQ(bench_->interface().tab, InspectorTab::view);
    ASSERT_TRUE(tab_to("theme 0"));
    key_of(ImGuiKey_RightArrow);
    key_of(ImGuiKey_Enter);
    EXPECT_EQ(now().theme, scene::themes()[1].name);
    bench_->interface().tab = InspectorTab::layer;
    frames(2);
    ASSERT_TRUE(tab_to("padding slider"));
    key_of(ImGuiKey_RightArrow);
    key_of(ImGuiKey_RightArrow);
    EXPECT_EQ(now().layer().axes[0].pad_before, 2);
    ASSERT_TRUE(tab_to("kind"));
    key_of(ImGuiKey_Enter);
    letters("max");
    key_of(ImGuiKey_Enter);
    EXPECT_EQ(now().layer().op, arith::Op::max_pooling);
    EXPECT_TRUE(is_at("kind")) << "the focus is back where the list was opened";
}

TEST_F(FocusTest, ThePlaneOfTheDataIsChosenByArrows) {
    bench_->store().open_preset(state::preset("kind_2d_channels"));
    bench_->interface().tab = InspectorTab::data;
    frames(3);
    bench_->store().dispatch(state::SetCells{state::TensorName::input, {{0, 11}, {25, 22}}});
    frames(2);
    ASSERT_TRUE(tab_to("data channel"));
    key_of(ImGuiKey_RightArrow);
    ASSERT_TRUE(tab_to("cell 0 0"));
    tap_key(ImGuiKey_Backspace);
    letters("5");
    key_of(ImGuiKey_Enter);
    EXPECT_EQ(now().input->values[0], 11);
    EXPECT_EQ(now().input->values[25], 5) << "of the second channel";
}

TEST_F(FocusTest, APopupTakesTheFocusAndGivesItBack) {
    ASSERT_TRUE(tab_to("settings"));
    key_of(ImGuiKey_Enter);
    EXPECT_TRUE(has("scale 0"));
    ASSERT_TRUE(tab_to("settings theme 0"));
    for (int n = 0; n < 12; ++n) tab();
    const auto ring = place_named("focus");
    ASSERT_TRUE(ring);
    EXPECT_GT(ring->x, 1200) << "and stays in it";
    key_of(ImGuiKey_Escape);
    EXPECT_FALSE(has("scale 0"));
    EXPECT_TRUE(is_at("settings"));
}

TEST_F(FocusTest, AnArrowEntersAPopupOpenedByTheMouse) {
    bench_->store().dispatch(state::SetKernel{2});
    frames(2);
    click_on("undo list");
    frames(2);
    ImGui::GetIO().MousePos = {-1, -1};
    key_of(ImGuiKey_DownArrow);
    EXPECT_TRUE(is_at("undo 0"));
    key_of(ImGuiKey_Enter);
    EXPECT_EQ(now().layer().axes[0].kernel, 3);
    EXPECT_FALSE(has("undo 0"));
}

TEST_F(FocusTest, AClickHidesTheRingAndTabContinuesFromThere) {
    tab();
    click_on("play");
    frames(2);
    EXPECT_FALSE(has("focus"));
    ImGui::GetIO().MousePos = {-1, -1};
    tab();
    EXPECT_TRUE(is_at("tap forward"));
}

TEST_F(FocusTest, FocusedControlsScrollIntoView) {
    ASSERT_TRUE(tab_to("gallery " + now().name));
    for (int n = 0; n < 20; ++n) key_of(ImGuiKey_DownArrow);
    const auto ring = place_named("focus");
    ASSERT_TRUE(ring);
    EXPECT_LE(ring->y + ring->height, 901);
    EXPECT_GE(ring->y, 0);
}

TEST_F(FocusTest, KeysOperateAnExport) {
    const fs::path folder = fs::temp_directory_path() / ("keys_" + std::to_string(::getpid()));
    fs::create_directories(folder);
    const fs::path file = folder / "a.svg";
    key(GLFW_KEY_E, false, true);
    frames(3);
    ASSERT_TRUE(tab_to("export path"));
    tests::hold_control(true);
    tap_key(ImGuiKey_A);
    tests::hold_control(false);
    letters(file.string());
    key_of(ImGuiKey_Enter);
    EXPECT_FALSE(bench_->documents().takes_keys()) << "Enter in a field does what the dialog is for";
    for (int n = 0; n < 1000 && bench_->documents().is_busy(); ++n) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        frames(1);
    }
    EXPECT_FALSE(fs::is_empty(folder));
    fs::remove_all(folder);
}

TEST_F(FocusTest, EnterPressesTheFocusedButtonOfADialog) {
    key(GLFW_KEY_E, false, true);
    frames(3);
    ASSERT_TRUE(tab_to("export cancel"));
    key_of(ImGuiKey_Enter);
    EXPECT_FALSE(bench_->documents().takes_keys());
    EXPECT_FALSE(bench_->documents().is_busy()) << "nothing is exported";
}

TEST_F(FocusTest, DigitsSelectTheSameViewForEveryLayer) {
    std::set<int> used;
    for (const scene::ViewInfo& info : scene::view_infos()) {
        const int digit = digit_of(info.view);
        EXPECT_TRUE(digit == 0 || used.insert(digit).second) << info.name;
    }
    for (const std::string& name : state::preset_names()) {
        open(state::preset(name));
        frames(1);
        for (const ViewTab& view : views_of(now())) EXPECT_EQ(view.digit, digit_of(view.info->view)) << name;
    }
    open(state::preset("kind_3d"));
    frames(1);
    const state::State before = now();
    key('0' + digit_of(scene::View::signal));
    EXPECT_EQ(now(), before);
    EXPECT_TRUE(bench_->store().message()) << "what cannot be drawn says why";
}

TEST_F(FocusTest, ThePaletteFindsInBothLanguages) {
    palette("dark");
    EXPECT_EQ(now().theme, "dark");
    key(GLFW_KEY_K, false, true);
    frames(4);
    EXPECT_FALSE(ImGui::GetIO().Fonts->Fonts[0]->FindGlyphNoFallback(0x6D45));
    letters("浅色");
    frames(2);
    EXPECT_TRUE(ImGui::GetIO().Fonts->Fonts[0]->FindGlyphNoFallback(0x6D45)) << "what is typed can be read";
    key_of(ImGuiKey_Enter);
    EXPECT_EQ(now().theme, "light");
    palette("unrolled matrix");
    EXPECT_EQ(now().view, scene::View::matrix);
    bench_->interface().language = LanguageChoice::chinese;
    frames(3);
    palette("stacked planes");
    EXPECT_EQ(now().view, scene::View::stacked);
    palette("depthwise");
    EXPECT_EQ(now().name, "kind_depthwise_separable");
    palette("gallery");
    EXPECT_FALSE(bench_->interface().gallery) << "commands too";
    bench_->interface().language = LanguageChoice::english;
    frames(3);
}

TEST_F(FocusTest, ThePaletteFillsTheKernel) {
    palette("kernel sobel x");
    EXPECT_EQ(now().stages[0].weight->values, std::vector<float>({-1, 0, 1, -2, 0, 2, -1, 0, 1}));
    palette("kernel identity");
    EXPECT_EQ(now().stages[0].weight->values[4], 1);
}

TEST_F(FocusTest, ThePaletteChoosesAPhotosFilter) {
    ASSERT_TRUE(bench_->store().open_file(tests::tests_folder() + "/../assets/images/lighthouse.jpg"));
    frames(2);
    palette("laplac");
    EXPECT_EQ(now().photo->pass().filter, "laplacian");
}

TEST_F(FocusTest, ThePaletteTakesArrowsAndEscape) {
    const state::State before = now();
    key(GLFW_KEY_K, false, true);
    frames(4);
    EXPECT_TRUE(has("palette field"));
    letters("theme");
    key_of(ImGuiKey_DownArrow);
    key_of(ImGuiKey_Enter);
    EXPECT_EQ(now().theme, scene::themes()[1].name);
    key(GLFW_KEY_K, false, true);
    frames(4);
    letters("zzzz");
    key_of(ImGuiKey_Enter);
    EXPECT_TRUE(has("palette field")) << "nothing to do is not done";
    key_of(ImGuiKey_Escape);
    EXPECT_FALSE(has("palette field"));
    EXPECT_EQ(now().moment.step, before.moment.step);
}

TEST(Search, MatchesWordsInAnyOrderAndPrefixesFirst) {
    const std::string names = names_of("Dilated convolution");
    EXPECT_GT(found_by(names, ""), 0);
    EXPECT_GT(found_by(names, "conv dil"), 0);
    EXPECT_EQ(found_by(names, "conv zebra"), 0);
    EXPECT_GT(found_by(names, "dil"), found_by(names, "conv"));
    EXPECT_GT(found_by(names, "conv"), found_by(names, "volu"));
    EXPECT_GT(found_by(names_of("Dark"), "深色"), 0);
}

}  // namespace
}  // namespace convloom::gui::gui_focus_test
