// The export dialog driven by mouse and keyboard: it writes what was chosen, refuses with sentences, and does not block
// the window.
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "app/exporting/page_options.hpp"
#include "app/files/files.hpp"
#include "app/gui/export/export_dialog.hpp"
#include "app/paint/svg.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "tests/gui/gui_stage.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::gui_export_test {
namespace {

namespace fs = std::filesystem;
using namespace gui;

class ExportDialogTest : public testing::Test {
  protected:
    ExportDialogTest() : folder_(fs::temp_directory_path() / ("convloom-export-" + std::to_string(getpid()))) {
        fs::create_directories(folder_);
        setenv("CONVLOOM_FILE_DIALOG", "own", 1);
        dialog_ = std::make_unique<ExportDialog>([this] { ++woken_; });
        stage_.prepare = [this] { dialog_->prepare(stage_.painter()); };
        stage_.draw = [this] {
            if (auto note = dialog_->draw(stage_.style(), stage_.theme(), {960, 600})) note_ = note;
        };
        shown_.moment = {3, 4};
    }
    ~ExportDialogTest() override {
        stage_.prepare = stage_.draw = nullptr;
        dialog_.reset();
        unsetenv("CONVLOOM_FILE_DIALOG");
        fs::remove_all(folder_);
    }
    void open() {
        dialog_->open(shown_, folder_.string(), {});
        stage_.frames(4);
    }
    void finish() {
        for (int n = 0; n < 2000 && dialog_->is_busy(); ++n) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
            stage_.frames(1);
        }
        ASSERT_FALSE(dialog_->is_busy());
        ASSERT_TRUE(note_);
    }
    std::size_t files() const { return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), {})); }

    fs::path folder_;
    Stage stage_{960, 600};
    std::atomic<int> woken_ = 0;
    std::unique_ptr<ExportDialog> dialog_;
    std::optional<ExportDialog::Note> note_;
    state::State shown_ = state::preset("kind_2d");
};

TEST_F(ExportDialogTest, WritesTheChosenFormat) {
    open();
    EXPECT_TRUE(dialog_->is_open());
    stage_.click("export format .svg");
    stage_.click("export frames 0");  // this step
    stage_.click("export begin");
    EXPECT_FALSE(dialog_->is_open());
    finish();
    EXPECT_FALSE(note_->is_fault) << note_->text;
    EXPECT_EQ(read_file((folder_ / "kind_2d.svg").string()), paint::to_svg(scene_of(shown_)));
    EXPECT_GT(woken_, 0);
    EXPECT_EQ(dialog_->folder(), folder_.string());
}

TEST_F(ExportDialogTest, NumbersStillsAndAsksBeforeReplacingAFile) {
    dialog_->choices().size = SizeChoice::own;
    dialog_->choices().width = 160, dialog_->choices().height = 90;
    open();
    stage_.click("export format .png");
    files::write(folder_ / "kind_2d_002.png", "old");
    stage_.click("export begin");
    EXPECT_TRUE(dialog_->is_open());
    EXPECT_EQ(read_file((folder_ / "kind_2d_002.png").string()), "old");
    stage_.click("export cancel");  // keep it
    EXPECT_TRUE(dialog_->is_open());
    stage_.click("export begin");
    stage_.click("export begin");  // replace
    finish();
    EXPECT_FALSE(note_->is_fault) << note_->text;
    EXPECT_EQ(files(), static_cast<std::size_t>(places_of(shown_).step_count()));
    EXPECT_TRUE(read_file((folder_ / "kind_2d_002.png").string()).starts_with("\x89PNG"));
}

