// Choosing files: folder listings, typed names, the browser driven by mouse and keyboard, and the desktop's dialogs and
// clipboard replaced by programs for the test.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "app/files/files.hpp"
#include "app/gui/desk/clipboard.hpp"
#include "app/gui/desk/file_dialog.hpp"
#include "app/gui/desk/folder.hpp"
#include "app/gui/shell/documents.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "tests/gui/gui_stage.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::gui_files_test {
namespace {

namespace fs = std::filesystem;
using namespace gui;

const FileFilter documents{"Documents", {".convloom.json", ".json"}}, pictures{"Pictures", {".png", ".jpg"}},
    everything{"All files", {}};

// Restores an environment variable at the end of the test.
class Variable {
  public:
    Variable(const char* name, const char* value) : name_(name) {
        const char* before = std::getenv(name);
        was_set_ = before != nullptr;
        if (before) before_ = before;
        value ? setenv(name, value, 1) : unsetenv(name);
    }
    ~Variable() { was_set_ ? setenv(name_, before_.c_str(), 1) : unsetenv(name_); }
    Variable(const Variable&) = delete;

  private:
    const char* name_;
    bool was_set_;
    std::string before_;
};

class FilesTest : public testing::Test {
  protected:
    FilesTest()
        : folder_(fs::weakly_canonical(fs::temp_directory_path()) / ("convloom-files-" + std::to_string(getpid()))) {
        for (const char* name : {"beta", "Alpha", ".hidden folder", "Alpha/inner"})
            fs::create_directories(folder_ / name);
        for (const char* name :
             {"b.json", "A.JSON", "c.convloom.json", "photo.png", "Photo.JPG", "notes.txt", ".hidden.json", "json"})
            files::write(folder_ / name, "12345");
        fs::create_symlink("nowhere", folder_ / "gone.json");
    }
    ~FilesTest() override { fs::remove_all(folder_); }

    void program(const std::string& name, const std::string& script) {
        files::write(folder_ / name, "#!/bin/sh\n" + script);
        chmod((folder_ / name).c_str(), 0755);
    }
    static std::vector<std::string> names(const Listing& listing) {
        std::vector<std::string> all;
        for (const FolderEntry& e : listing.entries) all.push_back(e.name + (e.is_folder ? "/" : ""));
        return all;
    }
    FileQuestion question(bool saves, const std::string& suggested = "") const {
        return {saves, saves ? "Save as" : "Open", {documents, pictures, everything}, folder_ / suggested, {}};
    }

