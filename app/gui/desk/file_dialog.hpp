// Asks for a file to open or to save: with the desktop's own dialog if zenity or kdialog is installed, else with our
// file browser. The desktop's dialog is a separate program; the window keeps drawing meanwhile.
//
// CONVLOOM_FILE_DIALOG=own in the environment always selects ours.
#pragma once
#include <functional>
#include <memory>

#include "app/files/program.hpp"
#include "app/gui/desk/file_browser.hpp"

namespace convloom::gui {

class FileDialog {
  public:
    // `wake` is called, from any thread, when draw() has a result while the window sleeps.
    explicit FileDialog(std::function<void()> wake) : wake_(std::move(wake)) {}

    // Closes an open dialog.
    void open(FileQuestion question);
    void close();

    // Inside an ImGui frame, each frame. Returns the file once it is chosen.
    std::optional<std::string> draw(const Style& style, const scene::Theme& theme);

    // Our browser is in front of the window and takes its keys.
    bool is_open() const { return browser_.is_open(); }
    // The desktop's dialog is open; the window takes keys as always.
    bool is_waiting() const { return program_ != nullptr; }

  private:
    std::optional<std::string> answer(const files::Program::Ended& ended);

    std::function<void()> wake_;
    FileQuestion question_;
    FileBrowser browser_;
    std::unique_ptr<files::Program> program_;
    double opened_s_ = 0;
};

// The command line of the desktop's dialog; empty if there is none.
std::vector<std::string> desktop_dialog(const FileQuestion& question);

}  // namespace convloom::gui
