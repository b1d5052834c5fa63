// Lists to choose from. In an open list, letters jump to the entry that begins with them, arrows move, Enter chooses
// and Esc closes.
#pragma once
#include <optional>
#include <span>
#include <string>

namespace convloom::gui {

struct ListItem {
    std::string text;
    std::string place;  // names the row
    std::string says;   // tooltip
    std::string also;   // another name that letters match
};

// Handles this frame's keys for the open list; call it once a frame inside it.
struct ListKeys {
    int marked = -1;  // the entry that Enter chooses
    bool picked = false;
    bool reveals = false;  // scroll to the marked one
};
ListKeys list_keys(std::span<const ListItem> items, int chosen);

// The rows of an open list. Returns the one picked.
std::optional<int> list_rows(std::span<const ListItem> items, int chosen);

// A drop-down list as wide as the remaining width, or that of SetNextItemWidth() if `keeps_width`. A closed entry that
// is too long ends with "…" and is shown in full in the tooltip.
std::optional<int> drop_down_list(const char* place, const std::string& shown, std::span<const ListItem> items,
                                  int chosen, bool keeps_width = false, const std::string& says = "");

}  // namespace convloom::gui