    fs::path folder_;
    Variable own_{"CONVLOOM_FILE_DIALOG", "own"};
};

TEST_F(FilesTest, ListsFoldersFirstAndFilteredFiles) {
    using Names = std::vector<std::string>;
    EXPECT_EQ(names(list_folder(folder_, documents)),
              (Names{"Alpha/", "beta/", "A.JSON", "b.json", "c.convloom.json"}));
    EXPECT_EQ(names(list_folder(folder_, pictures)), (Names{"Alpha/", "beta/", "Photo.JPG", "photo.png"}));
    EXPECT_EQ(names(list_folder(folder_, everything)), (Names{"Alpha/", "beta/", "A.JSON", "b.json", "c.convloom.json",
                                                              "json", "notes.txt", "Photo.JPG", "photo.png"}));
    EXPECT_EQ(list_folder(folder_, documents).entries.back().bytes, 5u);
    const Listing none = list_folder(folder_ / "nothing", documents);
    EXPECT_TRUE(none.entries.empty());
    EXPECT_NE(none.fault.find("cannot be read: No such file or directory."), std::string::npos) << none.fault;
}

TEST_F(FilesTest, ATypedNameIsRelativeToTheFolder) {
    const Variable home("HOME", "/home/me");
    EXPECT_EQ(typed_path("/a/b", ""), "/a/b");
    EXPECT_EQ(typed_path("/a/b", "c.json"), "/a/b/c.json");
    EXPECT_EQ(typed_path("/a/b", "../c"), "/a/c");
    EXPECT_EQ(typed_path("/a/b", "/c"), "/c");
    EXPECT_EQ(typed_path("/a/b", "~"), "/home/me/");
    EXPECT_EQ(typed_path("/a/b", "~/c"), "/home/me/c");
    EXPECT_EQ(with_ending("/a/b", documents), "/a/b.convloom.json");
    EXPECT_EQ(with_ending("/a/b.json", documents), "/a/b.json");
    EXPECT_EQ(with_ending("/a/b.JSON", documents), "/a/b.JSON");
    EXPECT_EQ(with_ending("/a/b.v2", documents), "/a/b.v2.convloom.json");
    EXPECT_EQ(with_ending("/a/b", everything), "/a/b");
    EXPECT_EQ(existing_folder(folder_ / "no" / "such"), folder_);
    EXPECT_EQ(existing_folder(folder_ / "b.json"), folder_);
    EXPECT_EQ(existing_folder("/no/such"), "/");
}

TEST_F(FilesTest, PlacesExistAndAreUnique) {
    const Variable home("HOME", folder_.c_str());
    const std::vector<std::string> recent{(folder_ / "Alpha" / "x.json").string(),
                                          (folder_ / "Alpha" / "y.json").string(), "/no/such/z.json",
                                          (folder_ / "b.json").string()};
    std::vector<std::string> found;
    for (const Place& place : places_to_browse(recent)) found.push_back(place.name);
    const std::string current = fs::current_path().filename().string();
    EXPECT_EQ(found, (std::vector<std::string>{"Home", current, "Alpha", "/"}));
}

TEST(BytesText, IsShort) {
    EXPECT_EQ(bytes_text(0), "0 bytes");
    EXPECT_EQ(bytes_text(999), "999 bytes");
    EXPECT_EQ(bytes_text(1234), "1.2 kB");
    EXPECT_EQ(bytes_text(155'000), "155 kB");
    EXPECT_EQ(bytes_text(999'600), "1.0 MB");
    EXPECT_EQ(bytes_text(25'300'000), "25 MB");
    EXPECT_EQ(bytes_text(4e9), "4.0 GB");
}

class BrowserTest : public FilesTest {
  protected:
    BrowserTest() {
        stage_.draw = [this] {
            if (auto file = dialog_.draw(stage_.style(), stage_.theme())) chosen_ = *file;
        };
    }
    void open(const FileQuestion& question) {
        chosen_.clear();
        dialog_.open(question);
        stage_.frames(3);
    }

    Stage stage_{960, 600};
    FileDialog dialog_{nullptr};
    std::string chosen_;
};

TEST_F(BrowserTest, OpensByMouse) {
    open(question(false));
    EXPECT_TRUE(dialog_.is_open());
    EXPECT_FALSE(dialog_.is_waiting());
    EXPECT_FALSE(stage_.has("browse photo.png"));
    stage_.click("browse Alpha", 2);
    EXPECT_TRUE(stage_.has("browse inner"));
    stage_.click("browse up");
    stage_.click("browse b.json", 2);
    EXPECT_EQ(chosen_, folder_ / "b.json");
    EXPECT_FALSE(dialog_.is_open());
    stage_.frames(2);
    open(question(false));
    stage_.click("browse c.convloom.json");
    EXPECT_EQ(chosen_, "");
    stage_.click("browse take");
    EXPECT_EQ(chosen_, folder_ / "c.convloom.json");
}

TEST_F(BrowserTest, OpensByKeys) {
    open(question(false));
    for (int n = 0; n < 2; ++n) stage_.key(ImGuiKey_DownArrow);  // Alpha, beta
    stage_.key(ImGuiKey_UpArrow);
    stage_.key(ImGuiKey_Enter);
    EXPECT_TRUE(stage_.has("browse inner"));
    stage_.key(ImGuiKey_Backspace);
    EXPECT_TRUE(stage_.has("browse beta"));
    for (int n = 0; n < 3; ++n) stage_.key(ImGuiKey_DownArrow);  // Alpha was selected: beta, A.JSON, b.json
    stage_.key(ImGuiKey_Enter);
    EXPECT_EQ(chosen_, folder_ / "b.json");
    open(question(false));
    stage_.type("Alpha/../photo.png");
    stage_.key(ImGuiKey_Enter);
    EXPECT_EQ(chosen_, folder_ / "photo.png") << "what is typed need not be listed";
    open(question(false));
    stage_.type("none.json");
    stage_.key(ImGuiKey_Enter);
    EXPECT_EQ(chosen_, "");
    EXPECT_TRUE(dialog_.is_open()) << "a file that is not there is refused";
    stage_.key(ImGuiKey_Escape);
    EXPECT_FALSE(dialog_.is_open());
}

TEST_F(BrowserTest, SavesUnderATypedName) {
    open(question(true, "begun.convloom.json"));
    stage_.key(ImGuiKey_Enter);
    EXPECT_EQ(chosen_, folder_ / "begun.convloom.json");
    open(question(true, "begun.convloom.json"));
    stage_.retype("other");
    stage_.click("browse take");
    EXPECT_EQ(chosen_, folder_ / "other.convloom.json");
    open(question(true, "begun.convloom.json"));
    stage_.retype("no/such/other");
    stage_.key(ImGuiKey_Enter);
    EXPECT_EQ(chosen_, "");
}

TEST_F(BrowserTest, AsksBeforeReplacing) {
    open(question(true, "b.json"));
    stage_.key(ImGuiKey_Enter);
    EXPECT_EQ(chosen_, "");
    EXPECT_TRUE(stage_.has("browse replace"));
    stage_.key(ImGuiKey_Escape);
    EXPECT_TRUE(dialog_.is_open());
    EXPECT_TRUE(stage_.has("browse take"));
    stage_.click("browse take");
    stage_.click("browse keep");
    EXPECT_EQ(chosen_, "");
    stage_.click("browse take");
    stage_.click("browse replace");
    EXPECT_EQ(chosen_, folder_ / "b.json");
}

TEST_F(BrowserTest, UsesTheDesktopsDialog) {
    const Variable mode("CONVLOOM_FILE_DIALOG", nullptr), display("DISPLAY", ":nowhere"),
        path("PATH", (folder_.string() + ":" + std::getenv("PATH")).c_str()), desktop("XDG_CURRENT_DESKTOP", nullptr);
    auto asked = [&](bool saves, const std::string& script) {
        program("zenity", script);
        chosen_.clear();
        dialog_.open(question(saves));
        EXPECT_TRUE(dialog_.is_waiting());
        for (int n = 0; n < 500 && dialog_.is_waiting(); ++n) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
            stage_.frames(1);
        }
        EXPECT_FALSE(dialog_.is_waiting());
        stage_.frames(2);
    };
    const std::string here = folder_.string();
    asked(false, "echo " + here + "/b.json");
    EXPECT_EQ(chosen_, here + "/b.json");
    asked(false, "exit 1");
    EXPECT_EQ(chosen_, "");
    EXPECT_FALSE(dialog_.is_open());
    asked(true, "echo " + here + "/new");
    EXPECT_EQ(chosen_, here + "/new.convloom.json");
    files::write(folder_ / "new.convloom.json", "old");
    asked(true, "echo " + here + "/new");
    EXPECT_EQ(chosen_, "") << "it was not asked about the file that would be replaced";
    EXPECT_TRUE(stage_.has("browse replace"));
    stage_.click("browse replace");
    EXPECT_EQ(chosen_, here + "/new.convloom.json");
    asked(false, "exit 3");
    EXPECT_TRUE(dialog_.is_open()) << "one that does not work is replaced by ours";
    for (const char* nonsense : {"echo a warning", "true", "kill -9 $$", "echo cannot open display: >&2; exit 1"}) {
        asked(false, nonsense);
        EXPECT_EQ(chosen_, "") << nonsense;
        EXPECT_TRUE(dialog_.is_open()) << nonsense;
        dialog_.close();
    }
    asked(false, "printf '%s\\n' '" + here + "/two\nlines.json'");
    EXPECT_EQ(chosen_, here + "/two\nlines.json");
    // A document with another .json name keeps that name.
    asked(true, "echo " + here + "/foo.json");
    EXPECT_EQ(chosen_, here + "/foo.json");
    // A dialog program without an answer is ended with the dialog.
    program("zenity", "exec sleep 1000");
    dialog_.open(question(false));
    EXPECT_TRUE(dialog_.is_waiting());
    dialog_.close();
    EXPECT_FALSE(dialog_.is_waiting());
}

// Saving replaces exactly the file that the desktop asked about.
TEST_F(FilesTest, ADocumentKeepsItsOtherName) {
    const Variable mode("CONVLOOM_FILE_DIALOG", nullptr), display("DISPLAY", ":nowhere"),
        path("PATH", (folder_.string() + ":" + std::getenv("PATH")).c_str()), desktop("XDG_CURRENT_DESKTOP", nullptr);
    Stage stage(640, 480);
    Store store(state::preset("kind_2d"));
    Documents saved(nullptr);
    stage.draw = [&] { saved.draw(store, stage.style(), stage.theme(), {600, 400}); };
    program("zenity", "echo " + (folder_ / "b.json").string());
    saved.ask_save(store);
    for (int n = 0; n < 500 && store.file().empty(); ++n) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        stage.frames(1);
    }
    EXPECT_EQ(store.file(), folder_ / "b.json");
    EXPECT_FALSE(fs::exists(folder_ / "b.json.convloom.json"));
}

TEST_F(FilesTest, AsksZenityOrKdialog) {
    const Variable mode("CONVLOOM_FILE_DIALOG", nullptr), display("DISPLAY", ":nowhere"), path("PATH", folder_.c_str()),
        desktop("XDG_CURRENT_DESKTOP", "KDE");
    EXPECT_TRUE(desktop_dialog(question(false)).empty());
    program("zenity", "");
    EXPECT_EQ(desktop_dialog(question(false)).front(), "zenity");
    program("kdialog", "");
    const auto words = desktop_dialog(question(true, "b.json"));
    EXPECT_EQ(words.front(), "kdialog");
    EXPECT_EQ(words[3], "--getsavefilename");
    EXPECT_EQ(words[4], (folder_ / "b.json").string());
    const Variable other("XDG_CURRENT_DESKTOP", "GNOME");
    EXPECT_EQ(desktop_dialog(question(false)).front(), "zenity");
    const Variable none("DISPLAY", nullptr), no_wayland("WAYLAND_DISPLAY", nullptr);
    EXPECT_TRUE(desktop_dialog(question(false)).empty());
}

TEST_F(FilesTest, CopiesTheFrame) {
    const Stage stage(64, 64);
    const scene::Scene scene = state::scene_of(state::preset("kind_2d"));
    Clipboard clipboard(nullptr);
    EXPECT_FALSE(clipboard.copy_svg(scene).is_fault);
    EXPECT_TRUE(std::string(ImGui::GetClipboardText()).starts_with("<svg") ||
                std::string(ImGui::GetClipboardText()).starts_with("<?xml"));

    const Variable display("DISPLAY", ":nowhere"), wayland("WAYLAND_DISPLAY", nullptr), path("PATH", folder_.c_str());
    const auto missing = clipboard.copy_png(scene);
    ASSERT_TRUE(missing);
    EXPECT_NE(missing->text.find("install the package xclip"), std::string::npos);
    program("xclip", "exec /bin/cat >" + (folder_ / "got.png").string());
    auto copied = [&] {
        EXPECT_FALSE(clipboard.copy_png(scene));
        std::optional<ClipboardNote> note;
        for (int n = 0; n < 500 && !note; ++n) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
            note = clipboard.poll();
        }
        return note.value_or(ClipboardNote{"nothing", true});
    };
    EXPECT_FALSE(copied().is_fault);
    EXPECT_TRUE(read_file((folder_ / "got.png").string()).starts_with("\x89PNG"));
    program("xclip", "exit 1");
    EXPECT_EQ(copied().text, "xclip did not accept the picture.");
    program("xclip", "echo no display >&2; exit 1");
    EXPECT_EQ(copied().text, "xclip did not accept the picture: no display");
}

TEST_F(FilesTest, PastesACopiedPicture) {
    Clipboard clipboard(nullptr);
    const Variable display("DISPLAY", ":nowhere"), wayland("WAYLAND_DISPLAY", nullptr), path("PATH", folder_.c_str());
    const auto missing = clipboard.ask_picture();
    ASSERT_TRUE(missing);
    EXPECT_NE(missing->text.find("install the package xclip"), std::string::npos);
    auto taken = [&] {
        EXPECT_FALSE(clipboard.ask_picture());
        std::optional<Clipboard::Picture> picture;
        for (int n = 0; n < 500 && !picture; ++n) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
            picture = clipboard.poll_picture();
        }
        return picture.value_or(Clipboard::Picture{});
    };
    program("xclip", "[ \"$*\" = '-selection clipboard -target image/png -out' ] && echo picture");
    EXPECT_EQ(taken().png, "picture\n");
    program("xclip", "exit 1");
    EXPECT_EQ(taken().note.text, "There is no picture on the clipboard.");
}

TEST(Program, SucceedsOnlyIfItReadAllItsInput) {
    const std::string more(1 << 20, 'x');  // more than a pipe holds
    auto status = [&](const char* script) {
        const auto program = files::Program::fed({"sh", "-c", script}, more, nullptr);
        while (!program->ended()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return program->ended()->status;
    };
    EXPECT_EQ(status("cat >/dev/null"), 0);
    EXPECT_NE(status("exit 0"), 0);
    EXPECT_EQ(status("exit 3"), 3);
}

// Uses the file managers' common interface, otherwise xdg-open; both receive the file name unchanged.
TEST_F(FilesTest, ShowsAFileInItsFolder) {
    const Variable path("PATH", folder_.c_str());
    FolderView folder(nullptr);
    const auto missing = folder.show(folder_ / "a.png");
    ASSERT_TRUE(missing);
    EXPECT_NE(missing->find("install the package xdg-utils"), std::string::npos);
    const auto shown = [&](const std::string& name) {
        EXPECT_FALSE(folder.show(folder_ / name));
        std::optional<std::string> why;
        for (int n = 0; n < 500 && folder.is_busy(); ++n) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
            why = folder.poll();
        }
        return why.value_or("well");
    };
    const std::string said = (folder_ / "said").string();
    const auto record = [&](int status) {
        return "for w; do echo \"$w\"; done >" + said + "; exit " + std::to_string(status);
    };
    program("dbus-send", record(0));
    EXPECT_EQ(shown("$(touch x) a,b;'ü.png"), "well");
    EXPECT_NE(read_file(said).find("\narray:string:file://" + folder_.string() +
                                   "/%24%28touch%20x%29%20a%2Cb%3B%27%C3%BC.png\n"),
              std::string::npos)
        << read_file(said);
    program("dbus-send", "exit 1");
    EXPECT_EQ(shown("a.png"), "No file manager could be opened.");
    program("xdg-open", record(0));
    EXPECT_EQ(shown("a b.png"), "well");
    EXPECT_EQ(read_file(said), folder_.string() + "\n");
}

TEST(Program, ReportsProgramsThatCannotBeStarted) {
    EXPECT_THROW(files::Program::asked({"/no/such/program"}, nullptr), Error);
    EXPECT_EQ(files::program_on_path("no-such-program-at-all"), "");
    EXPECT_NE(files::program_on_path("sh"), "");
}

}  // namespace
}  // namespace convloom::tests::gui_files_test
