// Copies the current frame to the desktop's clipboard: as SVG text, or as a PNG picture if the desktop has a program
// for it (wl-copy, xclip), since a window itself can offer only text. Pictures are pasted the same way.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/files/program.hpp"
#include "core/scene/page/scene.hpp"

namespace convloom::gui {

struct ClipboardNote {
    std::string text;
    bool is_fault = false;
};

// Call it once, after ImGui has its window: copied and pasted texts then use the system's clipboard.
void connect_texts();

// The command line of the program that accepts or returns a PNG; empty if there is none.
std::vector<std::string> picture_program();
std::vector<std::string> picture_source();

class Clipboard {
  public:
    // `wake` is called, from any thread, when the program has accepted the picture.
    explicit Clipboard(std::function<void()> wake) : wake_(std::move(wake)) {}

    // Copies through ImGui, inside its frame or between two. Returns the message to show.
    ClipboardNote copy_svg(const scene::Scene& scene);
    // On success the message comes from poll(), once the program has the picture.
    std::optional<ClipboardNote> copy_png(const scene::Scene& scene);
    std::optional<ClipboardNote> poll();

    // Requests a picture: its bytes, or a message, come from poll_picture() later.
    std::optional<ClipboardNote> ask_picture();
    struct Picture {
        std::string png;  // empty if there is a message instead
        ClipboardNote note;
    };
    std::optional<Picture> poll_picture();

  private:
    std::function<void()> wake_;
    std::unique_ptr<files::Program> program_, source_;
    std::string name_;
};

}  // namespace convloom::gui
