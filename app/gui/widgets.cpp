#include "app/gui/widgets.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/gui/language.hpp"
#include "app/gui/list.hpp"
#include "app/gui/places.hpp"
#include "core/scene/wrap.hpp"

namespace convloom::gui {

void hint(const std::string& text) {
    if (!ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled) || text.empty()) return;
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {unit, unit / 2});
    ImGui::BeginTooltip();
    ImGui::PushTextWrapPos(ImGui::GetFontSize() * 20);
    ImGui::TextUnformatted(text.c_str());
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
    ImGui::PopStyleVar();
}

bool icon_button(const Style& style, const scene::Theme& theme, const IconButton& button) {
    const float side = button.side * style.scale;
    ImGui::PushID(button.place);
    ImGui::BeginDisabled(!button.enabled);
    const ImVec4 clear{0, 0, 0, 0};
    if (button.filled)
        for (ImGuiCol part : {ImGuiCol_Button, ImGuiCol_ButtonHovered, ImGuiCol_ButtonActive})
            ImGui::PushStyleColor(part, vec(theme.accent));
    else if (!button.on)
        ImGui::PushStyleColor(ImGuiCol_Button, clear);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const bool clicked = ImGui::Button("##icon", {side, side});
    note_place(button.place);
    ImGui::PopStyleColor(button.filled ? 3 : button.on ? 0 : 1);
    ImGui::EndDisabled();
    scene::Color color = button.filled ? theme.on_accent : button.on ? theme.accent : theme.text;
    if (!button.enabled) color = theme.muted, color.a = 110;
    draw_icon(*ImGui::GetWindowDrawList(), button.icon, {at.x + side / 2, at.y + side / 2}, side * 0.25f, u32(color));
    hint(button.says);
    ImGui::PopID();
    return clicked;
}

bool text_button(const char* place, const char* text, float wide, bool filled) {
    ImGui::PushID(place);
    if (filled) {
        const ImVec4 accent = ImGui::GetStyleColorVec4(ImGuiCol_CheckMark);
        for (ImGuiCol part : {ImGuiCol_Button, ImGuiCol_ButtonHovered, ImGuiCol_ButtonActive})
            ImGui::PushStyleColor(part, accent);
        ImGui::PushStyleColor(ImGuiCol_Text, ImGui::GetStyleColorVec4(ImGuiCol_WindowBg));
    }
    const bool clicked = ImGui::Button(text, {wide, 0});
    if (filled) ImGui::PopStyleColor(4);
    note_place(place);
    ImGui::PopID();
    return clicked;
}

namespace {

constexpr float choice_gap = 2;

// As much as the longest name takes.
float choice_width(std::span<const std::string> names, const Style& style) {
    float longest = 0;
    for (const std::string& name : names)
        longest = std::max(longest, ImGui::CalcTextSize(name.c_str()).x + 8 * style.scale);
    return longest;
}

}  // namespace

float choices_width(std::span<const std::string> names, const Style& style) {
    constexpr float air = 16;
    return static_cast<float>(names.size()) * (choice_width(names, style) + (air + choice_gap) * style.scale);
}

std::optional<int> choices(const char* id, std::span<const std::string> names, int chosen, const Style& style,
                           const scene::Theme& theme) {
    std::optional<int> clicked;
    ImGui::PushID(id);
    const float gap = choice_gap * style.scale, all = ImGui::GetContentRegionAvail().x;
    const int count = static_cast<int>(names.size());
    // As many columns as leave room for the longest name.
    const float longest = choice_width(names, style);
    const int fit = std::clamp(static_cast<int>((all + gap) / (longest + gap)), 1, count);
    const int lines = (count + fit - 1) / fit, columns = (count + lines - 1) / lines;
    const float width = std::floor((all - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns));
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {2 * style.scale, ImGui::GetStyle().FramePadding.y});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {gap, gap});
    for (int n = 0; n < count; ++n) {
        if (n % columns > 0) ImGui::SameLine(0, gap);
        const bool on = n == chosen;
        if (on) {
            for (ImGuiCol part : {ImGuiCol_Button, ImGuiCol_ButtonHovered, ImGuiCol_ButtonActive})
                ImGui::PushStyleColor(part, vec(theme.accent));
            ImGui::PushStyleColor(ImGuiCol_Text, vec(theme.on_accent));
        }
        ImGui::PushID(n);
        if (ImGui::Button(names[n].c_str(), {width, 0})) clicked = n;
        ImGui::PopID();
        note_place((std::string(id) + " " + std::to_string(n)).c_str());
        if (on) ImGui::PopStyleColor(4);
    }
    ImGui::PopStyleVar(2);
    ImGui::PopID();
    return clicked;
}