TEST_F(ExportDialogTest, TakesStepsByThemselvesAndPutsThemOnAPage) {
    open();
    ExportChoices& c = dialog_->choices();
    stage_.click("export format .png");
    stage_.click("export frames 3");  // a list
    c.size = SizeChoice::own;
    c.width = 160, c.height = 90;
    auto refusal = [&] { return refused(c, state_to_export(c, shown_)); };
    for (const char* wrong : {"", "0", "1, 10", "3, 2", "a"}) {
        c.list = wrong;
        EXPECT_NE(refusal().find("Write steps from 1 to 9"), std::string::npos) << wrong;
        stage_.frames(2);
    }
    c.list = "1, 4-5";
    c.columns = 0;
    EXPECT_NE(refusal().find("A page holds 1 to 26 steps"), std::string::npos);
    stage_.frames(2);
    c.columns = 1;
    stage_.frames(2);
    stage_.click("export begin");
    finish();
    EXPECT_EQ(files(), 3u);
    EXPECT_TRUE(fs::exists(folder_ / "kind_2d_004.png"));
    open();
    stage_.click("export frames 3");
    c.columns = 3;
    c.caption = "Three steps.";
    stage_.frames(4);
    if (const char* picture = std::getenv("CONVLOOM_PICTURE")) stage_.save_picture(picture);
    stage_.click("export begin");
    finish();
    EXPECT_FALSE(note_->is_fault) << note_->text;
    exporting::ExportOptions options;
    options.format = exporting::format_of(".png");
    options.frame = {160, 90};
    options.steps = *exporting::steps_written("0,3-4");
    options.columns = 3, options.rows = 1;
    options.caption = "Three steps.";
    EXPECT_EQ(read_file((folder_ / "kind_2d.png").string()), exporting::bytes(shown_, options));
}

TEST_F(ExportDialogTest, TakesColoursWindowsNotesAndWhatIsBeside) {
    shown_ = state::preset("no_padding_strides");
    open();
    ExportChoices& c = dialog_->choices();
    stage_.click("export format .svg");
    stage_.click("export frames 0");
    auto refusal = [&] { return refused(c, state_to_export(c, shown_)); };
    const auto field = [&](std::string_view key) -> std::string& {
        for (std::size_t n = 0; n < c.page_texts.size(); ++n)
            if (exporting::page_options()[n].key == key) return c.page_texts[n];
        throw Error("no such field");
    };
    field("ghosts") = "x";
    EXPECT_NE(refusal().find("give steps such as"), std::string::npos) << refusal();
    field("ghosts") = "1-5";
    EXPECT_NE(refusal().find("this layer has 4 steps"), std::string::npos) << refusal();
    field("ghosts") = "2, 4";
    field("note") = "input 9,9: x";
    EXPECT_NE(refusal().find("the input is 1×5×5"), std::string::npos) << refusal();
    stage_.frames(3);
    field("note") = "input 0,4: the edge; output 1,1: the last";
    take_palette(c, "nowhere.json");
    EXPECT_NE(refusal().find("nowhere.json"), std::string::npos) << refusal();
    take_palette(c, tests_folder() + "/../assets/examples/colours.json");
    EXPECT_EQ(refusal(), "");
    stage_.frames(4);
    if (const char* picture = std::getenv("CONVLOOM_PICTURE")) stage_.save_picture(picture);
    stage_.click("export begin");
    finish();
    EXPECT_FALSE(note_->is_fault) << note_->text;
    state::State state = shown_;
    state.palette = files::load_palette(tests_folder() + "/../assets/examples/colours.json");
    exporting::ExportOptions options;
    options.format = exporting::format_of(".svg");
    options.this_moment = true;
    options.ghosts = *exporting::steps_written("1,3");
    options.notes = {*scene::note_written("input 0,4: the edge"), *scene::note_written("output 1,1: the last")};
    EXPECT_EQ(read_file((folder_ / "no_padding_strides.svg").string()), exporting::bytes(state, options));

    open();
    stage_.click("export frames 0");
    c.beside = "dilashun";
    EXPECT_NE(refusal(), "");
    stage_.frames(3);
    c.beside = "dilation";
    stage_.frames(3);
    stage_.click("export begin");
    stage_.click("export begin");  // replaces the file
    finish();
    exporting::ExportOptions both;
    both.format = exporting::format_of(".svg");
    both.this_moment = true;
    both.beside = {exporting::beside_named("dilation")};
    EXPECT_EQ(read_file((folder_ / "no_padding_strides.svg").string()), exporting::bytes(shown_, both));
}

