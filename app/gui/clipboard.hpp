// The frame that is shown, to the desktop's clipboard: as SVG text, or as a PNG picture where the desktop has a program
// that holds one (wl-copy, xclip); a window can offer but text by itself.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/files/program.hpp"
#include "core/scene/scene.hpp"

namespace convloom::gui {

struct ClipboardNote {
    std::string text;
    bool is_fault = false;
};

// The command line of the program that takes a PNG, empty where there is none.
std::vector<std::string> picture_program();

class Clipboard {
  public:
    // `wake` is called, from any thread, when the program has taken the picture.
    explicit Clipboard(std::function<void()> wake) : wake_(std::move(wake)) {}

    // Through ImGui, so inside its frame or between two. Gives what to say.
    ClipboardNote copy_svg(const scene::Scene& scene);
    // Where it succeeds, what to say comes from poll(), once the program has it.
    std::optional<ClipboardNote> copy_png(const scene::Scene& scene);
    std::optional<ClipboardNote> poll();

  private:
    std::function<void()> wake_;
    std::unique_ptr<files::Program> program_;
    std::string name_;
};

}  // namespace convloom::gui
