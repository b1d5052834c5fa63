// A frame repainted only where it differs from the previous one equals the frame painted completely.
#include "app/gui/shell/repaint.hpp"

#include <backends/imgui_impl_opengl3.h>
#include <gtest/gtest.h>

#include "core/scene/measure/differences.hpp"
#include "core/state/json/presets.hpp"
#include "tests/gui/gui_workbench_stage.hpp"
#include "tests/support/pictures.hpp"

namespace convloom::gui::gui_repaint_test {
namespace {

constexpr int wide = 1280, high = 800;

class RepaintTest : public ::testing::Test, protected tests::WorkbenchStage {
  protected:
    RepaintTest() : WorkbenchStage(wide, high, state::preset(state::opening_preset)) {}

    void begin(const std::string& preset, scene::View view) {
        state::State first = state::preset(preset);
        first.view = view;
        open(first);
        bench_->interface().reduced_motion = false;
        for (int n = 0; n < 200 && (n < 5 || bench_->is_moving()); ++n) frame(true);  // thumbnails
        bench_->forget_painted();
        paint_changes();
    }

    // Returns the fraction of the window that was painted.
    double paint_changes() {
        double pixels = 0;
        const std::vector<PixelBox> boxes = bench_->changes(wide, high, now_s());
        stage_.bind();
        for (const PixelBox& box : boxes) {
            bench_->paint(wide, high, now_s(), &box);
            ClippedDrawData part(*ImGui::GetDrawData(), box);
            ImGui_ImplOpenGL3_RenderDrawData(part.data());
            pixels += static_cast<double>(box.width) * box.height;
        }
        return pixels / (static_cast<double>(wide) * high);
    }

    int wrong_pixels() {
        const scene::Pixels part = stage_.pixels();
        stage_.bind();
        bench_->paint(wide, high, now_s());
        ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
        const scene::Pixels whole = stage_.pixels();
        int wrong = 0;
        for (std::size_t n = 0; n < whole.rgba.size(); n += 4)
            wrong += !std::equal(&whole.rgba[n], &whole.rgba[n] + 3, &part.rgba[n]);
        return wrong;
    }

    void check(const std::string& what) {
        paint_changes();
        EXPECT_EQ(wrong_pixels(), 0) << what;
    }
};

TEST_F(RepaintTest, EveryStepAndSlideOfEveryViewIsPaintedCompletely) {
    for (const auto& [preset, view] : {std::pair{"numerical_no_padding_no_strides", scene::View::flat},
                                       {"dilation", scene::View::stacked},
                                       {"kind_2d", scene::View::volume},
                                       {"kind_3d", scene::View::volume},
                                       {"kind_1d", scene::View::signal},
                                       {"kind_depthwise_separable", scene::View::chain},
                                       {"padding_strides_odd", scene::View::padding}}) {
        begin(preset, view);
        for (int step = 0; step < 5; ++step) {
            bench_->store().dispatch(state::StepForward{});
            frame();
            check(std::string(preset) + ", a step");
            for (int n = 0; n < 4 && bench_->is_sliding(); ++n) {
                pass_time(0.05);
                bench_->slide_on(now_s());
                check(std::string(preset) + ", a slide");
            }
            bench_->store().dispatch(state::TapForward{});
            frame();
            check(std::string(preset) + ", a product");
        }
    }
}

TEST_F(RepaintTest, PointingZoomingTypingAndPanelsArePaintedCompletely) {
    begin("numerical_no_padding_no_strides", scene::View::flat);
    const PlaceBox c = place("canvas");
    for (int n = 0; n < 12; ++n) {
        move(c.x + c.width * static_cast<float>(n) / 12, c.y + c.height * (0.3f + 0.03f * static_cast<float>(n)));
        check("pointing");
    }
    ImGui::GetIO().MouseWheel = 1;
    frame();
    check("zooming");
    click_on("stride");
    check("a field in use");
    ImGui::GetIO().AddInputCharactersUTF8("2");
    frames(2);
    check("typing");
    tap_key(ImGuiKey_Enter);
    check("another layer");
    for (const int key_number : {'I', 'G', 'I', 'G', 'D', 'L', 'T', ']'}) {
        key(key_number);
        frame();
        check("a key");
    }
}

TEST_F(RepaintTest, ASlidePaintsOnlyMovingParts) {
    begin("numerical_no_padding_no_strides", scene::View::flat);
    bench_->store().dispatch(state::StepForward{});
    frame();
    EXPECT_LT(paint_changes(), 0.4) << "a step";
    ASSERT_TRUE(bench_->is_sliding());
    pass_time(0.05);
    bench_->slide_on(now_s());
    const double part = paint_changes();
    EXPECT_GT(part, 0);
    EXPECT_LT(part, 0.1) << "a slide";
    EXPECT_EQ(paint_changes(), 0) << "nothing moved";
}

TEST(Differences, AreWhereItemsDiffer) {
    using namespace scene;
    const auto scene = [](std::vector<Item> items) {
        return Scene{
            100, 100, "", {}, {{"one", {}, {}}, {"plane", Affine::scale_and_move(2, 10, 20), std::move(items)}}};
    };
    const auto box = [](double x) {
        Shape shape;
        shape.kind = Shape::Kind::box;
        shape.box = {x, 0, 5, 5};
        return Item(shape);
    };
    EXPECT_TRUE(differences(scene({box(0)}), scene({box(0)})).empty());
    // From x 10 to 20 before, from 20 to 30 after.
    const std::vector<Rect> moved = differences(scene({box(30), box(0), box(20)}), scene({box(30), box(5), box(20)}));
    ASSERT_EQ(moved.size(), 2u);
    EXPECT_NEAR(moved[0].x, 10, 1e-3);
    EXPECT_NEAR(moved[1].right(), 30, 1e-3);
    EXPECT_EQ(differences(scene({box(0)}), scene({box(9), box(0)})).size(), 1u) << "what was put before it";
    EXPECT_EQ(differences(scene({box(0), box(9)}), scene({box(0)})).size(), 1u) << "what is gone";
    EXPECT_EQ(differences(scene({}), Scene{100, 100, "", {}, {}}).size(), 0u) << "empty planes show nothing";
}

}  // namespace
}  // namespace convloom::gui::gui_repaint_test