TEST_F(ExportDialogTest, ExplainsRefusals) {
    open();
    ExportChoices& c = dialog_->choices();
    auto refusal = [&] { return refused(c, state_to_export(c, shown_)); };
    EXPECT_EQ(refusal(), "");
    c.transparent = true;
    EXPECT_EQ(refusal(), "GIF cannot store smooth transparency; .svg, .png, .pdf, .tex, .pptx, .apng and .webp can.");
    stage_.frames(3);
    stage_.click("export begin");
    EXPECT_TRUE(dialog_->is_open());
    EXPECT_FALSE(dialog_->is_busy());
    c.transparent = false;
    c.size = SizeChoice::own;
    c.width = 3;
    EXPECT_NE(refusal().find("16 pixels or more"), std::string::npos);
    c.width = 1'000'000, c.height = 1'000'000;
    EXPECT_NE(refusal().find("at most 200 million"), std::string::npos);
    c.size = SizeChoice::paper;
    c.dpi = 5;
    EXPECT_NE(refusal().find("dots per inch"), std::string::npos);
    c.dpi = 1e300;
    EXPECT_NE(refusal().find("dots per inch"), std::string::npos);
    c.size = SizeChoice::hd;
    c.frames = FrameChoice::range;
    for (auto [first, last] : {std::pair<arith::Index, arith::Index>{3, 2}, {-1, 2}, {0, 9}}) {
        c.first = first, c.last = last;
        EXPECT_NE(refusal().find("within 1 to 9"), std::string::npos);
        stage_.frames(2);
    }
    c.first = 0;
    c.last = 3;
    c.per_second = 0;
    EXPECT_NE(refusal().find("frames a second"), std::string::npos);
    c.per_second = 2;
    c.path = (folder_ / "no" / "such.gif").string();
    EXPECT_NE(refusal().find("There is no folder"), std::string::npos);
    c.path = folder_.string();
    EXPECT_EQ(refusal(), "Give the file a name.");
    stage_.frames(2);
    stage_.key(ImGuiKey_Escape);
    EXPECT_FALSE(dialog_->is_open());
    EXPECT_EQ(files(), 0u);
}

TEST_F(ExportDialogTest, LeavesNothingWhenCancelled) {
    shown_ = state::preset("kind_standard");
    open();
    dialog_->choices().taps = true;
    stage_.frames(2);
    stage_.click("export begin");
    ASSERT_TRUE(dialog_->is_busy());
    stage_.frames(3);
    stage_.click("export stop");
    finish();
    EXPECT_FALSE(note_->is_fault);
    EXPECT_EQ(note_->text, "Stopped. Nothing was written.");
    EXPECT_EQ(files(), 0u);
    // The same if the program ends during the export.
    open();
    stage_.click("export begin");
    EXPECT_TRUE(dialog_->is_busy());
    dialog_.reset();
    stage_.prepare = stage_.draw = nullptr;
    EXPECT_EQ(files(), 0u);
}

// Formats that are text go to the clipboard: a page with all steps, or one frame.
TEST_F(ExportDialogTest, CopiesTheTextOfAFile) {
    const auto copied = [&](const char* ending, bool one_frame) {
        open();
        set_format(dialog_->choices(), *exporting::format_of(ending));
        dialog_->choices().frames = one_frame ? FrameChoice::this_moment : FrameChoice::all;
        stage_.frames(3);
        note_.reset();
        stage_.click("export copy");
        EXPECT_FALSE(dialog_->is_open());
        finish();
        EXPECT_FALSE(note_->is_fault) << note_->text;
        EXPECT_NE(note_->text.find("Copied as "), std::string::npos) << note_->text;
        return std::string(ImGui::GetClipboardText());
    };
    exporting::ExportOptions options;
    options.format = exporting::format_of(".html");
    EXPECT_EQ(copied(".html", false), exporting::bytes(shown_, options));
    options.format = exporting::format_of(".tex");
    EXPECT_EQ(copied(".tex", false), exporting::bytes(shown_, options));
    EXPECT_EQ(copied(".svg", true), paint::to_svg(scene_of(shown_)));
    EXPECT_EQ(files(), 0u);

    open();
    set_format(dialog_->choices(), *exporting::format_of(".png"));
    stage_.frames(3);
    EXPECT_FALSE(stage_.has("export copy")) << "pixels are no text";
    dialog_->choices().frames = FrameChoice::all;
    set_format(dialog_->choices(), *exporting::format_of(".svg"));
    stage_.frames(3);
    stage_.click("export copy");
    EXPECT_TRUE(dialog_->is_open()) << "several files are not one text";
}

