#include "app/gui/panels/palette.hpp"

#include <imgui.h>

#include <algorithm>
#include <numeric>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/widgets/modal.hpp"
#include "app/gui/widgets/popups.hpp"
#include "app/gui/widgets/search.hpp"
#include "app/gui/widgets/widgets.hpp"

namespace convloom::gui {
namespace {

constexpr float palette_width = 640, palette_height = 520, palette_row = 28;
constexpr int palette_page = 10;

}  // namespace

void Palette::open(std::vector<PaletteEntry> entries) {
    entries_ = std::move(entries);
    typed_ = {};
    is_open_ = focuses_ = true;
    closes_ = false;
    search();
}

void Palette::search() {
    searched_ = typed_.data();
    found_.resize(entries_.size());
    std::iota(found_.begin(), found_.end(), 0);
    std::vector<int> scores;
    for (const PaletteEntry& entry : entries_) scores.push_back(found_by(entry.names, searched_));
    std::erase_if(found_, [&](std::size_t n) { return scores[n] == 0; });
    std::stable_sort(found_.begin(), found_.end(), [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    marked_ = 0;
    reveals_ = true;
}

void Palette::take_keys() {
    const int last = static_cast<int>(found_.size()) - 1;
    const auto go = [&](ImGuiKey key, int to) {
        if (key_pressed(key, true)) marked_ = std::clamp(to, 0, std::max(0, last)), reveals_ = true;
    };
    go(ImGuiKey_DownArrow, marked_ + 1);
    go(ImGuiKey_UpArrow, marked_ - 1);
    go(ImGuiKey_PageDown, marked_ + palette_page);
    go(ImGuiKey_PageUp, marked_ - palette_page);
}

int Palette::draw_rows(const Style& style, const scene::Theme& theme) {
    const FocusGroup group("palette rows");
    const float s = style.scale, high = palette_row * s, pad = unit * s;
    int clicked = -1;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    ImDrawList& list = *ImGui::GetWindowDrawList();
    for (int n = 0; n < static_cast<int>(found_.size()); ++n) {
        const PaletteEntry& entry = entries_[found_[static_cast<std::size_t>(n)]];
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float wide = ImGui::GetContentRegionAvail().x;
        ImGui::PushID(n);
        if (ImGui::InvisibleButton("##row", {wide, high})) clicked = n;
        note_place(entry.place.c_str());
        if (n == marked_) note_chosen();
        ImGui::PopID();
        if (n == marked_ && reveals_ && !ImGui::IsItemVisible()) ImGui::SetScrollHereY(0.5f);
        if (!ImGui::IsItemVisible()) continue;
        if (n == marked_ || ImGui::IsItemHovered())
            list.AddRectFilled(at, {at.x + wide, at.y + high},
                               ImGui::GetColorU32(n == marked_ ? ImGuiCol_FrameBgActive : ImGuiCol_FrameBg),
                               corner * s);
        const float y = at.y + (high - style.body->FontSize) / 2, small_y = at.y + (high - style.small->FontSize) / 2;
        const std::string right = entry.key.empty() ? entry.kind : fmt::format("{}   {}", entry.kind, entry.key);
        const float right_wide = style.small->CalcTextSizeA(style.small->FontSize, FLT_MAX, 0, right.c_str()).x;
        const ImVec4 clip{at.x, at.y, at.x + wide - right_wide - 3 * pad, at.y + high};
        list.AddText(style.body, style.body->FontSize, {at.x + pad, y}, u32(theme.text), entry.text.c_str(), nullptr, 0,
                     &clip);
        list.AddText(style.small, style.small->FontSize, {at.x + wide - right_wide - pad, small_y}, u32(theme.muted),
                     right.c_str());
    }
    ImGui::PopStyleVar();
    reveals_ = false;
    return clicked;
}

std::function<void()> Palette::draw(const Style& style, const scene::Theme& theme) {
    if (!is_open_) return nullptr;
    if (!begin_modal("palette", t("Find and run"), palette_width, palette_height, style, theme, &closes_))
        return nullptr;
    if (escape_pressed()) closes_ = true;
    if (focuses_) ImGui::SetKeyboardFocusHere();
    focuses_ = false;
    ImGui::SetNextItemWidth(-1);
    ImGui::InputTextWithHint("##typed", t("A preset, a view, a filter, a command, in English or Chinese"),
                             typed_.data(), typed_.size());
    const bool typing = ImGui::IsItemActive() || ImGui::IsItemDeactivated();
    note_place("palette field");
    if (searched_ != typed_.data()) note_typed(typed_.data()), search();
    if (typing || !focus_is_shown()) take_keys();
    ImGui::BeginChild("rows");
    int picked = draw_rows(style, theme);
    if (found_.empty()) muted_text(style, theme, t("No name contains these words."));
    ImGui::EndChild();
    if (enter_pressed() && (typing || !focus_is_shown()) && !found_.empty()) picked = marked_;
    if (picked >= 0) closes_ = true;
    if (closes_) {
        is_open_ = false;
        ImGui::CloseCurrentPopup();
    }
    end_modal();
    return picked >= 0 ? entries_[found_[static_cast<std::size_t>(picked)]].does : nullptr;
}

}  // namespace convloom::gui
