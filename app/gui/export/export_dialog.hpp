// Asks what to export and how, with a preview, and exports it in a thread while the window is used on.
//
// While it asks it is a modal; once it exports it is a small card with a bar, the time left, and Cancel. The document
// may change meanwhile: what is exported is the one that was asked about.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/desk/file_dialog.hpp"
#include "app/gui/desk/job.hpp"
#include "app/gui/export/export_choices.hpp"
#include "app/gui/export/export_preview.hpp"

namespace convloom::gui {

class ExportDialog {
  public:
    struct Note {
        std::string text;
        bool is_fault = false;
        std::string file = {};  // that was written
    };

    // `wake` is called, from any thread, when draw() has something new while the window sleeps.
    explicit ExportDialog(std::function<void()> wake) : wake_(wake), browse_(std::move(wake)) {}

    // `folder` is where the file goes unless another is chosen.
    void open(const state::State& shown, const std::string& folder, const std::vector<std::string>& recent);
    // The modal is in front of the window and takes its keys.
    bool is_open() const { return is_open_; }
    // An export runs; ending the program stops it.
    bool is_busy() const { return export_ != nullptr; }

    // Draws what draw() is to show. With the OpenGL context current, outside of an ImGui frame.
    void prepare(GlPainter& painter) { preview_.paint(painter); }
    // Inside an ImGui frame, after the panels. The card stands left above `corner`, a place in the window. Gives what
    // to say once an export has ended.
    std::optional<Note> draw(const Style& style, const scene::Theme& theme, ImVec2 corner);

    // The folder of the last export, to be opened in again; empty for none.
    const std::string& folder() const { return folder_; }
    ExportChoices& choices() { return choices_; }

  private:
    void look_again();
    void ask_size();
    void begin();
    void take_path();
    void draw_facts(const Style& style, const scene::Theme& theme, float width);
    void draw_path(const Style& style, const scene::Theme& theme);
    void draw_buttons(const Style& style, const scene::Theme& theme);
    void draw_modal(const Style& style, const scene::Theme& theme);
    std::optional<Note> draw_card(const Style& style, const scene::Theme& theme, ImVec2 corner);

    std::function<void()> wake_;
    FileDialog browse_;
    std::vector<std::string> recent_;
    std::string folder_;

    state::State shown_;
    ExportChoices choices_, looked_at_;  // looked_at_: what the next four were worked out for
    std::string refusal_;
    std::size_t frames_ = 0;
    ExportPreview preview_;
    std::unique_ptr<Job> estimate_;
    std::vector<std::unique_ptr<Job>> left_;  // stopped, and not yet ended
    std::array<char, 4096> path_{};
    std::string agreed_;    // the file that may be replaced
    std::string replaces_;  // that is asked about
    bool is_open_ = false, closes_ = false;
    double opened_s_ = 0;

    std::unique_ptr<Job> export_;
    std::string exported_;  // the name on the card
};

}  // namespace convloom::gui
