// The gallery's search and files, the mark for unsaved changes in the title, and Ctrl+S for a file that was not opened.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>
#include <imgui.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/state/json/json.hpp"
#include "core/state/json/presets.hpp"
#include "tests/gui/gui_workbench_stage.hpp"
#include "tests/support/support.hpp"

namespace convloom::gui::gui_gallery_test {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

class GalleryTest : public ::testing::Test, protected tests::WorkbenchStage {
  protected:
    GalleryTest() : WorkbenchStage(1280, 1000, state::preset(state::opening_preset)) {
        folder_ = fs::temp_directory_path() / ("gallery_" + std::to_string(::getpid()));
        fs::create_directories(folder_);
        file_ = (folder_ / "mine.convloom.json").string();
        std::ofstream(file_) << to_json(state::preset("dilation"));
    }
    ~GalleryTest() override { fs::remove_all(folder_); }

    bool has(const std::string& name) { return place_named(name).has_value(); }
    bool is_marked() { return bench_->title().starts_with("• "); }
    void save() {
        key(GLFW_KEY_S, false, true);
        frames(3);
    }

    fs::path folder_;
    std::string file_;
};

TEST_F(GalleryTest, SearchKeepsMatchingEntries) {
    click_on("gallery search");
    ImGui::GetIO().AddInputCharactersUTF8("depthwise");
    frames(2);
    EXPECT_TRUE(has("gallery kind_depthwise_separable"));
    EXPECT_FALSE(has("gallery kind_2d"));
    tap_key(ImGuiKey_Enter);
    frames(2);
    EXPECT_EQ(now().name, "kind_depthwise_separable");
    EXPECT_TRUE(has("gallery kind_depthwise_separable")) << "all are shown again, and this one is in sight";
    EXPECT_FALSE(has("gallery search clear"));
    click_on("gallery search");
    ImGui::GetIO().AddInputCharactersUTF8("转置");
    frames(2);
    EXPECT_TRUE(has("gallery kind_transposed")) << "in the other language too";
    EXPECT_FALSE(has("gallery kind_2d"));
    click_on("gallery search clear");
    frames(2);
    EXPECT_TRUE(has("gallery kind_2d"));
}

TEST_F(GalleryTest, TitlesAreNotCut) {
    int seen = 0;
    for (const float scale : {1.0f, 1.25f, 2.0f}) {
        bench_->interface().scale = scale;
        bench_->interface().inspector = false;
        frames(3);
        for (const std::string& name : state::preset_names()) {
            bench_->store().open_preset(state::preset(name));
            frames(3);
            const auto title = place_named("gallery title " + name), entry = place_named("gallery " + name);
            if (!title || !entry) continue;
            ++seen;
            EXPECT_GE(title->y, entry->y) << name << " at " << scale;
            EXPECT_LE(title->y + title->height, entry->y + entry->height) << name << " at " << scale;
        }
    }
    EXPECT_GT(seen, 100);
}

TEST_F(GalleryTest, RecentFilesAreAtTheTop) {
    const std::string photo = fs::canonical(tests::tests_folder() + "/../assets/images/lighthouse.jpg").string();
    EXPECT_FALSE(has("gallery file 0"));
    bench_->documents().open(bench_->store(), photo);
    bench_->documents().open(bench_->store(), file_);
    frames(3);
    ASSERT_TRUE(has("gallery file 0"));
    EXPECT_LT(place("gallery file 0").y, place("gallery file 1").y) << "own documents before photos";
    click_on("gallery file 1");
    frames(2);
    EXPECT_EQ(now().view, scene::View::photo);
    click_on("gallery file 0");  // the photo moved to the top of the list
    frames(2);
    EXPECT_EQ(now().view, scene::View::photo);
    click_on("gallery file 1");
    frames(2);
    EXPECT_EQ(bench_->store().file(), file_);
}

TEST_F(GalleryTest, TheTitleNamesTheFileAndMarksUnsavedChanges) {
    EXPECT_EQ(bench_->title(), "Convolution: no padding, unit strides – step 1 of 9 – Convloom");
    bench_->documents().open(bench_->store(), file_);
    frames(1);
    EXPECT_TRUE(bench_->title().starts_with("mine.convloom.json – Dilation of 2 – ")) << bench_->title();
    key(GLFW_KEY_RIGHT);
    EXPECT_FALSE(is_marked()) << "a step is no work";
    bench_->store().dispatch(state::SetKernel{2});
    EXPECT_TRUE(bench_->title().starts_with("• mine.convloom.json – ")) << bench_->title();
    bench_->store().undo();
    EXPECT_FALSE(is_marked()) << "what undo takes back is not unsaved";
    bench_->store().redo();
    EXPECT_TRUE(is_marked());
    save();
    EXPECT_FALSE(is_marked());
    // A preset is another document.
    click_on("gallery search");
    ImGui::GetIO().AddInputCharactersUTF8("kind_2d_channels");
    tap_key(ImGuiKey_Enter);
    frames(3);
    EXPECT_EQ(bench_->store().file(), "");
    EXPECT_FALSE(is_marked());
}

TEST_F(GalleryTest, SavingAsksBeforeOverwritingAFileThatWasNotOpened) {
    const std::string before = text_of(file_);
    // As after a restart: the session knows the file, and the document has been edited.
    bench_->store().dispatch(state::SetKernel{2});
    bench_->store().set_file(file_);
    frames(1);
    EXPECT_TRUE(is_marked());
    save();
    EXPECT_TRUE(has("replace take"));
    EXPECT_EQ(text_of(file_), before);
    tap_key(ImGuiKey_Escape);
    frames(3);
    EXPECT_FALSE(has("replace take"));
    EXPECT_EQ(text_of(file_), before) << "Esc keeps it";
    save();
    tap_key(ImGuiKey_Enter);
    frames(3);
    EXPECT_NE(text_of(file_), before) << "Enter does what the dialog is for";
    EXPECT_FALSE(is_marked());
    // From now on the file's state is known.
    bench_->store().dispatch(state::SetKernel{1});
    save();
    EXPECT_FALSE(has("replace take"));
    EXPECT_FALSE(is_marked());
    // Until another program writes it.
    std::ofstream(file_) << before << "\n";
    save();
    EXPECT_TRUE(has("replace take"));
    EXPECT_EQ(text_of(file_), before + "\n");
}

TEST_F(GalleryTest, SavingAnOpenedDocumentDoesNotAsk) {
    bench_->documents().open(bench_->store(), file_);
    bench_->store().dispatch(state::SetKernel{2});
    const std::string before = text_of(file_);
    save();
    EXPECT_FALSE(has("replace take"));
    EXPECT_NE(text_of(file_), before);
}

}  // namespace
}  // namespace convloom::gui::gui_gallery_test
