// Asks what to export and how, with a preview, and exports it in a thread while the window stays usable.
//
// It is a modal dialog until the export starts; then it is a small card with a progress bar, the remaining time and
// Cancel. Later changes of the document do not affect a running export.
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

    // `folder` is the target unless another one is chosen.
    void open(const state::State& shown, const std::string& folder, const std::vector<std::string>& recent);
    // Copies it to the clipboard as the text of a file, beside the window as an export; says why not if it cannot.
    std::optional<Note> copy(const state::State& state, const exporting::ExportOptions& options);
    // The dialog is in front of the window and takes its keys.
    bool is_open() const { return is_open_; }
    // An export is running; ending the program stops it.
    bool is_busy() const { return export_ != nullptr; }

    // Renders the preview for draw(). Needs the current OpenGL context, outside of an ImGui frame.
    void prepare(GlPainter& painter) { preview_.paint(painter); }
    // Inside an ImGui frame, after the panels. The card is placed left of and above `corner`, a point in the window.
    // Returns the message to show once an export has ended.
    std::optional<Note> draw(const Style& style, const scene::Theme& theme, ImVec2 corner);

    // The folder of the last export, where the next one starts; empty if there is none.
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
    ExportChoices choices_, looked_at_;  // looked_at_: the choices for which the next four were computed
    std::string refusal_;
    std::size_t frames_ = 0;
    ExportPreview preview_;
    std::unique_ptr<Job> estimate_;
    std::vector<std::unique_ptr<Job>> left_;  // told to stop, but still running
    std::array<char, 4096> path_{};
    std::string agreed_;    // the file that may be replaced
    std::string replaces_;  // the file that the question is about
    bool is_open_ = false, closes_ = false;
    double opened_s_ = 0;

    std::unique_ptr<Job> export_;
    std::string exported_;                 // the file name on the card
    std::shared_ptr<std::string> copied_;  // the text that a running copy makes
};

}  // namespace convloom::gui
