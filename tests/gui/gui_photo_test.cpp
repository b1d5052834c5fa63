// A photo in the window: it fills the available canvas, exports are still slides, and filters can be dragged.
#include <gtest/gtest.h>
#include <imgui.h>

#include <cmath>

#include "core/state/model/photo_part.hpp"
#include "core/state/shown/scene_of.hpp"
#include "tests/gui/gui_workbench_stage.hpp"
#include "tests/support/photos.hpp"

namespace convloom::gui::gui_photo_test {
namespace {

using scene::PhotoLook;

class PhotoTest : public ::testing::Test, protected tests::WorkbenchStage {
  protected:
    PhotoTest() : WorkbenchStage(1400, 900, tests::with_photo(768, 512)) {}
    void show(const state::Action& action) {
        bench_->store().dispatch(action);
        frames(2);
    }
    // The position of a picture on the canvas, in window units.
    PlaceBox seen(scene::Mark picture) {
        const PlaceBox c = place("canvas");
        const scene::Scene& page = bench_->store().scene_on_canvas();
        const auto box = scene::picture_box(page, picture);
        EXPECT_TRUE(box) << static_cast<int>(picture);
        if (!box) return {};
        const double scale = std::min(c.width / page.width, c.height / page.height),
                     left = c.x + (c.width - page.width * scale) / 2, top = c.y + (c.height - page.height * scale) / 2;
        return {static_cast<float>(left + box->x * scale), static_cast<float>(top + box->y * scale),
                static_cast<float>(box->width * scale), static_cast<float>(box->height * scale)};
    }
    std::string stack() { return state::photo_filters(now().photo->stack); }
    void drag(const char* row, const char* over) {
        const PlaceBox from = place(row), to = place(over);
        move(from.x + 60, from.y + from.height / 2);
        press_button(0, true);
        move(to.x + 60, (from.y + to.y + to.height) / 2);
        move(to.x + 60, to.y + to.height / 2);
        press_button(0, false);
    }
};

TEST_F(PhotoTest, FillsTheCanvasInTheWipeView) {
    show(state::SetPhotoLook{PhotoLook::wipe});
    const PlaceBox canvas = place("canvas"), photo = seen(scene::Mark::before);
    EXPECT_GT(photo.width, 0.85f * canvas.width);
    EXPECT_GE(photo.x, canvas.x);
    EXPECT_LE(photo.x + photo.width, canvas.x + canvas.width);
    EXPECT_LE(photo.y + photo.height, canvas.y + canvas.height);
    // In full screen it uses the height.
    key('F');
    pass_time(5);
    frames(2);
    EXPECT_GT(seen(scene::Mark::before).height, 0.75f * place("canvas").height);
}

TEST_F(PhotoTest, ExportsAreTheSameSlideOnEveryScreen) {
    for (const PhotoLook look : {PhotoLook::side_by_side, PhotoLook::wipe, PhotoLook::difference, PhotoLook::step}) {
        show(state::SetPhotoLook{look});
        EXPECT_EQ(bench_->store().scene(), state::scene_of(now())) << scene::name_of(look);
        EXPECT_NE(bench_->store().scene_on_canvas(), bench_->store().scene()) << scene::name_of(look);
    }
}

TEST_F(PhotoTest, EverythingIsOnThePageForAnyShape) {
    for (const auto& [wide, high] : {std::pair{768, 512}, {300, 900}, {1000, 90}, {10, 7}}) {
        for (const PhotoLook look : {PhotoLook::side_by_side, PhotoLook::wipe, PhotoLook::difference, PhotoLook::step})
            for (const scene::Room& room :
                 {scene::Room{960, 540}, {960, 760}, {1260, 540}, {960, 1700}, {2400, 540}, {960, 705}})
                for (const bool histograms : {false, true}) {
                    state::State s = tests::after(tests::with_photo(wide, high), {state::SetPhotoLook{look}});
                    s.photo->histograms = histograms;
                    s.photo->shown_as = image::ShownAs::signed_;
                    const scene::Scene page = state::SceneMaker().scene(s, {}, room);
                    const std::string what =
                        fmt::format("{}×{}, {} on {}×{}", wide, high, scene::name_of(look), room.width, room.height);
                    for (const scene::Mark picture :
                         {scene::Mark::before, scene::Mark::after, scene::Mark::photo, scene::Mark::result})
                        if (const auto box = scene::picture_box(page, picture)) {
                            EXPECT_GE(box->x, 0) << what;
                            EXPECT_GE(box->y, 84) << what << ": clear of the title";
                            EXPECT_LE(box->right(), page.width) << what;
                            EXPECT_LE(box->bottom(), page.height) << what;
                        }
                    for (const scene::Plane& plane : page.planes)
                        for (const scene::Item& item : plane.items)
                            if (const auto* text = std::get_if<scene::Text>(&item)) {
                                const scene::Point at = plane.to_page(text->at);
                                EXPECT_LE(at.x, page.width) << what << ": " << text->text;
                                EXPECT_LE(at.y, page.height) << what << ": " << text->text;
                            }
                }
    }
}

TEST_F(PhotoTest, PicturesAreStackedIfThatMakesThemLarger) {
    const state::State panorama = tests::with_photo(900, 200);
    const scene::Scene slide = state::scene_of(panorama),
                       tall = state::SceneMaker().scene(panorama, {}, scene::Room{960, 760});
    EXPECT_EQ(scene::picture_box(slide, scene::Mark::before)->y, scene::picture_box(slide, scene::Mark::after)->y);
    EXPECT_GT(scene::picture_box(tall, scene::Mark::after)->y, scene::picture_box(tall, scene::Mark::before)->bottom());
    EXPECT_GT(scene::picture_box(tall, scene::Mark::before)->width,
              1.8 * scene::picture_box(slide, scene::Mark::before)->width);
}

TEST_F(PhotoTest, AClickOnTheCanvasStepsThroughThePixelUnderIt) {
    const PlaceBox before = seen(scene::Mark::before);
    click(before.x + before.width * 0.25f, before.y + before.height * 0.75f);
    ASSERT_EQ(now().photo->look, PhotoLook::step);
    const auto [column, row] = state::pixel_of_step(*now().photo, now().moment.step);
    EXPECT_NEAR(column, 192, 3);
    EXPECT_NEAR(row, 384, 3);
}

TEST_F(PhotoTest, DraggingAFilterIsOneUndoStep) {
    show(state::SetFilter{"box"});
    show(state::AddFilter{"sobel-x"});
    show(state::AddFilter{"sharpen"});
    ASSERT_EQ(stack(), "Box blur, then Sobel x, then Sharpen");
    drag("pass 0", "pass 2");
    EXPECT_EQ(stack(), "Sobel x, then Sharpen, then Box blur");
    EXPECT_EQ(now().photo->selected, 2) << "what is dragged is selected";
    drag("pass 2", "pass 1");
    EXPECT_EQ(stack(), "Sobel x, then Box blur, then Sharpen");
    key('Z', false, true);
    EXPECT_EQ(stack(), "Sobel x, then Sharpen, then Box blur");
    key('Z', false, true);
    EXPECT_EQ(stack(), "Box blur, then Sobel x, then Sharpen");
    click_on("pass 1");
    EXPECT_EQ(now().photo->selected, 1) << "a click selects";
}

// With the keyboard only; each press is one undo step.
TEST_F(PhotoTest, SlidersAcceptArrowsAndTyping) {
    show(state::SetFilter{"gaussian"});
    const auto focused = [&](const char* name) {
        for (int n = 0; n < 120; ++n) {
            const auto ring = place_named("focus"), control = place_named(name);
            if (ring && control && std::abs(ring->x - control->x) < 1.5f && std::abs(ring->y - control->y) < 1.5f)
                return true;
            tap_key(ImGuiKey_Tab);
            frames(3);
        }
        return false;
    };
    const auto press = [&](ImGuiKey one) {
        tap_key(one);
        frames(3);
    };
    const auto parameter = [&](std::size_t n) { return now().photo->pass().parameters[n]; };
    show(state::SetFilterParameter{"sigma", 2});
    ASSERT_TRUE(focused("sigma"));
    press(ImGuiKey_RightArrow);
    EXPECT_DOUBLE_EQ(parameter(0), 2.1);
    press(ImGuiKey_LeftArrow);
    press(ImGuiKey_LeftArrow);
    EXPECT_DOUBLE_EQ(parameter(0), 1.9);
    bench_->store().undo();
    frames(2);
    EXPECT_DOUBLE_EQ(parameter(0), 2) << "the last press alone";
    press(ImGuiKey_Enter);
    ImGui::GetIO().AddInputCharactersUTF8("3.5");
    frames(2);
    press(ImGuiKey_Enter);
    EXPECT_DOUBLE_EQ(parameter(0), 3.5);
    // A kernel with a centre cell has odd sides.
    show(state::SetFilterParameter{"size", 3});
    ASSERT_TRUE(focused("size"));
    press(ImGuiKey_RightArrow);
    EXPECT_DOUBLE_EQ(parameter(1), 5);
    press(ImGuiKey_LeftArrow);
    press(ImGuiKey_LeftArrow);
    EXPECT_DOUBLE_EQ(parameter(1), 1);
    show(state::SetPhotoLook{PhotoLook::wipe});
    const double line = now().photo->wipe;
    ASSERT_TRUE(focused("wipe"));
    press(ImGuiKey_RightArrow);
    EXPECT_NEAR(now().photo->wipe, line + 0.01, 1e-9);
}

}  // namespace
}  // namespace convloom::gui::gui_photo_test
