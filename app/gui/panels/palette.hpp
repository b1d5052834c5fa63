// The command palette: whatever can be done, found by a word of it in English or Chinese and done with Enter.
//
// It knows nothing of what its entries do; the workbench gives them when it is opened and does the one picked.
#pragma once
#include <array>
#include <functional>
#include <string>
#include <vector>

#include "app/gui/base/style.hpp"

namespace convloom::gui {

struct PaletteEntry {
    std::string text;   // in the interface's language
    std::string names;  // that it is found by, in small letters, a line each
    std::string kind;   // "View"
    std::string key;    // that does the same; empty for none
    std::string place;  // names its row
    std::function<void()> does;
};

class Palette {
  public:
    void open(std::vector<PaletteEntry> entries);
    bool is_open() const { return is_open_; }
    // Inside an ImGui frame. Gives what the entry picked does, once, for the caller to do outside of any dialog.
    std::function<void()> draw(const Style& style, const scene::Theme& theme);

  private:
    void search();
    void take_keys();
    // The number of the row that was clicked, or none.
    int draw_rows(const Style& style, const scene::Theme& theme);

    std::vector<PaletteEntry> entries_;
    std::vector<std::size_t> found_;  // of the entries, the best answer first
    std::array<char, 128> typed_{};
    std::string searched_;
    int marked_ = 0;
    bool is_open_ = false, closes_ = false, focuses_ = false, reveals_ = false;
};

}  // namespace convloom::gui
