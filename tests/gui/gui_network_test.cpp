// A network in the window: it is opened, its layers are listed, a click shows one with the values that it has in the
// network, and another picture changes them.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include <algorithm>
#include <filesystem>

#include "app/files/files.hpp"
#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "tests/gui/gui_workbench_stage.hpp"
#include "tests/support/support.hpp"

namespace convloom::gui::gui_network_test {
namespace {

namespace fs = std::filesystem;

std::string corpus(const std::string& name) {
    return fs::canonical(tests::tests_folder() + "/fuzz/corpus/onnx/" + name).string();
}

class NetworkTest : public ::testing::Test, protected tests::WorkbenchStage {
  protected:
    NetworkTest() : WorkbenchStage(1280, 800, state::preset(state::opening_preset)) {}
    ~NetworkTest() override { set_language(scene::Language::english); }

    bool has(const std::string& name) { return place_named(name).has_value(); }
    NetworkDesk& desk() { return bench_->documents().network().desk(); }
    void settle() {
        for (int n = 0; n < 10000 && desk().is_busy(); ++n) frames(1);
        frames(3);
    }
    void open_network(const std::string& name) {
        bench_->documents().open(bench_->store(), corpus(name));
        settle();
    }
    float value() {
        const arith::Recording recording = state::recording_of(now());
        return recording.value(recording.step(now().moment.step));
    }
};

TEST_F(NetworkTest, OpensAtItsFirstLayerAndSteps) {
    open_network("classifier.onnx");
    EXPECT_TRUE(has("network layer c"));
    EXPECT_FALSE(has("network layer r")) << "Relu does not slide";
    EXPECT_TRUE(has("network best 0") || has("network best 1") || has("network best 2"));
    EXPECT_FALSE(has("gallery search")) << "the network takes the gallery's place";
    EXPECT_EQ(now().title, "c · classifier.onnx");
    EXPECT_EQ(now().input->shape, (arith::Shape{3, 8, 8}));
    EXPECT_EQ(now().view, scene::View::maps);
    EXPECT_EQ(now().stages[0].weight->shape, (arith::Shape{2, 3, 3, 3}));
    const auto step = now().moment.step;
    key(GLFW_KEY_HOME);
    EXPECT_EQ(now().moment.step, 0);
    EXPECT_GT(step, 0) << "it opens at the largest value";
}

TEST_F(NetworkTest, ALayersInputIsWhatTheNetworkGivesIt) {
    open_network("classifier.onnx");
    click_on("network layer p");
    frames(2);
    EXPECT_EQ(now().title, "p · classifier.onnx");
    EXPECT_EQ(now().input->shape, (arith::Shape{2, 4, 4}));
    float largest = 0;  // of what Relu gives
    for (const float one : now().input->values) {
        EXPECT_GE(one, 0);
        largest = std::max(largest, one);
    }
    EXPECT_EQ(value(), largest) << "max pooling at its largest value";
    key(GLFW_KEY_Z, false, true);
    EXPECT_EQ(now().title, "c · classifier.onnx") << "undo goes back to the layer before";
}

TEST_F(NetworkTest, AnotherPictureChangesTheValuesAtTheSameStep) {
    open_network("classifier.onnx");
    key(GLFW_KEY_HOME);
    const std::vector<float> before = now().input->values;
    const std::string picture = fs::canonical(tests::tests_folder() + "/../assets/images/test_chart.png").string();
    bench_->documents().open(bench_->store(), picture);
    settle();
    EXPECT_EQ(desk().photo_name(), "test_chart.png");
    EXPECT_NE(now().view, scene::View::photo) << "it is the network's input";
    EXPECT_NE(now().input->values, before);
    EXPECT_EQ(now().moment.step, 0);
    click_on("network close");
    frames(2);
    EXPECT_TRUE(has("gallery search"));
    bench_->documents().open(bench_->store(), picture);
    EXPECT_EQ(now().view, scene::View::photo);
}

TEST_F(NetworkTest, TheListIsSearched) {
    open_network("classifier.onnx");
    fill("network search", "maxpool");
    frames(2);
    EXPECT_TRUE(has("network layer p"));
    EXPECT_FALSE(has("network layer c"));
    fill("network search", "conv 3x3");
    frames(2);
    EXPECT_FALSE(has("network layer p"));
    EXPECT_TRUE(has("network layer c")) << "as it is typed, not with a ×";
}

TEST_F(NetworkTest, FaultsAreSaid) {
    open_network("generator.onnx");
    EXPECT_EQ(now().title, "c · generator.onnx") << "what does not depend on the fault is there";
    EXPECT_TRUE(desk().result().empty());
    const fs::path cut = fs::temp_directory_path() / "cut.onnx";
    files::write(cut, files::read(corpus("classifier.onnx")).substr(0, 300));
    bench_->documents().open(bench_->store(), cut.string());
    frames(2);
    ASSERT_TRUE(bench_->store().message() && bench_->store().message()->is_fault);
    EXPECT_TRUE(desk().is_open() && desk().facts().file.ends_with("generator.onnx")) << "what was open stays";
    fs::remove(cut);
}

TEST_F(NetworkTest, IsAPictureUntilALayerIsChosen) {
    open_network("classifier.onnx");
    EXPECT_TRUE(has("network box c"));
    EXPECT_TRUE(has("network box p"));
    const scene::Pixels picture = this->picture();
    click_on("network box p");
    frames(2);
    EXPECT_EQ(now().title, "p · classifier.onnx") << "a click opens the layer";
    EXPECT_FALSE(has("network box p")) << "which is then on the canvas";
    EXPECT_NE(this->picture(), picture);
    click_on("network shown picture");
    frames(2);
    ASSERT_TRUE(has("network box p"));
    const scene::Pixels marked = this->picture();
    EXPECT_NE(marked, picture) << "another layer is marked";
    fill("network search", "maxpool");
    frames(2);
    EXPECT_NE(this->picture(), marked) << "what is found is marked";
    key(GLFW_KEY_ESCAPE);
    key(GLFW_KEY_HOME);
    frames(2);
    EXPECT_FALSE(has("network box p")) << "a step shows the layer";
    EXPECT_EQ(now().moment.step, 0);
    click_on("network shown picture");
    frames(2);
    click_on("network shown layer");
    frames(2);
    EXPECT_FALSE(has("network box p"));
    click_on("network shown picture");
    click_on("network close");
    frames(2);
    EXPECT_FALSE(has("network box p")) << "without a network there is no picture";
}

// What is saved is what is on the canvas, on a slide.
TEST_F(NetworkTest, ThePictureIsSaved) {
    open_network("classifier.onnx");
    const fs::path before = fs::current_path(), folder = fs::temp_directory_path() / "network_picture_saved";
    fs::remove_all(folder);
    fs::create_directories(folder);
    fs::current_path(folder);
    key(GLFW_KEY_S, true);
    frames(2);
    ASSERT_TRUE(fs::exists(folder / "classifier.svg"));
    EXPECT_NE(files::read(folder / "classifier.svg").find("the network as a picture"), std::string::npos);
    click_on("network shown layer");
    key(GLFW_KEY_S, true);
    frames(2);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 2) << "the layer has a file of its own";
    fs::current_path(before);
    fs::remove_all(folder);
}

TEST_F(NetworkTest, ThePictureIsMovedAndZoomed) {
    open_network("classifier.onnx");
    const PlaceBox before = place("network box c");
    move(before.x - 30, before.y + 5);
    press_button(0, true);
    move(before.x - 30, before.y + 65);
    frames(1);
    press_button(0, false);
    frames(2);
    EXPECT_NEAR(place("network box c").y, before.y + 60, 1);
    EXPECT_TRUE(has("network box p")) << "a drag is no click";
    key(GLFW_KEY_KP_ADD);
    frames(2);
    EXPECT_GT(place("network box c").width, before.width * 1.05f);
}

// The digits' network opens at its first layer, since each stroke is answered there.
TEST_F(NetworkTest, WhereOneDrawsTheFirstLayerIsShown) {
    frames(2);
    click_on("gallery network digits");
    frames(3);
    EXPECT_FALSE(has("network box conv1"));
    click_on("network shown picture");
    frames(2);
    ASSERT_TRUE(has("network box conv2"));
    click_on("network clear");
    frames(2);
    EXPECT_TRUE(has("network box conv2")) << "other values keep the picture";
    click_on("network box scores");
    frames(2);
    EXPECT_EQ(now().title, "scores · digits") << "a fully connected layer is a door as well";
    click_on("network shown picture");
    frames(2);
    click_on("network box conv2");
    frames(2);
    EXPECT_EQ(now().title, "conv2 · digits");
}

TEST_F(NetworkTest, ADigitIsDrawnAndRead) {
    frames(2);
    click_on("gallery network digits");
    frames(3);
    EXPECT_TRUE(has("network best 3")) << "what is drawn at first";
    EXPECT_EQ(now().title, "conv1 · digits");
    click_on("network clear");
    frames(2);
    EXPECT_EQ(*std::max_element(now().input->values.begin(), now().input->values.end()), 0);
    key(GLFW_KEY_HOME);
    const std::size_t before = bench_->store().history().past().size();
    const PlaceBox pad = place("network pad");
    const auto at = [&](float part) { move(pad.x + pad.width * 0.5f, pad.y + pad.height * part); };
    at(0.2f);
    press_button(0, true);
    for (float part = 0.2f; part < 0.8f; part += 0.1f) {
        at(part);
        frames(2);
    }
    press_button(0, false);
    frames(2);
    EXPECT_TRUE(has("network best 1"));
    EXPECT_GT(*std::max_element(now().input->values.begin(), now().input->values.end()), 0.9f);
    EXPECT_EQ(now().moment.step, 0) << "the step stays";
    EXPECT_LE(bench_->store().history().past().size(), before + 2) << "a stroke is one undo step";
    click_on("network layer conv2");
    frames(2);
    EXPECT_EQ(now().input->shape, (arith::Shape{8, 14, 14}));
    // A photo takes the drawing's place.
    bench_->documents().open(bench_->store(),
                             fs::canonical(tests::tests_folder() + "/../assets/images/test_chart.png").string());
    settle();
    EXPECT_EQ(desk().drawing(), nullptr);
}

TEST_F(NetworkTest, IsFullyTranslated) {
    std::set<std::string> missed;
    bench_->interface().language = LanguageChoice::chinese;
    frames(3);
    note_missed(&missed);
    open_network("classifier.onnx");
    click_on(std::string("section ") + t("How the picture becomes the input"));
    frames(3);
    open_network("shapes.onnx");
    bench_->documents().open(bench_->store(), "digits");
    frames(3);
    note_missed(nullptr);
    missed.erase("1×1");  // the same in both
    for (const std::string& text : missed) ADD_FAILURE() << "no translation for “" << text << "”";
}

}  // namespace
}  // namespace convloom::gui::gui_network_test
