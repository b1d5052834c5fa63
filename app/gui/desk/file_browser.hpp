// Our own file browser, for desktops without one: places at the left, a folder's files, a field for a name or a path.
// One dialog for opening and for saving, driven by mouse or keys alone.
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
    std::vector<FileFilter> filters;  // one at least; the first is in force
    std::filesystem::path suggested;  // a folder, or a file in one, which need not exist
    std::vector<std::string> recent;  // files used last
};

class FileBrowser {
  public:
    // `ask_first`: the suggested file is there and was chosen already; only whether to replace it is asked.
    void open(FileQuestion question, bool ask_first = false);
    void close() { is_open_ = false; }
    bool is_open() const { return is_open_; }

    // Inside an ImGui frame. Gives the file once it is chosen and closes.
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
    std::filesystem::path folder_, replaces_;  // replaces_: the file that is asked about
    Listing listing_;
    std::optional<std::filesystem::path> chosen_;
    std::string refusal_;
    int filter_ = 0, selected_ = -1;
    int field_number_ = 0;  // another one makes ImGui take the text anew while the field has the focus
    std::array<char, 4096> typed_{};
    bool is_open_ = false, focuses_ = false, reveals_ = false, closes_ = false;
    bool was_asked_ = false;     // whether to replace, in the frame before: its Enter is answered
    bool typed_before_ = false;  // the field had a text before this frame's keys
};

}  // namespace convloom::gui
