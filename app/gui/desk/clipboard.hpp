// The frame that is shown, to the desktop's clipboard: as SVG text, or as a PNG picture where the desktop has a program
// that holds one (wl-copy, xclip); a window can offer but text by itself. A picture that is there is taken the same
// way.
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

// To be called once, when ImGui has its window: texts then reach the clipboard of whoever shows it.
void connect_texts();

// The command line of the program that takes a PNG, or gives one; empty where there is none.
std::vector<std::string> picture_program();
std::vector<std::string> picture_source();

class Clipboard {
  public:
    // `wake` is called, from any thread, when the program has taken the picture.
    explicit Clipboard(std::function<void()> wake) : wake_(std::move(wake)) {}

    // Through ImGui, so inside its frame or between two. Gives what to say.
    ClipboardNote copy_svg(const scene::Scene& scene);
    // Where it succeeds, what to say comes from poll(), once the program has it.
    std::optional<ClipboardNote> copy_png(const scene::Scene& scene);
    std::optional<ClipboardNote> poll();

    // Asks for a picture: where that succeeds, its bytes, or what to say, come from poll_picture(), once they are
    // there.
    std::optional<ClipboardNote> ask_picture();
    struct Picture {
        std::string png;  // empty where there is something to say
        ClipboardNote note;
    };
    std::optional<Picture> poll_picture();

  private:
    std::function<void()> wake_;
    std::unique_ptr<files::Program> program_, source_;
    std::string name_;
};

}  // namespace convloom::gui
