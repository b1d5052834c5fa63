// The command palette: finds every action by a word in English or Chinese, and Enter runs it.
//
// It does not know what its entries do; the workbench supplies them when it opens and runs the one picked.
#pragma once
#include <array>
#include <functional>
#include <string>
#include <vector>

#include "app/gui/base/style.hpp"

namespace convloom::gui {

struct PaletteEntry {
    std::string text;   // in the interface's language
    std::string names;  // the words to search for it, in lower case, one line per language
    std::string kind;   // "View"
    std::string key;    // the shortcut for the same action; empty for none
    std::string place;  // names its row
    std::function<void()> does;
};

class Palette {
  public:
    void open(std::vector<PaletteEntry> entries);
    bool is_open() const { return is_open_; }
    // Inside an ImGui frame. Returns the function of the entry picked, once, for the caller to run outside of any
    // dialog.
    std::function<void()> draw(const Style& style, const scene::Theme& theme);

  private:
    void search();
    void take_keys();
    // The index of the row that was clicked, or nothing.
    int draw_rows(const Style& style, const scene::Theme& theme);

    std::vector<PaletteEntry> entries_;
    std::vector<std::size_t> found_;  // indices of matching entries, the best match first
    std::array<char, 128> typed_{};
    std::string searched_;
    int marked_ = 0;
    bool is_open_ = false, closes_ = false, focuses_ = false, reveals_ = false;
};

}  // namespace convloom::gui
