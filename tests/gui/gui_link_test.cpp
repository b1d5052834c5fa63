// Links in the window: copied with a key, opened with their settings for panels, refused with one sentence.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include <cstdlib>

#include "app/files/link.hpp"
#include "app/gui/base/places.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/update/update.hpp"
#include "tests/gui/gui_workbench_stage.hpp"
#include "tests/support/pictures.hpp"

namespace convloom::tests::gui_link_test {
namespace {

using namespace gui;

class LinkTest : public testing::Test, public WorkbenchStage {
  protected:
    LinkTest() : WorkbenchStage(1600, 1000, state::preset("dilation")) { unsetenv("CONVLOOM_PAGE"); }
    Store& store() { return bench_->store(); }
    std::string said() {
        frame();
        return store().message() ? store().message()->text : "";
    }
    std::string copied() {
        ImGui::SetClipboardText("");
        key(GLFW_KEY_L, false, true);
        frames(2);
        return ImGui::GetClipboardText();
    }
    bool open(const std::string& link) {
        const bool opened = bench_->open_link(link);
        frames(3);
        return opened;
    }
    bool is_there(const std::string& name) { return gui::place_named(name).has_value(); }
};

TEST_F(LinkTest, AKeyCopiesALink) {
    store().dispatch(state::SetView{scene::View::flat});
    store().dispatch(state::GoToStep{4});
    EXPECT_EQ(copied(), "#v1?preset=dilation&view=flat&step=4");
    EXPECT_EQ(said(), "Copied a link to what is shown.");
    store().dispatch(state::SetCells{state::TensorName::input, {{3, 7.5f}}});
    EXPECT_EQ(files::parse_link(copied()).state, now());
    setenv("CONVLOOM_PAGE", "https://example.org/convloom/", 1);
    EXPECT_TRUE(copied().starts_with("https://example.org/convloom/#v1?state=")) << copied();
    unsetenv("CONVLOOM_PAGE");
}

TEST_F(LinkTest, TooLongLinksAreRefusedWithASentence) {
    store().dispatch(state::SetSize{200, state::every_axis});
    state::SetCells cells{state::TensorName::input, {}};
    std::uint32_t seed = 1;
    for (arith::Index n = 0; n < 40'000; ++n) {
        seed = seed * 1664525u + 1013904223u;
        cells.cells.push_back({n, static_cast<float>(seed >> 8) / 1000});
    }
    store().dispatch(cells);
    EXPECT_EQ(copied(), "");
    EXPECT_TRUE(said().starts_with("This is too large for a link")) << said();
}

TEST_F(LinkTest, ALinkKeepsTheReadersOtherSettings) {
    store().dispatch(state::SetTheme{"dark"});
    ASSERT_TRUE(open("#v1?preset=kind_1d&step=2&labels=0"));
    EXPECT_EQ(now().name, "kind_1d");
    EXPECT_EQ(now().moment.step, 2);
    EXPECT_FALSE(now().look.labels);
    EXPECT_EQ(now().theme, "dark");
    EXPECT_FALSE(store().playing());
    ASSERT_TRUE(open("https://example.org/#v1?preset=kind_1d&theme=print&lang=zh-CN&play=1."));
    EXPECT_EQ(now().theme, "print");
    EXPECT_EQ(now().language, scene::Language::chinese);
    EXPECT_TRUE(store().playing());
    EXPECT_EQ(bench_->interface().language, LanguageChoice::english) << "the reader's own choice is kept";
    key(GLFW_KEY_Z, false, true);
    EXPECT_EQ(now().moment.step, 2) << "undo leads back to what was shown before";
}

TEST_F(LinkTest, ABrokenLinkChangesNothing) {
    const state::State before = now();
    EXPECT_FALSE(open("#v1?preset=dilation&step=99"));
    EXPECT_EQ(said(), "The link's step is 99; this layer has the steps 0 to 8.");
    EXPECT_EQ(now(), before);
    EXPECT_FALSE(open("https://example.org/"));
    EXPECT_EQ(now(), before);
}

TEST_F(LinkTest, HiddenPanelsAreShownByTheirKeys) {
    frames(2);
    const PlaceBox canvas = place("canvas");
    EXPECT_TRUE(is_there("gallery"));
    ASSERT_TRUE(open("#v1?preset=dilation&hide=all"));
    const PlaceBox alone = place("canvas");
    EXPECT_FALSE(is_there("settings"));
    EXPECT_FALSE(is_there("tab 0"));
    EXPECT_FALSE(is_there("play"));
    EXPECT_EQ(alone.width, 1600);
    EXPECT_EQ(alone.height, 1000);
    EXPECT_GT(canvas.x, alone.x);
    key(GLFW_KEY_RIGHT);
    EXPECT_EQ(now().moment.step, 1);
    key(GLFW_KEY_G);
    key(GLFW_KEY_I);
    frames(2);
    EXPECT_EQ(place("canvas").x, canvas.x);
    EXPECT_EQ(place("canvas").width, canvas.width);
    // A panel hidden by a link is not a choice of the reader.
    ASSERT_TRUE(open("#v1?preset=dilation&hide=inspector"));
    EXPECT_TRUE(bench_->session().interface.inspector);
    EXPECT_TRUE(is_there("play"));
}

TEST_F(LinkTest, ALockedPageStepsAndRefusesEditsWithASentence) {
    ASSERT_TRUE(open("#v1?preset=dilation&lock=1"));
    const state::State before = now();
    bench_->interface().tab = InspectorTab::layer;
    frames(2);
    fill("kernel", "2");
    EXPECT_EQ(now(), before);
    EXPECT_FALSE(store().dispatch(state::FillKernel{"sobel-x", state::every_plane}));
    EXPECT_EQ(said(), "This page is locked: its layer and data cannot be changed.");
    EXPECT_FALSE(
        store().dispatch_number(arith::LayerField::kernel, -1, "k", 2, state::SetKernel{2, state::every_axis}));
    EXPECT_EQ(now(), before);
    key(GLFW_KEY_RIGHT);
    EXPECT_EQ(now().moment.step, 1);
    key(GLFW_KEY_RIGHT, true);
    EXPECT_EQ(now().moment.tap, 0);
    EXPECT_TRUE(store().dispatch(state::SetView{scene::View::flat}));
    EXPECT_EQ(copied(), "#v1?preset=dilation&view=flat&step=1&tap=0&lock=1");
    // Another link opens another page.
    ASSERT_TRUE(open("#v1?preset=dilation"));
    EXPECT_TRUE(store().dispatch(state::FillKernel{"sobel-x", state::every_plane}));
}

TEST_F(LinkTest, FiltersAreAppliedToTheOpenPhoto) {
    state::State photo =
        update(state::preset("dilation"), state::OpenPhoto{"/a/cat.png", noise(44, 30, 3, image::Depth::bits8, 1)})
            .state;
    photo = update(photo, state::SetFilter{"sobel-x"}).state;
    const std::string link = "#" + files::link_of(photo);
    EXPECT_FALSE(open(link));
    EXPECT_EQ(said(), "The link's filters are over a photo, which no link carries; open a photo first, then the link.");
    store().dispatch(state::OpenPhoto{"/b/dog.png", noise(20, 20, 3, image::Depth::bits8, 2)});
    ASSERT_TRUE(open(link));
    EXPECT_EQ(now().photo->path, "/b/dog.png");
    EXPECT_EQ(now().photo->pass().filter, "sobel-x");
    EXPECT_EQ(now().photo->image->width, 20);
    copied();
    EXPECT_EQ(said(), "Copied a link with the filters; the photo itself is in no link.");
}

}  // namespace
}  // namespace convloom::tests::gui_link_test
