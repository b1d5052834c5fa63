#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/gui/panels.hpp"
#include "app/gui/widgets.hpp"
#include "core/arith/output_size.hpp"
#include "core/scene/parts.hpp"

namespace convloom::gui {
namespace {

using arith::Index;

void draw_buttons(Store& store, const Style& style, const scene::Theme& theme) {
    if (icon_button(style, theme, Icon::first, "First step  Home")) store.dispatch(state::GoToFirst{});
    ImGui::SameLine(0, 4 * style.scale);
    if (icon_button(style, theme, Icon::back, "One step back  Left")) store.dispatch(state::StepBack{});
    ImGui::SameLine(0, 4 * style.scale);
    const bool playing = store.playing();
    if (icon_button(style, theme, playing ? Icon::pause : Icon::play, playing ? "Pause  Space" : "Play  Space", true))
        store.set_playing(!playing);
    ImGui::SameLine(0, 4 * style.scale);
    if (icon_button(style, theme, Icon::forward, "One step forward  Right")) store.dispatch(state::StepForward{});
    ImGui::SameLine(0, 4 * style.scale);
    if (icon_button(style, theme, Icon::last, "Last step  End")) store.dispatch(state::GoToLast{});
}

// A bar with a mark where each output row begins; the whole strip is the handle.
void draw_scrub_bar(Store& store, const Style& style, const scene::Theme& theme, float width, float height) {
    const state::State& s = store.state();
    const Index count = places_of(s).step_count();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::InvisibleButton("##scrub", {width, height});
    if (ImGui::IsItemActive() && width > 0) {
        const float part = std::clamp((ImGui::GetIO().MousePos.x - at.x) / width, 0.0f, 1.0f);
        const Index step = std::min<Index>(static_cast<Index>(part * static_cast<float>(count)), count - 1);
        store.set_playing(false);
        if (step != s.moment.step) store.dispatch(state::GoToStep{step});
    }
    const bool lit = ImGui::IsItemHovered() || ImGui::IsItemActive();

    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float middle = at.y + height / 2, half = 4 * style.scale;
    auto x_of = [&](Index n) { return at.x + width * static_cast<float>(n) / static_cast<float>(count); };
    list.AddRectFilled({at.x, middle - half}, {at.x + width, middle + half}, ImGui::GetColorU32(ImGuiCol_FrameBg), half);
    // The slot of the step of this moment is what the handle covers.
    const float from = x_of(store.state().moment.step), to = x_of(store.state().moment.step + 1);
    list.AddRectFilled({at.x, middle - half}, {to, middle + half}, u32(theme.accent), half);
    const Index columns = arith::output_extents(s.layer())[s.layer().rank() - 1];
    for (Index n = columns; n < count && width * static_cast<float>(columns) / static_cast<float>(count) > 6; n += columns)
        list.AddLine({std::round(x_of(n)), middle - 2 * half}, {std::round(x_of(n)), middle + 2 * half}, u32(theme.muted), style.scale);
    const float x = (from + to) / 2, r = (lit ? 9 : 8) * style.scale;
    list.AddCircleFilled({x, middle}, r, u32(theme.accent), 24);
    list.AddCircleFilled({x, middle}, r - 3 * style.scale, u32(theme.panel), 24);
    if (lit) ImGui::SetTooltip("Drag to any step; marks stand where an output row begins");
}

void draw_speed(Store& store, const Style& style) {
    constexpr double speeds[] = {0.5, 1, 1.5, 2, 4, 8};
    ImGui::SetNextItemWidth(116 * style.scale);
    if (!ImGui::BeginCombo("##speed", fmt::format("{} steps/s", store.steps_per_second).c_str())) {
        if (ImGui::IsItemHovered()) ImGui::SetTooltip("How fast it plays");
        return;
    }
    for (double speed : speeds)
        if (ImGui::Selectable(fmt::format("{} steps/s", speed).c_str(), speed == store.steps_per_second)) {
            store.steps_per_second = speed;
            store.set_playing(store.playing());
        }
    ImGui::EndCombo();
}

}  // namespace

void draw_timeline(Store& store, const Style& style) {
    const scene::Theme& theme = *view_options_of(store.state()).theme;
    if (store.state().view == scene::View::photo) {
        muted_text(style, theme, "A photo is filtered as a whole; the steps belong to the other views.");
        return;
    }
    const float side = 36 * style.scale;
    draw_buttons(store, style, theme);
    ImGui::SameLine(0, 2 * unit * style.scale);
    const float speed_room = 116 * style.scale + 2 * unit * style.scale;
    const float bar = std::max(80.0f, ImGui::GetContentRegionAvail().x - speed_room);
    draw_scrub_bar(store, style, theme, bar, side);
    ImGui::SameLine(0, 2 * unit * style.scale);
    draw_speed(store, style);
    const std::string moment = scene::moment_text(places_of(store.state()), store.state().moment);
    muted_text(style, theme, moment);
}

void draw_message(const Store& store, const Style& style, ImVec2 canvas_at, ImVec2 canvas_size) {
    if (!store.message()) return;
    const scene::Theme& theme = *view_options_of(store.state()).theme;
    const float most = std::min(canvas_size.x - 4 * unit * style.scale, 640 * style.scale);
    const float pad = 12 * style.scale;
    const char* text = store.message()->text.c_str();
    const ImVec2 size = ImGui::CalcTextSize(text, nullptr, false, most - 2 * pad);
    const ImVec2 at = {std::round(canvas_at.x + (canvas_size.x - size.x) / 2), canvas_at.y + canvas_size.y - size.y - 3 * pad};
    ImDrawList& list = *ImGui::GetForegroundDrawList();
    list.AddRectFilled({at.x - pad, at.y - pad / 2}, {at.x + size.x + pad, at.y + size.y + pad / 2}, u32(theme.text), corner * style.scale);
    if (store.message()->is_fault)   // a bar at its left, so that colour is not the only sign
        list.AddRectFilled({at.x - pad, at.y - pad / 2}, {at.x - pad + 5 * style.scale, at.y + size.y + pad / 2}, u32(theme.refused));
    list.AddText(style.body, style.body->FontSize, at, u32(theme.ground), text, nullptr, most - 2 * pad);
}

}  // namespace convloom::gui
