#include "app/gui/shell/first_hint.hpp"

#include <algorithm>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/widgets/widgets.hpp"

namespace convloom::gui {

bool draw_first_hint(const Style& style, const scene::Theme& theme, const Area& canvas) {
    const char* lines[] = {t("Space plays and pauses, the arrow keys go step by step."),
                           t("Point at a cell to see how it is computed; drag and turn the wheel to look closer."),
                           t("Choose an example on the left, change the layer on the right; ? shows all keys.")};
    const float s = style.scale;
    float wide = 0;
    for (const char* line : lines) wide = std::max(wide, ImGui::CalcTextSize(line).x + 1);
    wide = std::min(wide, canvas.width - 8 * unit * s);
    ImGui::SetNextWindowPos({canvas.x + canvas.width / 2, canvas.y + canvas.height - 2 * unit * s}, ImGuiCond_Always,
                            {0.5f, 1});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, (corner + 2) * s);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, s);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {2 * unit * s, 1.5f * unit * s});
    ImGui::PushStyleColor(ImGuiCol_Border, vec(theme.accent));
    ImGui::Begin("first hint", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav);
    for (const char* line : lines) wrapped_text(style.body, line, wide);
    const ImVec2 at = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
    note_box("first hint", at.x, at.y, size.x, size.y);
    ImGui::End();
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(3);
    return !ImGui::IsMouseClicked(0) && !ImGui::IsMouseClicked(1);
}

}  // namespace convloom::gui
