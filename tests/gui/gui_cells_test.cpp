// A cell's menu on the canvas, and values typed in place.
#include <gtest/gtest.h>
#include <imgui.h>

#include "core/scene/measure/text_metrics.hpp"
#include "core/state/data/build.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/words/torch_words.hpp"
#include "tests/gui/gui_workbench_stage.hpp"

namespace convloom::gui::gui_cells_test {
namespace {

using scene::View;

class CellsTest : public ::testing::Test, protected tests::WorkbenchStage {
  protected:
    CellsTest() : WorkbenchStage(1280, 800, state::preset("numerical_padding_strides")) {}

    ImVec2 cell(const std::string& plane, double column, double row) {
        const scene::Scene scene = bench_->store().scene_on_canvas();
        for (const scene::Plane& p : scene.planes)
            if (p.name == plane) return on_page(p.to_page({column + 0.5, row + 0.5}));
        ADD_FAILURE() << "no plane " << plane;
        return {};
    }
    void right_click(ImVec2 at) { click(at.x, at.y, 1); }
    void double_click(ImVec2 at) {
        frame_s = 1.0 / 60;
        click(at.x, at.y);
        click(at.x, at.y);
        frames(3);
    }
    void type(const char* text, ImGuiKey end) {
        ImGui::GetIO().AddInputCharactersUTF8(text);
        frames(2);
        tap_key(end);
        frames(2);
    }
    bool has(const char* name) { return gui::place_named(name).has_value(); }
    std::string clipboard() {
        const char* text = ImGui::GetClipboardText();
        return text ? text : "";
    }
};

TEST_F(CellsTest, ARightClickOpensTheMenuAndCopiesTheValueAndTheSum) {
    const state::State before = now();
    right_click(cell("input", 2, 2));  // row 1, column 1: one row of padding around them
    frames(3);
    click_on("cell copy value");
    EXPECT_EQ(clipboard(), fmt::format("{}", before.input->values[1 * 5 + 1]));
    frames(2);
    EXPECT_FALSE(has("cell copy value")) << "picked, it closes";
    right_click(cell("output", 1, 0));
    frames(3);
    click_on("cell copy sum");
    const std::string sum = clipboard();
    const arith::Recording recording = recording_of(before);
    EXPECT_TRUE(sum.ends_with(fmt::format(" = {}", recording.value(recording.step(1))))) << sum;
    EXPECT_EQ(std::count(sum.begin(), sum.end(), '*'), 9) << sum;
    EXPECT_EQ(now(), before);
}

TEST_F(CellsTest, ALongDragWithTheRightButtonMovesThePage) {
    const ImVec2 at = cell("input", 2, 2);
    move(at.x, at.y);
    press_button(1, true);
    move(at.x + 60, at.y + 10);
    press_button(1, false);
    frames(3);
    EXPECT_FALSE(has("cell copy value"));
}

TEST_F(CellsTest, ALongPressOpensItAndReleasingChoosesNothing) {
    const state::State before = now();
    const ImVec2 at = cell("input", 2, 2);
    move(at.x, at.y);
    press_button(0, true);
    EXPECT_TRUE(bench_->next_tick_s()) << "the window wakes up for it";
    EXPECT_FALSE(has("cell copy value"));
    pass_time(0.7);
    frames(3);
    EXPECT_TRUE(has("cell copy value"));
    press_button(0, false);
    frames(2);
    EXPECT_TRUE(has("cell copy value"));
    EXPECT_EQ(now(), before);
    tap_key(ImGuiKey_Escape);
    frames(2);
    EXPECT_FALSE(has("cell copy value"));
}

TEST_F(CellsTest, TheMenuEditsPinsAndNavigates) {
    right_click(cell("kernel", 1, 1));
    frames(3);
    click_on("cell edit");
    frames(3);
    type("2.5", ImGuiKey_Enter);
    EXPECT_EQ(now().stages[0].weight->values[4], 2.5f);
    key('Z', false, true);
    right_click(cell("kernel", 1, 1));
    frames(3);
    click_on("cell go");
    frames(2);
    EXPECT_EQ(now().moment, (scene::Moment{0, 4}));
    right_click(cell("input", 2, 2));
    frames(3);
    click_on("cell pin");
    frames(2);
    right_click(cell("output", 2, 2));
    frames(3);
    click_on("cell go");
    frames(2);
    EXPECT_EQ(now().moment, (scene::Moment{8, scene::Moment::whole_window}));
}

TEST_F(CellsTest, PaddingIsExplained) {
    const state::State before = now();
    right_click(cell("input", 0, 0));
    frames(3);
    EXPECT_FALSE(has("cell why text"));
    click_on("cell edit");
    frames(2);
    EXPECT_FALSE(has("cell value")) << "padding is not typed into";
    click_on("cell why");
    frames(3);
    EXPECT_TRUE(has("cell why text"));
    EXPECT_EQ(now(), before);
}

TEST_F(CellsTest, ADoubleClickTypesInPlace) {
    const state::State before = now();
    double_click(cell("input", 2, 3));
    ASSERT_TRUE(has("cell value"));
    const PlaceBox field = place("cell value");
    const ImVec2 at = cell("input", 2, 3);
    EXPECT_TRUE(at.x > field.x && at.x < field.x + field.width && at.y > field.y && at.y < field.y + field.height)
        << "over its cell";
    type("7", ImGuiKey_Enter);
    EXPECT_EQ(now(), state::update(before, state::SetCells{state::TensorName::input, {{2 * 5 + 1, 7}}}).state);
    EXPECT_FALSE(has("cell value"));
    key('Z', false, true);
    EXPECT_EQ(now(), before) << "one step of undo";
    double_click(cell("kernel", 0, 2));
    type("-4", ImGuiKey_Tab);
    EXPECT_EQ(now().stages[0].weight->values[6], -4) << "Tab takes it too";
    frames(2);
    EXPECT_FALSE(has("cell value"));
    double_click(cell("input", 2, 3));
    type("9", ImGuiKey_Escape);
    EXPECT_EQ(now().input, before.input) << "Esc takes nothing";
    double_click(cell("output", 1, 1));
    EXPECT_FALSE(has("cell value")) << "an output is made";
    double_click(cell("input", 0, 0));
    EXPECT_FALSE(has("cell value")) << "padding is none of the document";
    EXPECT_TRUE(bench_->store().message());
}

TEST_F(CellsTest, ABiasIsTypedInTheSum) {
    state::State s = state::state_of_chain(state::read_torch("nn.Conv2d(1, 1, 3)", {1, 5, 5}), "bias");
    s = state::update(s, state::SetCells{state::TensorName::bias, {{0, 5}}}).state;
    open(s);
    frames(3);
    const scene::Scene scene = bench_->store().scene_on_canvas();
    for (const scene::Plane& plane : scene.planes)
        for (const scene::Item& item : plane.items)
            if (const auto* text = std::get_if<scene::Text>(&item); text && text->name == "sum equals") {
                const scene::Rect box = scene::text_box(*text);
                double_click(on_page(plane.to_page({box.x + box.width / 2, box.y + box.height / 2})));
                ASSERT_TRUE(has("cell value"));
                type("-1.5", ImGuiKey_Enter);
                EXPECT_EQ(now().stages[0].bias->values[0], -1.5f);
                return;
            }
    ADD_FAILURE() << "no sum";
}

TEST_F(CellsTest, ALaterLayersInputCannotBeTyped) {
    state::State s =
        state::state_of_chain(state::read_torch("nn.Conv2d(1, 1, 3); nn.Conv2d(1, 1, 3)", {1, 7, 7}), "two");
    s.view = View::flat;
    s.shown = 1;
    open(s);
    frames(3);
    double_click(cell("input", 1, 1));
    EXPECT_FALSE(has("cell value"));
    ASSERT_TRUE(bench_->store().message());
    EXPECT_TRUE(bench_->store().message()->is_fault);
}

}  // namespace
}  // namespace convloom::gui::gui_cells_test
