// The whole interface without a screen: input is simulated through ImGui's IO, and the panels respond.
#include <gtest/gtest.h>
#include <imgui.h>

#include <unistd.h>

#include <filesystem>

#include "app/gui/widgets/views.hpp"
#include "core/state/json/presets.hpp"
#include "tests/gui/gui_workbench_stage.hpp"

namespace convloom::gui::gui_workbench_test {
namespace {

constexpr int wide = 1280, high = 800;

class WorkbenchTest : public ::testing::Test, protected tests::WorkbenchStage {
  protected:
    WorkbenchTest() : WorkbenchStage(wide, high, state::preset(state::opening_preset)) {}
};

TEST(NarrowWorkbenchTest, MoreLiesBesideTheIcons) {
    struct Narrow : tests::WorkbenchStage {
        Narrow() : WorkbenchStage(480, 850, state::preset(state::opening_preset)) {
            bench_->interface().gallery = bench_->interface().inspector = false;
            frames(2);
        }
    } narrow;
    const PlaceBox more = narrow.place("more views"), undo = narrow.place("undo list"), fit = narrow.place("fit"),
                   inspector = narrow.place("inspector");
    EXPECT_GE(more.x, undo.x + undo.width);
    EXPECT_LE(more.x + more.width, fit.x);
    EXPECT_LE(inspector.x + inspector.width, 480);
}

TEST_F(WorkbenchTest, EveryNumberIsSetAndUndone) {
    const state::State first = now();
    struct Case {
        const char* place;
        const char* text;
        state::Action action;
    };
    const Case cases[] = {{"size", "9", state::SetSize{9}},
                          {"kernel", "2", state::SetKernel{2}},
                          {"stride", "2", state::SetStride{2}},
                          {"padding", "2", state::SetPadding{2}},
                          {"dilation", "2", state::SetDilation{2}},
                          {"channels in", "2", state::SetChannels{2, 1}},
                          {"channels out", "3", state::SetChannels{1, 3}}};
    for (const Case& c : cases) {
        fill(c.place, c.text);
        EXPECT_EQ(now(), state::update(first, c.action).state) << c.place;
        key('Z', false, true);
        EXPECT_EQ(now(), first) << c.place;
    }
}

TEST_F(WorkbenchTest, ARefusedNumberIsReportedBesideItsRowAndChangesNothing) {
    const state::State first = now();
    const scene::Scene before = bench_->store().scene();
    fill("kernel", "7");
    ASSERT_TRUE(bench_->store().refusal());
    EXPECT_EQ(bench_->store().refusal()->title, "Kernel size k = 7 is refused");
    EXPECT_TRUE(bench_->store().scene_on_canvas().title.starts_with("This layer cannot be computed"))
        << "the layer that cannot be is drawn";
    EXPECT_EQ(now(), first);
    EXPECT_EQ(bench_->store().scene(), before);
    const PlaceBox row = place("kernel"), told = place("refusal"), canvas = place("canvas");
    EXPECT_LE(told.x + told.width, canvas.x + canvas.width) << "over the canvas";
    EXPECT_LT(told.y, row.y + row.height);
    EXPECT_GT(told.y + told.height, row.y) << "at the row's height";
    key(256);  // Esc
    EXPECT_FALSE(bench_->store().refusal());
    EXPECT_EQ(bench_->store().scene(), before);
    fill("groups", "2");
    EXPECT_TRUE(bench_->store().refusal()) << "1 channel in 2 groups";
}

TEST_F(WorkbenchTest, AnOpenLockAllowsOneNumberPerAxis) {
    click_on("stride lock");
    fill("stride 0", "2");
    EXPECT_EQ(now().layer().axes[0].stride, 2);
    EXPECT_EQ(now().layer().axes[1].stride, 1);
    click_on("stride lock");
    EXPECT_EQ(now().layer().axes[1].stride, 2) << "locked again, all follow the first";
    click_on("padding lock");
    fill("padding after 1", "1");
    EXPECT_EQ(now().layer().axes[1].pad_after, 1);
    EXPECT_EQ(now().layer().axes[1].pad_before, 0);
}

// A press changes a slider at once, before it is dragged.
TEST_F(WorkbenchTest, APressOnASliderIsAnEdit) {
    fill("stride", "2");
    const state::State strided = now();
    click_on("padding slider");
    EXPECT_NE(now().layer().axes[0].pad_before, 0);
    EXPECT_EQ(now().layer().axes[0].stride, 2) << "what was typed before holds";
    bench_->store().undo();
    EXPECT_EQ(now(), strided);
}

TEST_F(WorkbenchTest, TheGalleryOpensItsPresets) {
    for (const char* name : {"numerical_padding_strides", "numerical_no_padding_no_strides"}) {
        click_on(std::string("gallery ") + name);
        EXPECT_EQ(now().name, name);
        EXPECT_TRUE(bench_->store().playing());
        bench_->store().set_playing(false);
    }
}

TEST_F(WorkbenchTest, PaintingIsOneUndoStep) {
    const state::State first = now();
    bench_->interface().brush = true;
    bench_->interface().brush_value = 9;
    const scene::Scene scene = bench_->store().scene_on_canvas();
    const auto input =
        std::find_if(scene.planes.begin(), scene.planes.end(), [](const scene::Plane& p) { return p.name == "input"; });
    auto at = [&](double column, double row) { return on_page(input->to_page({column + 0.5, row + 0.5})); };
    move(at(1, 3).x, at(1, 3).y);
    press_button(0, true);
    move(at(2, 3).x, at(2, 3).y);
    move(at(3, 3).x, at(3, 3).y);
    press_button(0, false);
    EXPECT_EQ(now().input->values,
              state::update(first, state::SetCells{state::TensorName::input, {{16, 9}, {17, 9}, {18, 9}}})
                  .state.input->values);
    bench_->store().undo();
    EXPECT_EQ(now(), first);
}

TEST_F(WorkbenchTest, AClickFollowsACellOfTheInputForward) {
    state::State chain = state::preset("more_dilations_222");
    chain.view = scene::View::receptive;
    open(chain);
    const auto click_cell = [&](const char* plane, double column, double row) {
        frames(1);  // which gives the canvas its page
        const scene::Scene scene = bench_->store().scene_on_canvas();
        const auto found = std::find_if(scene.planes.begin(), scene.planes.end(),
                                        [&](const scene::Plane& p) { return p.name == plane; });
        ASSERT_NE(found, scene.planes.end());
        const ImVec2 at = on_page(found->to_page({column + 0.5, row + 0.5}));
        click(at.x, at.y);
    };
    click_cell("tensor 0 slab 0", 3, 5);
    EXPECT_EQ(now().input_cell, (arith::Cell{5, 3, 0}));
    click_cell("tensor 1 slab 0", 2, 4);
    EXPECT_FALSE(now().input_cell);
    EXPECT_EQ(now().shown, 0);
    EXPECT_EQ(places_of(now()).step(now().moment.step).output, (arith::Cell{4, 2, 0}));
}

TEST_F(WorkbenchTest, ThePictureDoesNotChangeWithoutInput) {
    for (int n = 0; n < 120 && (n < 5 || bench_->is_moving()); ++n) frame(true);  // thumbnails
    EXPECT_FALSE(bench_->is_moving());
    EXPECT_FALSE(bench_->store().next_tick_s());
    const scene::Pixels one = picture();
    EXPECT_EQ(picture(), one);
}

TEST_F(WorkbenchTest, KeysShowEveryViewOfEveryPreset) {
    for (const std::string& name : state::preset_names()) {
        open(state::preset(name));
        for (const ViewTab& view : views_of(now())) {
            if (view.info->view == scene::View::photo || view.digit == 0) continue;
            key('0' + view.digit);
            EXPECT_EQ(now().view, view.info->view) << name;
            frame(true);
        }
    }
}

TEST_F(WorkbenchTest, WritesALayerAsPyTorchCode) {
    bench_->interface().inspector = true;
    ImGui::GetIO().DisplaySize = {wide, 2000};  // all sections visible
    frames(3);
    click_on("copy words");
    EXPECT_STREQ(ImGui::GetClipboardText(), "nn.Conv2d(1, 1, kernel_size=3, bias=False)");
}

// Clicks, drags, the wheel, keys and letters anywhere: the program does not crash, and its State can be shown.
TEST_F(WorkbenchTest, SurvivesFiveThousandClicksAndKeys) {
    namespace fs = std::filesystem;
    const fs::path before = fs::current_path(),
                   folder = fs::temp_directory_path() / ("convloom_clicks_" + std::to_string(::getpid()));
    fs::create_directories(folder);
    fs::current_path(folder);
    std::uint32_t seed = 5;
    auto random = [&](int below) {
        seed = seed * 1664525u + 1013904223u;
        return static_cast<int>((seed >> 8) % static_cast<unsigned>(below));
    };
    ImGuiIO& io = ImGui::GetIO();
    for (int n = 0; n < 5000; ++n) {
        switch (random(8)) {
            case 0:
            case 1:
            case 2:
                click(static_cast<float>(random(wide)), static_cast<float>(random(high)), random(12) == 0);
                break;
            case 3:
                move(static_cast<float>(random(wide)), static_cast<float>(random(high)));
                press_button(0, true, 1);
                move(static_cast<float>(random(wide)), static_cast<float>(random(high)));
                press_button(0, false, 1);
                break;
            case 4:
                io.MouseWheel = static_cast<float>(random(9) - 4), frames(1);
                break;
            case 5: {
                const Key& k = keys()[random(static_cast<int>(keys().size()))];
                if (k.command != Command::save_png && k.command != Command::save_svg && !io.WantTextInput)
                    bench_->press(k.press);
                frames(1);
                break;
            }
            case 6:
                io.AddInputCharacter(static_cast<unsigned>("0123456789-.ex,"[random(15)])), frames(1);
                break;
            default:
                tap_key(random(2) ? ImGuiKey_Enter : ImGuiKey_Escape);
                break;
        }
        if (n % 100 == 0) frame(true);
        ASSERT_TRUE(arith::check(chain_of(now())).empty());
        ASSERT_LT(now().moment.step, places_of(now()).step_count());
    }
    bench_.reset();  // also ends an export that is still writing
    fs::current_path(before);
    fs::remove_all(folder);
}

}  // namespace
}  // namespace convloom::gui::gui_workbench_test
