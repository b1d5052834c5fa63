#include "app/gui/widgets/widgets.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/gui/base/language.hpp"
#include "app/gui/base/light.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/widgets/list.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/measure/wrap.hpp"

namespace convloom::gui {

void hint(const std::string& text) {
    if (ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled) && !text.empty()) show_hint(text);
}

namespace {

// Relative to the text size, which grows with the scale.
ImVec2 hint_padding() {
    const float em = ImGui::GetFontSize();
    return {std::round(0.45f * em), std::round(0.3f * em)};
}
Lines hint_lines(const std::string& text) {
    // Two spaces separate a key; the second one would be lost at the end of a line.
    std::string kept = text;
    for (std::size_t at = kept.find("  "); at != std::string::npos; at = kept.find("  "))
        kept.replace(at, 2, " \u00A0");
    return lines_of(ImGui::GetFont(), kept, 20 * ImGui::GetFontSize());
}

void draw_hint(const Lines& lines) {
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, hint_padding());
    ImGui::BeginTooltip();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    for (const std::string& line : lines.lines) ImGui::TextUnformatted(line.c_str());
    ImGui::PopStyleVar();
    const ImVec2 at = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
    ImGui::EndTooltip();
    ImGui::PopStyleVar();
    note_box("tooltip", at.x, at.y, size.x, size.y);
}

}  // namespace

void show_hint(const std::string& text) {
    draw_hint(hint_lines(text));
}

void show_hint_above(const std::string& text, float x, float y) {
    const Lines lines = hint_lines(text);
    const ImVec2 padding = hint_padding();
    const float width = lines.width() + 2 * padding.x, height = lines.height() + 2 * padding.y;
    const float most = std::max(0.0f, ImGui::GetIO().DisplaySize.x - width);
    ImGui::SetNextWindowPos({std::round(std::clamp(x - width / 2, 0.0f, most)), std::round(y - height)});
    draw_hint(lines);
}

bool icon_button(const Style& style, const scene::Theme& theme, const IconButton& button) {
    const float side = button.side * style.scale, high = button.high > 0 ? button.high * style.scale : side;
    ImGui::PushID(button.place);
    ImGui::BeginDisabled(!button.enabled);
    const ImVec4 clear{0, 0, 0, 0};
    if (button.filled)
        for (ImGuiCol part : {ImGuiCol_Button, ImGuiCol_ButtonHovered, ImGuiCol_ButtonActive})
            ImGui::PushStyleColor(part, vec(theme.accent));
    else if (!button.on)
        ImGui::PushStyleColor(ImGuiCol_Button, clear);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const bool clicked = ImGui::Button("##icon", {side, high});
    note_place(button.place);
    ImGui::PopStyleColor(button.filled ? 3 : button.on ? 0 : 1);
    ImGui::EndDisabled();
    scene::Color color = button.filled ? theme.on_accent : button.on ? theme.accent : theme.text;
    if (!button.enabled) color = theme.muted, color.a = 110;
    draw_icon(*ImGui::GetWindowDrawList(), button.icon, {at.x + side / 2, at.y + high / 2}, side * 0.25f, u32(color));
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

// As wide as the longest name.
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
                           const scene::Theme& theme, std::span<const std::string> keys) {
    std::optional<int> clicked;
    const FocusGroup group(id);
    ImGui::PushID(id);
    const float gap = choice_gap * style.scale, all = ImGui::GetContentRegionAvail().x;
    const int count = static_cast<int>(names.size());
    // As many columns as fit the longest name.
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
        const auto at = static_cast<std::size_t>(n);
        note_place((std::string(id) + " " + (at < keys.size() ? keys[at] : std::to_string(n))).c_str(),
                   ControlKind::choice);
        if (on) note_chosen();
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
    // An outline, so that an empty box is visible.
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 1);
    ImGui::PushStyleColor(ImGuiCol_Border, ImGui::GetStyleColorVec4(ImGuiCol_TextDisabled));
    const bool changed = ImGui::Checkbox(text, on);
    ImGui::PopStyleColor();
    ImGui::PopStyleVar();
    note_place(place, ControlKind::choice);
    ImGui::PopID();
    return changed;
}

bool section(const Style& style, const scene::Theme& theme, const char* title, bool open) {
    ImGuiStorage& storage = *ImGui::GetStateStorage();
    const ImGuiID id = ImGui::GetID(title);
    bool* is_open = storage.GetBoolRef(id, open);
    if (unfolds(title)) *is_open = true;
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

void fill_row(ImVec2 at, ImVec2 size, const Style& style) {
    ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + size.x, at.y + size.y}, ImGui::GetColorU32(ImGuiCol_FrameBg),
                                              corner * style.scale);
}

void row_label(const Style& style, const char* label) {
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(label);
    ImGui::SameLine(label_width * style.scale + ImGui::GetStyle().WindowPadding.x);
}

void muted_text(const Style& style, const scene::Theme& theme, const std::string& text, float width) {
    ImGui::PushStyleColor(ImGuiCol_Text, vec(theme.muted));
    wrapped_text(style.small, text, width);
    ImGui::PopStyleColor();
}

namespace {

float width_of(ImFont* font, const std::string& line) {
    return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, line.c_str()).x;
}

// A word wider than a line, such as a path, continues on the next line.
void add_line(Lines& to, const std::string& line, float width) {
    to.lines.emplace_back();
    for (std::string_view rest = line; !rest.empty();) {
        const std::string_view before = rest;
        scene::next_character(rest);
        const std::string character(before.substr(0, before.size() - rest.size()));
        if (!to.lines.back().empty() && width_of(to.font, to.lines.back() + character) > width) to.lines.emplace_back();
        to.lines.back() += character;
    }
}

}  // namespace

Lines lines_of(ImFont* font, const std::string& text, float width) {
    const auto measure = [font](const std::string& line) { return static_cast<double>(width_of(font, line)); };
    Lines made{font, {}};
    for (std::size_t from = 0, to = 0; to != std::string::npos; from = to + 1) {
        to = text.find('\n', from);
        for (std::string& line : scene::wrapped(std::string_view(text).substr(from, to - from), width, measure))
            if (width_of(font, line) > width)
                add_line(made, line, width);
            else
                made.lines.push_back(std::move(line));
    }
    return made;
}

float Lines::width() const {
    float widest = 0;
    for (const std::string& line : lines) widest = std::max(widest, width_of(font, line));
    return widest;
}

void Lines::draw(ImDrawList& list, ImVec2 at, ImU32 color) const {
    for (float y = std::round(at.y); const std::string& line : lines) {
        list.AddText(font, font->FontSize, {at.x, y}, color, line.c_str());
        y += font->FontSize;
    }
}

void wrapped_text(ImFont* font, const std::string& text, float width) {
    ImGui::PushFont(font);
    ImGui::BeginGroup();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    for (const std::string& line : lines_of(font, text, width > 0 ? width : ImGui::GetContentRegionAvail().x).lines)
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
