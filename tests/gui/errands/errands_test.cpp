// Eight users with their tasks, each with the largest number of actions allowed. A change that makes a task longer
// fails here; one that makes it shorter should lower the number.
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include "app/files/files.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/scene/photo/photo_figure.hpp"
#include "core/state/words/title.hpp"
#include "tests/gui/errands/errand.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::errands_test {
namespace {

using arith::Index;

const char* const sobel[] = {"-1", "0", "1", "-2", "0", "2", "-1", "0", "1"};

std::string lighthouse() {
    return tests_folder() + "/../assets/images/lighthouse.jpg";
}

class Lecturer : public ::testing::Test, protected Errand {
  protected:
    Lecturer() : Errand(1600, 1000) {}
    void sees_what_was_wanted() {
        const arith::Axis& axis = now().layer().axes[0];
        EXPECT_EQ(axis.size, 9);
        EXPECT_EQ(axis.kernel, 3);
        EXPECT_EQ(axis.dilation, 2);
        EXPECT_EQ(axis.stride, 2);
        for (int n = 0; n < 9; ++n) EXPECT_EQ(now().stages[0].weight->values[n], std::stof(sobel[n]));
        EXPECT_EQ(now().view, scene::View::flat) << "where the numbers are read";
        const auto gifs = files(".gif"), svgs = files(".svg");
        ASSERT_EQ(gifs.size(), 1u);
        ASSERT_EQ(svgs.size(), 1u);
        const std::string gif = read_file(gifs[0]), svg = read_file(svgs[0]);
        EXPECT_EQ(static_cast<unsigned char>(gif[6]) + 256 * static_cast<unsigned char>(gif[7]), 1280);
        EXPECT_EQ(static_cast<unsigned char>(gif[8]) + 256 * static_cast<unsigned char>(gif[9]), 720);
        for (const char* text : {">−2<", "9×9"}) EXPECT_NE(svg.find(text), std::string::npos) << text;
    }
};

// A dilated 3x3 layer, rate 2, stride 2, on 9x9, with Sobel's weights, as a GIF of 1280x720 and as an SVG. Uses PyTorch
// code, and the kernel's name in the data panel.
TEST_F(Lecturer, MakesAGifAndAFigureTenMinutesBeforeClass) {
    click_it("code");
    all_selected();
    entered({"Conv2d(1, 1, 3, stride=2, dilation=2)", "1x9x9"});
    click_it("tab 1");
    click_it("tensor 1");
    click_it("kernel pattern 0");
    hit(GLFW_KEY_E, false, true);
    click_it("export size 1");
    enter();
    wait_for_export();
    hit(GLFW_KEY_S, true);
    sees_what_was_wanted();
    EXPECT_LE(actions(), 10);
}

// The same for a user who does not know PyTorch: settings are found by name in the palette, and numbers have rows.
TEST_F(Lecturer, DoesTheSameByThePaletteAndTheRows) {
    palette("dilated");
    bench_->store().set_playing(false);
    click_it("size");
    entered({"9"});
    click_it("stride");
    entered({"2"});
    hit(GLFW_KEY_1);
    palette("kernel sobel x");
    hit(GLFW_KEY_E, false, true);
    click_it("export size 1");
    enter();
    wait_for_export();
    hit(GLFW_KEY_S, true);
    sees_what_was_wanted();
    EXPECT_LE(actions(), 13);
}

// The same with the keyboard only: the inspector is the last panel, and the code field is its second stop.
TEST_F(Lecturer, DoesTheSameWithTheKeyboardAlone) {
    ImGui::GetIO().MousePos = {-1, -1};
    hit(GLFW_KEY_F6, true);
    tabbed();
    all_selected();
    entered({"Conv2d(1, 1, 3, stride=2, dilation=2)", "1x9x9"});
    palette("kernel sobel x");
    hit(GLFW_KEY_E, false, true);
    for (int n = 0; n < 12 && !is_at("export size 0"); ++n) tabbed();
    pressed(ImGuiKey_RightArrow);
    pressed(ImGuiKey_Space);
    enter();
    wait_for_export();
    hit(GLFW_KEY_S, true);
    sees_what_was_wanted();
    EXPECT_LE(actions(), 14);
}

class Student : public ::testing::Test, protected Errand {
  protected:
    Student() : Errand(1280, 800) {}
};

// Makes a mistake, reads the hint, answers, goes on, and returns to the previous picture.
TEST_F(Student, AnswersTheToursFirstQuestion) {
    const state::State own = now();
    hit(GLFW_KEY_U);
    click_it("tour answer");
    entered({"3"});
    EXPECT_TRUE(sees("tour wrong"));
    EXPECT_TRUE(sees("tour reply")) << "why";
    click_it("tour answer");
    entered({"2"});
    EXPECT_TRUE(sees("tour right"));
    hit(GLFW_KEY_PAGE_DOWN);
    EXPECT_EQ(bench_->interface().tour.page, 1);
    EXPECT_EQ(bench_->interface().tour.answered.size(), 1u);
    hit(GLFW_KEY_U);
    EXPECT_EQ(now().stages, own.stages);
    EXPECT_LE(actions(), 7);
}

class Engineer : public ::testing::Test, protected Errand {
  protected:
    Engineer() : Errand(1600, 1000) {}
};

// The output shape and cost of a layer from a program, and its code with another stride.
TEST_F(Engineer, ReadsAPastedLayer) {
    click_it("code");
    all_selected();
    entered({"nn.Conv2d(3, 64, kernel_size=7, stride=2, padding=3)", "3x224x224"});
    EXPECT_EQ(arith::output_shape(now().layer()), arith::Shape({64, 112, 112}));
    click_it("tab cost");
    EXPECT_EQ(now().view, scene::View::cost);
    click_it("stride");
    entered({"4"});
    EXPECT_EQ(arith::output_shape(now().layer()), arith::Shape({64, 56, 56}));
    click_it("copy words");
    EXPECT_NE(std::string(ImGui::GetClipboardText()).find("stride=4"), std::string::npos);
    EXPECT_LE(actions(), 7);
}

class Photographer : public ::testing::Test, protected Errand {
  protected:
    Photographer() : Errand(1600, 1000) {}
};

// Edges in the user's own photo, compared by a wipe, one pixel inspected, and the picture saved.
TEST_F(Photographer, FindsEdges) {
    dropped(lighthouse());
    ASSERT_EQ(now().view, scene::View::photo);
    palette("sobel magnitude");
    EXPECT_EQ(now().photo->pass().filter, "sobel");
    click_it("bar look 1");
    const gui::PlaceBox canvas = place("canvas");
    dragged("canvas", "bar look 3");  // the wipe's divider is in the middle
    EXPECT_NE(now().photo->wipe, 0.5);
    click_it("bar look 0");
    click_at(canvas.x + canvas.width / 4, canvas.y + canvas.height / 2);
    EXPECT_EQ(now().photo->look, scene::PhotoLook::step);
    EXPECT_GT(now().moment.step, 1000) << "the pixel that was clicked";
    hit(GLFW_KEY_S);
    EXPECT_EQ(files(".png").size(), 1u);
    EXPECT_LE(actions(), 8);
}

// Exchanges the order of two filters.
TEST_F(Photographer, ReordersFilters) {
    dropped(lighthouse());
    click_it("add filter");
    entered({"sobel m"});
    ASSERT_EQ(now().photo->stack.size(), 2u);
    dragged("pass 1", "pass 0");
    EXPECT_EQ(now().photo->stack[0].filter, "sobel");
    EXPECT_LE(actions(), 4);
}

class Keyboard : public ::testing::Test, protected Errand {
  protected:
    Keyboard() : Errand(1600, 1000) {}
};

// Steps, a tap, another view, the dark theme, presenting, and exports of a figure and a movie, without the mouse.
TEST_F(Keyboard, ShowsAndExportsWithoutTheMouse) {
    hit(GLFW_KEY_END);
    EXPECT_EQ(now().moment.step, 8);
    hit(GLFW_KEY_HOME);
    hit(GLFW_KEY_RIGHT, true);
    EXPECT_EQ(now().moment.tap, 0);
    hit(GLFW_KEY_2);
    EXPECT_EQ(now().view, scene::View::stacked);
    hit(GLFW_KEY_D);
    EXPECT_EQ(now().theme, "dark");
    hit(GLFW_KEY_F);
    EXPECT_TRUE(bench_->interface().presenting);
    hit(GLFW_KEY_ESCAPE);
    EXPECT_FALSE(bench_->interface().presenting);
    hit(GLFW_KEY_S, true);
    hit(GLFW_KEY_E, false, true);
    enter();
    wait_for_export();
    EXPECT_EQ(files(".svg").size(), 1u);
    EXPECT_EQ(files(".gif").size(), 1u);
    EXPECT_LE(actions(), 10);
}

// A small laptop, and a 4K screen at twice the scale: the same steps lead to the same figure.
class Screen : public ::testing::TestWithParam<std::array<int, 3>>, protected Errand {
  protected:
    Screen() : Errand(GetParam()[0], GetParam()[1], static_cast<float>(GetParam()[2])) {}
};

TEST_P(Screen, ChangesALayerAndSavesIt) {
    click_it("stride");
    entered({"2"});
    click_it("tab stacked");
    click_it("last");
    EXPECT_EQ(now().moment.step, 3);
    click_it("export");
    EXPECT_TRUE(sees("export begin"));
    const gui::PlaceBox begin = place("export begin");
    EXPECT_LE(begin.x + begin.width, GetParam()[0]);
    EXPECT_LE(begin.y + begin.height, GetParam()[1]) << "in sight";
    click_it("export begin");
    wait_for_export();
    EXPECT_EQ(files(".gif").size(), 1u);
    EXPECT_LE(actions(), 6);
}
INSTANTIATE_TEST_SUITE_P(SmallAndLarge, Screen,
                         ::testing::Values(std::array{960, 600, 1}, std::array{1366, 768, 1},
                                           std::array{3840, 2160, 2}));

class Projector : public ::testing::Test, protected Errand {
  protected:
    Projector() : Errand(1280, 800) {}
};

// Only the canvas, two steps and three taps with a laser pointer, and back.
TEST_F(Projector, PresentsWithALaser) {
    hit(GLFW_KEY_F);
    EXPECT_TRUE(sees("present leave")) << "how to leave";
    hit(GLFW_KEY_RIGHT);
    hit(GLFW_KEY_RIGHT);
    for (int n = 0; n < 3; ++n) hit(GLFW_KEY_RIGHT, true);
    EXPECT_EQ(now().moment.step, 2);
    EXPECT_EQ(now().moment.tap, 2);
    hit(GLFW_KEY_P);
    EXPECT_TRUE(bench_->interface().laser);
    EXPECT_EQ(place("canvas").height, 800);
    hit(GLFW_KEY_ESCAPE);  // ends the laser pointer
    hit(GLFW_KEY_ESCAPE);
    EXPECT_FALSE(bench_->interface().presenting);
    EXPECT_TRUE(sees("kernel"));
    EXPECT_LE(actions(), 9);
}

class Beginner : public ::testing::Test, protected Errand {
  protected:
    Beginner() : Errand(1280, 800) {}
};

// A kernel that is too large, invalid code, a broken file, a drag too far: each is reported, and one key undoes it.
TEST_F(Beginner, MakesMistakesAndLosesNothing) {
    const state::State first = now();
    click_it("kernel");
    entered({"7"});
    EXPECT_TRUE(sees("refusal"));
    EXPECT_EQ(now(), first);
    click_it("stride");
    entered({"two"});
    EXPECT_EQ(now(), first);
    EXPECT_TRUE(bench_->store().message()) << "why";
    files::write(folder_ / "broken.json", "{\"layers\": ");
    dropped((folder_ / "broken.json").string());
    EXPECT_EQ(now(), first);
    ASSERT_TRUE(bench_->store().message());
    EXPECT_NE(bench_->store().message()->text.find("broken.json"), std::string::npos);
    dragged("padding slider", "tab 3");
    EXPECT_NE(now(), first);
    hit(GLFW_KEY_Z, false, true);
    EXPECT_EQ(now(), first);
    EXPECT_LE(actions(), 7);
}

}  // namespace
}  // namespace convloom::tests::errands_test
