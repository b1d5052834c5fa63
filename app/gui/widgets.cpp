#include "app/gui/widgets.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace convloom::gui {
namespace {

// Icons on a grid from -1 to 1, as bars and triangles.
void draw_icon(ImDrawList& list, Icon icon, ImVec2 middle, float r, ImU32 color) {
    auto at = [&](float x, float y) { return ImVec2(middle.x + x * r, middle.y + y * r); };
    auto bar = [&](float left, float right) { list.AddRectFilled(at(left, -0.9f), at(right, 0.9f), color, 1); };
    auto triangle = [&](float base, float tip) { list.AddTriangleFilled(at(base, -0.9f), at(base, 0.9f), at(tip, 0), color); };
    switch (icon) {
        case Icon::play: triangle(-0.6f, 1); break;
        case Icon::pause: bar(-0.75f, -0.2f), bar(0.2f, 0.75f); break;
        case Icon::forward: triangle(-0.4f, 0.8f), bar(-0.8f, -0.55f); break;
        case Icon::back: triangle(0.4f, -0.8f), bar(0.55f, 0.8f); break;
        case Icon::last: triangle(-0.8f, 0.5f), bar(0.55f, 0.85f); break;
        case Icon::first: triangle(0.8f, -0.5f), bar(-0.85f, -0.55f); break;
    }
}

}  // namespace

bool icon_button(const Style& style, const scene::Theme& theme, Icon icon, const char* says, bool emphasised) {
    const float side = 36 * style.scale;
    ImGui::PushID(says);
    if (emphasised) {
        ImGui::PushStyleColor(ImGuiCol_Button, vec(theme.accent));
        ImGui::PushStyleColor(ImGuiCol_ButtonHovered, vec(theme.accent));
        ImGui::PushStyleColor(ImGuiCol_ButtonActive, vec(theme.accent));
    }
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const bool clicked = ImGui::Button("##icon", {side, side});
    if (emphasised) ImGui::PopStyleColor(3);
    draw_icon(*ImGui::GetWindowDrawList(), icon, {at.x + side / 2, at.y + side / 2}, side * 0.22f,
              u32(emphasised ? theme.on_accent : theme.text));
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", says);
    ImGui::PopID();
    return clicked;
}

std::optional<int> choices(const char* id, std::span<const std::string> names, int chosen, const Style& style,
                           const scene::Theme& theme) {
    std::optional<int> clicked;
    ImGui::PushID(id);
    const float gap = 4 * style.scale;
    const float width = (ImGui::GetContentRegionAvail().x - gap * static_cast<float>(names.size() - 1)) / static_cast<float>(names.size());
    // The text may take the whole button, so that five fit side by side.
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {2 * style.scale, ImGui::GetStyle().FramePadding.y});
    for (int n = 0; n < static_cast<int>(names.size()); ++n) {
        if (n > 0) ImGui::SameLine(0, gap);
        const bool on = n == chosen;
        if (on) {
            for (ImGuiCol part : {ImGuiCol_Button, ImGuiCol_ButtonHovered, ImGuiCol_ButtonActive})
                ImGui::PushStyleColor(part, vec(theme.accent));
            ImGui::PushStyleColor(ImGuiCol_Text, vec(theme.on_accent));
        }
        if (ImGui::Button(names[n].c_str(), {width, 0})) clicked = n;
        if (on) ImGui::PopStyleColor(4);
    }
    ImGui::PopStyleVar();
    ImGui::PopID();
    return clicked;
}

void number_row(Store& store, const Style& style, const scene::Theme& theme, const char* label, arith::LayerField field,
                arith::Index value, arith::Index low, arith::Index high, state::Action (*action)(arith::Index)) {
    ImGui::PushID(label);
    const float label_width = 120 * style.scale, field_width = 56 * style.scale;
    const float spacing = ImGui::GetStyle().ItemSpacing.x;
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(label);
    ImGui::SameLine(label_width);
    // While a value is refused the slider shows it, so that the hand and the reason agree.
    const Refusal* refusal = store.refusal_of(field);
    int shown = static_cast<int>(refusal ? refusal->value : value);
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - field_width - spacing);
    if (refusal) ImGui::PushStyleColor(ImGuiCol_SliderGrab, vec(theme.refused));
    if (refusal) ImGui::PushStyleColor(ImGuiCol_SliderGrabActive, vec(theme.refused));
    const bool slid = ImGui::SliderInt("##slider", &shown, static_cast<int>(low), static_cast<int>(high), "", ImGuiSliderFlags_AlwaysClamp);
    if (refusal) ImGui::PopStyleColor(2);
    if (ImGui::IsItemActivated()) store.begin_gesture();
    ImGui::SameLine();
    ImGui::SetNextItemWidth(field_width);
    const bool typed = ImGui::InputInt("##field", &shown, 0, 0, ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    if (typed) store.begin_gesture();
    if (slid || typed) store.dispatch_number(field, label, shown, action(shown));
    ImGui::PopID();
}

void section_title(const Style& style, const char* text) {
    ImGui::Dummy({0, unit * style.scale / 2});
    ImGui::PushFont(style.title);
    ImGui::TextUnformatted(text);
    ImGui::PopFont();
}

void muted_text(const Style& style, const scene::Theme& theme, const std::string& text) {
    ImGui::PushFont(style.small);
    ImGui::PushStyleColor(ImGuiCol_Text, vec(theme.muted));
    ImGui::TextWrapped("%s", text.c_str());
    ImGui::PopStyleColor();
    ImGui::PopFont();
}

}  // namespace convloom::gui
