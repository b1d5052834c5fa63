#include "app/gui/style.hpp"

#include <imgui_freetype.h>

#include "app/paint/font.hpp"

namespace convloom::gui {
namespace {

ImFont* add_font(scene::Weight weight, float size_px) {
    // Latin and the few signs that the interface uses beside it.
    static const ImWchar ranges[] = {0x20, 0xFF, 0x3A3, 0x3A3, 0x2013, 0x2026, 0x2212, 0x2212, 0x2264, 0x2265, 0x221E, 0x221E, 0x394, 0x394, 0};
    ImFontConfig config;
    config.FontDataOwnedByAtlas = false;
    const std::string_view bytes = paint::font_bytes(weight);
    // ImGui reads the bytes only; its parameter is not const for want of ownership transfer.
    return ImGui::GetIO().Fonts->AddFontFromMemoryTTF(const_cast<char*>(bytes.data()), static_cast<int>(bytes.size()),
                                                      size_px, &config, ranges);
}

scene::Color mix(scene::Color a, scene::Color b, int percent) {
    b.a = static_cast<std::uint8_t>(percent * 255 / 100);
    return scene::blend(a, b);
}

}  // namespace

Style make_style(float scale) {
    Style style;
    style.scale = scale;
    ImGui::GetIO().Fonts->Clear();
    ImGui::GetIO().Fonts->FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
    // Open Sans has an ascent and descent of 1.36 em, which is what ImGui takes for the size.
    constexpr float line = 1.36f;
    style.body = add_font(scene::Weight::regular, 15 * line * scale);
    style.small = add_font(scene::Weight::regular, 13 * line * scale);
    style.small_strong = add_font(scene::Weight::semibold, 13 * line * scale);
    style.strong = add_font(scene::Weight::semibold, 15 * line * scale);
    style.title = add_font(scene::Weight::semibold, 18 * line * scale);

    ImGuiStyle& s = ImGui::GetStyle();
    s = ImGuiStyle();
    s.WindowPadding = {2 * unit, 2 * unit};
    s.FramePadding = {unit, 4};
    s.ItemSpacing = {unit, unit};
    s.ItemInnerSpacing = {unit, 4};
    s.WindowRounding = 0;
    s.FrameRounding = s.PopupRounding = s.GrabRounding = corner;
    s.GrabMinSize = 2 * unit;
    s.ScrollbarSize = 12;
    s.WindowBorderSize = 0;
    s.FrameBorderSize = 0;
    s.PopupBorderSize = 1;
    s.ScaleAllSizes(scale);
    return style;
}

void apply_theme(const scene::Theme& theme) {
    ImVec4* c = ImGui::GetStyle().Colors;
    const scene::Color control = mix(theme.panel, theme.text, 8), hovered = mix(theme.panel, theme.text, 14),
                       active = mix(theme.panel, theme.text, 20);
    c[ImGuiCol_Text] = vec(theme.text);
    c[ImGuiCol_TextDisabled] = vec(theme.muted);
    c[ImGuiCol_WindowBg] = c[ImGuiCol_ChildBg] = c[ImGuiCol_PopupBg] = vec(theme.panel);
    c[ImGuiCol_Border] = c[ImGuiCol_Separator] = vec(theme.hairline);
    c[ImGuiCol_FrameBg] = c[ImGuiCol_Button] = c[ImGuiCol_Header] = vec(control);
    c[ImGuiCol_FrameBgHovered] = c[ImGuiCol_ButtonHovered] = c[ImGuiCol_HeaderHovered] = vec(hovered);
    c[ImGuiCol_FrameBgActive] = c[ImGuiCol_ButtonActive] = c[ImGuiCol_HeaderActive] = vec(active);
    c[ImGuiCol_SliderGrab] = c[ImGuiCol_SliderGrabActive] = c[ImGuiCol_CheckMark] = vec(theme.accent);
    c[ImGuiCol_ScrollbarBg] = vec(theme.panel);
    c[ImGuiCol_ScrollbarGrab] = vec(hovered);
    c[ImGuiCol_ScrollbarGrabHovered] = c[ImGuiCol_ScrollbarGrabActive] = vec(active);
    c[ImGuiCol_TextSelectedBg] = vec(mix(theme.panel, theme.accent, 35));
    c[ImGuiCol_NavHighlight] = vec(theme.accent);
}

}  // namespace convloom::gui
