#include "app/gui/widgets/list.hpp"
#include "app/gui/base/language.hpp"

#include <imgui.h>

#include <algorithm>
#include <cctype>

#include "app/gui/base/places.hpp"
#include "app/gui/widgets/modal.hpp"
#include "app/gui/widgets/widgets.hpp"

namespace convloom::gui {
namespace {

constexpr double typed_together_s = 1.2;  // a longer pause starts a new word
constexpr int rows_a_page = 10;

// State of the open list; there is one at a time.
struct Open {
    ImGuiID list = 0;
    int marked = -1;
    std::string typed;
    double typed_at_s = 0;
};
Open open_list;

// How well a name matches the typed letters: 3 at its beginning, 2 at the beginning of a word, 1 elsewhere, 0 not at
// all.
int answers(const std::string& name, const std::string& typed) {
    const std::string all = lower(name);
    const auto at = all.find(typed);
    if (at == std::string::npos) return 0;
    if (at == 0) return 3;
    return all.find(' ' + typed) != std::string::npos ? 2 : 1;
}

int best_answer(std::span<const ListItem> items, const std::string& typed) {
    int best = -1, best_score = 0;
    for (int n = 0; n < static_cast<int>(items.size()); ++n) {
        const ListItem& item = items[static_cast<std::size_t>(n)];
        const int score = std::max(answers(item.text, typed), answers(item.also, typed));
        if (score > best_score) best = n, best_score = score;
    }
    return best;
}

void append_utf8(std::string& text, unsigned int point) {
    if (point < 0x80) {
        text += static_cast<char>(point);
    } else if (point < 0x800) {
        text += {static_cast<char>(0xC0 | (point >> 6)), static_cast<char>(0x80 | (point & 63))};
    } else {
        text += {static_cast<char>(0xE0 | (point >> 12)), static_cast<char>(0x80 | ((point >> 6) & 63)),
                 static_cast<char>(0x80 | (point & 63))};
    }
}

// True if letters were typed.
bool take_letters(Open& list) {
    const ImVector<ImWchar>& letters = ImGui::GetIO().InputQueueCharacters;
    if (letters.empty()) return false;
    if (ImGui::GetTime() - list.typed_at_s > typed_together_s) list.typed.clear();
    list.typed_at_s = ImGui::GetTime();
    for (const ImWchar letter : letters) append_utf8(list.typed, letter);
    list.typed = lower(list.typed);
    return true;
}

// Replaces the end of a text that is too long by "…".
std::string fitted(const std::string& text, float room) {
    if (ImGui::CalcTextSize(text.c_str()).x <= room) return text;
    std::string shorter = text;
    while (!shorter.empty() && ImGui::CalcTextSize((shorter + "…").c_str()).x > room) {
        while (!shorter.empty() && (static_cast<unsigned char>(shorter.back()) & 0xC0) == 0x80) shorter.pop_back();
        if (!shorter.empty()) shorter.pop_back();
    }
    return shorter + "…";
}

}  // namespace

ListKeys list_keys(std::span<const ListItem> items, int chosen) {
    note_list_keys();
    const int count = static_cast<int>(items.size());
    const ImGuiID id = ImGui::GetID("list");
    const bool opened = ImGui::IsWindowAppearing() || open_list.list != id;
    if (opened) open_list = {id, chosen, "", 0};
    ListKeys keys;
    keys.reveals = opened;
    int& marked = open_list.marked;
    if (!opened && take_letters(open_list))
        if (const int found = best_answer(items, open_list.typed); found >= 0) marked = found, keys.reveals = true;
    const auto go = [&](ImGuiKey key, int to) {
        if (count > 0 && key_pressed(key, true)) marked = std::clamp(to, 0, count - 1), keys.reveals = true;
    };
    go(ImGuiKey_DownArrow, marked + 1);
    go(ImGuiKey_UpArrow, marked - 1);
    go(ImGuiKey_PageDown, marked + rows_a_page);
    go(ImGuiKey_PageUp, marked - rows_a_page);
    go(ImGuiKey_Home, 0);
    go(ImGuiKey_End, count - 1);
    keys.marked = marked;
    keys.picked = !opened && enter_pressed() && marked >= 0 && marked < count;
    return keys;
}

std::optional<int> list_rows(std::span<const ListItem> items, int chosen) {
    const ListKeys keys = list_keys(items, chosen);
    std::optional<int> picked;
    for (int n = 0; n < static_cast<int>(items.size()); ++n) {
        const ListItem& item = items[static_cast<std::size_t>(n)];
        ImGui::PushID(n);
        if (ImGui::Selectable(item.text.c_str(), n == keys.marked)) picked = n;
        hint(item.says);
        ImGui::PopID();
        note_place(item.place.c_str());
        if (keys.reveals && n == keys.marked) ImGui::SetScrollHereY();
    }
    if (!keys.picked) return picked;
    ImGui::CloseCurrentPopup();
    return keys.marked;
}

std::optional<int> drop_down_list(const char* place, const std::string& shown, std::span<const ListItem> items,
                                  int chosen, bool keeps_width, const std::string& says) {
    std::optional<int> picked;
    ImGui::PushID(place);
    if (!keeps_width) ImGui::SetNextItemWidth(-1);
    const float room = ImGui::CalcItemWidth() - ImGui::GetFrameHeight() - ImGui::GetStyle().FramePadding.x;
    const std::string fits = fitted(shown, room);
    const bool open = ImGui::BeginCombo("##list", fits.c_str(), ImGuiComboFlags_HeightLarge);
    if (!open) {
        note_place(place);
        hint(fits == shown ? says : shown);
    } else {
        picked = list_rows(items, chosen);
        ImGui::EndCombo();
    }
    ImGui::PopID();
    return picked;
}

}  // namespace convloom::gui