TEST_F(ExportDialogTest, ALongNameIsWholeOnTheCard) {
    shown_ = state::preset("kind_standard");
    open();
    dialog_->choices().taps = true;
    stage_.frames(2);
    dialog_->choices().path = (folder_ / (std::string(90, 'w') + ".gif")).string();
    stage_.click("export begin");
    ASSERT_TRUE(dialog_->is_busy());
    stage_.frames(3);
    const PlaceBox name = stage_.place("exported name"), stop = stage_.place("export stop");
    EXPECT_LE(name.x + name.width, stop.x + stop.width + 1);
    stage_.click("export stop");
    finish();
}

TEST_F(ExportDialogTest, FailuresAreReported) {
    open();
    stage_.click("export format .svg");
    stage_.click("export frames 0");
    fs::create_directories(folder_ / "kind_2d.svg.d");
    dialog_->choices().path = "/dev/full";
    dialog_->choices().format = exporting::format_of(".svg");
    stage_.frames(2);
    stage_.click("export begin");
    stage_.click("export begin");  // /dev/full exists, so it asks
    finish();
    EXPECT_TRUE(note_->is_fault);
    EXPECT_EQ(note_->text, "Cannot write /dev/full: No space left on device.");
}

TEST_F(ExportDialogTest, ExtensionAndFormatFollowEachOther) {
    open();
    ExportChoices& c = dialog_->choices();
    EXPECT_EQ(c.path, (folder_ / "kind_2d.gif").string());
    stage_.click("export format .webp");
    EXPECT_EQ(c.format, exporting::format_of(".webp"));
    EXPECT_EQ(c.path, (folder_ / "kind_2d.webp").string());
    stage_.click("export path");
    stage_.retype((folder_ / "mine.PNG").string());
    EXPECT_EQ(c.format, exporting::format_of(".png"));
    EXPECT_EQ(c.path, (folder_ / "mine.PNG").string());
    c.path = (folder_ / "100%d.v2").string();
    set_format(c, *exporting::format_of(".svg"));
    EXPECT_EQ(c.path, (folder_ / "100%d.v2.svg").string());
    EXPECT_EQ(name_of(c, 1), (folder_ / "100%%d.v2.svg").string());
    EXPECT_EQ(files::Sequence(name_of(c, 12)).at(7), folder_ / "100%d.v2_007.svg");
    EXPECT_EQ(files::Sequence(name_of(c, 12000)).at(7), folder_ / "100%d.v2_00007.svg");
}

TEST_F(ExportDialogTest, BrowsesForTheFile) {
    open();
    stage_.click("export browse");
    stage_.frames(3);
    ASSERT_TRUE(stage_.has("browse name"));
    stage_.retype("elsewhere");
    stage_.key(ImGuiKey_Enter);
    EXPECT_EQ(dialog_->choices().path, (folder_ / "elsewhere.gif").string());
    EXPECT_TRUE(dialog_->is_open());
    stage_.click("export browse");
    stage_.frames(3);
    stage_.key(ImGuiKey_Escape);
    EXPECT_TRUE(dialog_->is_open()) << "Esc closes the browser alone";
    stage_.key(ImGuiKey_Escape);
    EXPECT_FALSE(dialog_->is_open());
}

}  // namespace
}  // namespace convloom::tests::gui_export_test
