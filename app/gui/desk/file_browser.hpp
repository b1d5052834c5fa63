// Our own file browser, for desktops without a file dialog: places on the left, a folder's files, a field for a name or
// a path. One dialog for opening and saving, usable with the mouse or with keys alone.
#pragma once
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/base/style.hpp"
#include "app/gui/desk/file_listing.hpp"

namespace convloom::gui {

struct FileQuestion {
    bool saves = false;
    std::string title;                // "Open a document"
    std::vector<FileFilter> filters;  // at least one; the first is selected
    std::filesystem::path suggested;  // a folder, or a file in one that need not exist
    std::vector<std::string> recent;  // recent files
};

class FileBrowser {
  public:
    // `ask_first`: the suggested file exists and was chosen already; only ask whether to replace it.
    void open(FileQuestion question, bool ask_first = false);
    void close() { is_open_ = false; }
    bool is_open() const { return is_open_; }

    // Inside an ImGui frame. Returns the file and closes once it is chosen.
    std::optional<std::filesystem::path> draw(const Style& style, const scene::Theme& theme);

    const std::filesystem::path& folder() const { return folder_; }
    const Listing& listing() const { return listing_; }

  private:
    void go_to(const std::filesystem::path& folder);
    void go_up();
    void type(const std::string& text);
    void choose(const std::filesystem::path& path);
    void take_keys();
    void draw_places(const Style& style, const scene::Theme& theme);
    void draw_entries(const Style& style, const scene::Theme& theme);
    void draw_field(const Style& style);
    void draw_buttons(const Style& style, const scene::Theme& theme);
    void draw_question(const Style& style);
    void activate(int entry);
    void submit();
    float bottom_height(const Style& style) const;

    FileQuestion question_;
    std::vector<Place> places_;
    std::filesystem::path folder_, replaces_;  // replaces_: the file that the question is about
    Listing listing_;
    std::optional<std::filesystem::path> chosen_;
    std::string refusal_;
    int filter_ = 0, selected_ = -1;
    int field_number_ = 0;  // a new number makes ImGui reload the text while the field has the focus
    std::array<char, 4096> typed_{};
    bool is_open_ = false, focuses_ = false, reveals_ = false, closes_ = false;
    bool was_asked_ = false;     // the question was open in the frame before, so its Enter is handled
    bool typed_before_ = false;  // the field had a text before this frame's keys
};

}  // namespace convloom::gui
