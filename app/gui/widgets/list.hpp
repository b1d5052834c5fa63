// Lists to pick from. An open one takes letters, which lead to the entry that begins so, the arrows, and Enter; Esc
// closes it.
#pragma once
#include <optional>
#include <span>
#include <string>

namespace convloom::gui {

struct ListItem {
    std::string text;
    std::string place;  // names the row
    std::string says;   // on hover
    std::string also;   // another name that letters find
};

// What the keys of this frame say in the list that is open; call it once a frame inside it.
struct ListKeys {
    int marked = -1;  // the entry that Enter takes
    bool picked = false;
    bool reveals = false;  // scroll to the marked one
};
ListKeys list_keys(std::span<const ListItem> items, int chosen);

// The rows of a list that is open. Gives the one picked.
std::optional<int> list_rows(std::span<const ListItem> items, int chosen);

// A drop-down list over the whole width left, or that of SetNextItemWidth() where `keeps_width`. What is shown closed
// ends with "…" where it is too long, and stands whole in the hint.
std::optional<int> drop_down_list(const char* place, const std::string& shown, std::span<const ListItem> items,
                                  int chosen, bool keeps_width = false, const std::string& says = "");

}  // namespace convloom::gui
