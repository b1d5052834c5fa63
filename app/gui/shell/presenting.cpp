#include "app/gui/shell/presenting.hpp"

#include <cmath>

#include "app/gui/base/language.hpp"
#include "app/gui/widgets/widgets.hpp"

namespace convloom::gui {
namespace {

constexpr double shown_s = 2.5;
constexpr float least_move_px = 3;  // a bump against the table moves it less

}  // namespace

void Presenting::follow_pointer(double now_s, bool keeps) {
    const ImVec2 at = ImGui::GetIO().MousePos;
    if (!moved_s_ || std::hypot(at.x - pointer_.x, at.y - pointer_.y) >= least_move_px) {
        pointer_ = at;
        moved_s_ = now_s;
    }
    kept_ = keeps;
    if (keeps) moved_s_ = now_s;
    shows_ = now_s < *moved_s_ + shown_s;
}

std::optional<double> Presenting::next_tick_s() const {
    if (!shows_ || kept_ || !moved_s_) return std::nullopt;
    return *moved_s_ + shown_s;
}

bool draw_way_out(const Style& style, float right, bool tour_is_open) {
    const float s = style.scale;
    ImGui::SetNextWindowPos({right - 2 * unit * s, 2 * unit * s}, ImGuiCond_Always, {1, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, corner * s);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, s);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {1.5f * unit * s, unit * s});
    ImGui::Begin("way out", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav);
    ImGui::PushFont(style.body);
    const bool clicked = text_button("present leave", t("Leave presenting  Esc"));
    ImGui::PopFont();
    ImGui::PushFont(style.small);
    ImGui::PushStyleColor(ImGuiCol_Text, ImGui::GetStyleColorVec4(ImGuiCol_TextDisabled));
    ImGui::TextUnformatted(t("P: laser pointer"));
    if (tour_is_open) ImGui::TextUnformatted(t("U: the tour's text beside the picture"));
    ImGui::PopStyleColor();
    ImGui::PopFont();
    ImGui::End();
    ImGui::PopStyleVar(3);
    return clicked;
}

void draw_laser(float scale) {
    const ImVec2 at = ImGui::GetIO().MousePos;
    if (!ImGui::IsMousePosValid(&at)) return;
    ImDrawList& list = *ImGui::GetForegroundDrawList();
    constexpr struct {
        float radius;
        ImU32 color;
    } rings[] = {{16, IM_COL32(255, 30, 30, 40)},
                 {11, IM_COL32(255, 30, 30, 90)},
                 {6.5f, IM_COL32(255, 24, 24, 255)},
                 {2.5f, IM_COL32(255, 200, 200, 255)}};
    for (const auto& ring : rings) list.AddCircleFilled(at, ring.radius * scale, ring.color, 32);
}

}  // namespace convloom::gui
