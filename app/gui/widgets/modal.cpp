#include "app/gui/widgets/modal.hpp"

#include <algorithm>
#include <cmath>

#include "app/gui/base/focus.hpp"
#include "app/gui/base/language.hpp"
#include "app/gui/widgets/widgets.hpp"

namespace convloom::gui {

bool key_pressed(ImGuiKey key, bool repeats) {
#if IMGUI_VERSION_NUM < 18700
    return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key), repeats);
#else
    return ImGui::IsKeyPressed(key, repeats);
#endif
}
bool enter_pressed() {
#if IMGUI_VERSION_NUM < 18700
    constexpr ImGuiKey keypad = ImGuiKey_KeyPadEnter;
#else
    constexpr ImGuiKey keypad = ImGuiKey_KeypadEnter;
#endif
    return key_pressed(ImGuiKey_Enter) || key_pressed(keypad);
}

bool begin_modal(const char* id, const char* title, float wide, float high, const Style& style,
                 const scene::Theme& theme, bool* closes) {
    const ImVec2 window = ImGui::GetIO().DisplaySize;
    const float margin = 2 * unit * style.scale;
    const ImVec2 size{std::min(wide * style.scale, window.x - margin), std::min(high * style.scale, window.y - margin)};
    ImGui::GetStyle().Colors[ImGuiCol_ModalWindowDimBg] = {0, 0, 0, 0.4f};
    if (!ImGui::IsPopupOpen(id)) ImGui::OpenPopup(id);
    ImGui::SetNextWindowPos({std::floor((window.x - size.x) / 2), std::floor((window.y - size.y) / 2)});
    ImGui::SetNextWindowSize({std::floor(size.x), std::floor(size.y)});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, (corner + 2) * style.scale);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, style.scale);
    ImGui::PushFont(style.body);
    const bool shown = ImGui::BeginPopupModal(id, nullptr,
                                              ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize |
                                                  ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                                                  ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    if (!shown) {
        ImGui::PopFont();
        ImGui::PopStyleVar(2);
        return false;
    }
    const ImVec2 at = ImGui::GetCursorPos();
    ImGui::PushFont(style.title);
    ImGui::TextUnformatted(title);
    ImGui::PopFont();
    const float side = 28 * style.scale, below = ImGui::GetCursorPosY();
    ImGui::SetCursorPos({size.x - side - ImGui::GetStyle().WindowPadding.x + 6 * style.scale, at.y - 2 * style.scale});
    const std::string place = std::string(id) + " close";
    if (icon_button(style, theme, {.icon = Icon::close, .place = place.c_str(), .says = t("Close (Esc)"), .side = 28}))
        *closes = true;
    note_way_out();
    ImGui::SetCursorPosY(below + 4 * style.scale);
    return true;
}

void end_modal() {
    ImGui::EndPopup();
    ImGui::PopFont();
    ImGui::PopStyleVar(2);
}

void align_right(float wide, int count) {
    const float gaps = ImGui::GetStyle().ItemSpacing.x * static_cast<float>(count - 1);
    ImGui::SetCursorPosX(ImGui::GetWindowWidth() - ImGui::GetStyle().WindowPadding.x -
                         wide * static_cast<float>(count) - gaps);
}

void refused_text(const Style& style, const scene::Theme& theme, const char* text, float width) {
    ImGui::PushStyleColor(ImGuiCol_Text, vec(theme.refused));
    wrapped_text(style.small, text, width);
    ImGui::PopStyleColor();
}

}  // namespace convloom::gui