std::optional<int> drop_down(const char* place, std::span<const std::string> names, int chosen) {
    std::vector<ListItem> items;
    for (const std::string& name : names)
        items.push_back({name, std::string(place) + " " + std::to_string(items.size()), "", ""});
    const bool one = chosen >= 0 && chosen < static_cast<int>(names.size());
    return drop_down_list(place, one ? names[static_cast<std::size_t>(chosen)] : "", items, chosen);
}

bool toggle(const char* place, const char* text, bool* on) {
    ImGui::PushID(place);
    // An edge, so that an empty box is seen as one.
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 1);
    ImGui::PushStyleColor(ImGuiCol_Border, ImGui::GetStyleColorVec4(ImGuiCol_TextDisabled));
    const bool changed = ImGui::Checkbox(text, on);
    ImGui::PopStyleColor();
    ImGui::PopStyleVar();
    note_place(place);
    ImGui::PopID();
    return changed;
}

bool section(const Style& style, const scene::Theme& theme, const char* title, bool open) {
    ImGuiStorage& storage = *ImGui::GetStateStorage();
    const ImGuiID id = ImGui::GetID(title);
    bool* is_open = storage.GetBoolRef(id, open);
    ImGui::PushID(title);
    ImGui::Dummy({0, 2 * style.scale});
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float wide = ImGui::GetContentRegionAvail().x, high = 30 * style.scale;
    if (ImGui::InvisibleButton("##section", {wide, high})) *is_open = !*is_open;
    note_place((std::string("section ") + title).c_str());
    const bool hovered = ImGui::IsItemHovered();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddLine({at.x, at.y}, {at.x + wide, at.y}, u32(theme.hairline), style.scale);
    const scene::Color color = hovered ? theme.accent : theme.text;
    list.AddText(style.strong, style.strong->FontSize,
                 {at.x, at.y + (high - style.strong->FontSize) / 2 + 2 * style.scale}, u32(color), title);
    draw_icon(list, *is_open ? Icon::down : Icon::right,
              {at.x + wide - 10 * style.scale, at.y + high / 2 + 2 * style.scale}, 6 * style.scale,
              u32(hovered ? theme.accent : theme.muted));
    ImGui::PopID();
    return *is_open;
}

void row_label(const Style& style, const char* label) {
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(label);
    ImGui::SameLine(label_width * style.scale + ImGui::GetStyle().WindowPadding.x);
}

void muted_text(const Style& style, const scene::Theme& theme, const std::string& text) {
    ImGui::PushFont(style.small);
    ImGui::PushStyleColor(ImGuiCol_Text, vec(theme.muted));
    wrapped_text(style.small, text);
    ImGui::PopStyleColor();
    ImGui::PopFont();
}

void wrapped_text(ImFont* font, const std::string& text) {
    // Dear ImGui breaks lines at spaces alone, of which Chinese has none and a formula has many.
    ImGui::PushFont(font);
    ImGui::BeginGroup();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    const auto width_of = [](const std::string& line) {
        return static_cast<double>(ImGui::CalcTextSize(line.c_str()).x);
    };
    for (const std::string& line : scene::wrapped(text, ImGui::GetContentRegionAvail().x, width_of))
        ImGui::TextUnformatted(line.c_str());
    ImGui::PopStyleVar();
    ImGui::EndGroup();
    ImGui::PopFont();
}

void strong_text(const Style& style, const std::string& text) {
    ImGui::PushFont(style.strong);
    ImGui::TextUnformatted(text.c_str());
    ImGui::PopFont();
}

}  // namespace convloom::gui
