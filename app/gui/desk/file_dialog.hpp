// Asks for a file to open or to save: through the desktop's own dialog where zenity or kdialog is installed, else
// through ours. The desktop's runs as a program beside the window, which is drawn on meanwhile.
//
// CONVLOOM_FILE_DIALOG=own in the environment always takes ours.
#pragma once
#include <functional>
#include <memory>

#include "app/files/program.hpp"
#include "app/gui/desk/file_browser.hpp"

namespace convloom::gui {

class FileDialog {
  public:
    // `wake` is called, from any thread, when draw() has something to give while the window sleeps.
    explicit FileDialog(std::function<void()> wake) : wake_(std::move(wake)) {}

    // Closes what is open.
    void open(FileQuestion question);
    void close();

    // Inside an ImGui frame, each frame. Gives the file once it is chosen.
    std::optional<std::string> draw(const Style& style, const scene::Theme& theme);

    // Ours is in front of the window and takes its keys.
    bool is_open() const { return browser_.is_open(); }
    // The desktop's is asked; the window takes keys as always.
    bool is_waiting() const { return program_ != nullptr; }

  private:
    std::optional<std::string> answer(const files::Program::Ended& ended);

    std::function<void()> wake_;
    FileQuestion question_;
    FileBrowser browser_;
    std::unique_ptr<files::Program> program_;
    double opened_s_ = 0;
};

// The command line of the desktop's dialog, empty where there is none to be used.
std::vector<std::string> desktop_dialog(const FileQuestion& question);

}  // namespace convloom::gui
