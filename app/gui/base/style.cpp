#include "app/gui/base/style.hpp"

#include <imgui_freetype.h>

#include <cmath>

#include "app/gui/base/language.hpp"
#include "app/paint/font.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/tour/tour.hpp"

namespace convloom::gui {
namespace {

// One em as a fraction of ImGui's font size, which is ascent plus descent.
constexpr float latin_line = 1.36f, chinese_line = 1.17f;

// The characters beyond Latin that the interface uses; in other languages only the name of Chinese, so that it can be
// chosen.
ImVector<ImWchar>& chinese_ranges(scene::Language language) {
    static ImVector<ImWchar> ranges[2];
    ImVector<ImWchar>& made = ranges[static_cast<int>(language)];
    if (!made.empty()) return made;
    ImFontGlyphRangesBuilder builder;
    std::string texts = "中文→";
    if (language == scene::Language::chinese) {
        for (const std::string& english : scene::translated_texts(language)) texts += scene::tr(language, english);
        texts += tour::tour_texts(language);
    }
    for (std::string_view rest = texts; !rest.empty();) {
        const char32_t c = scene::next_character(rest);
        if (c > 0xFF && c <= IM_UNICODE_CODEPOINT_MAX) builder.AddChar(static_cast<ImWchar>(c));
    }
    builder.BuildRanges(&made);
    return made;
}

// ImGui rounds a font's height to whole pixels: FreeType's builder drops the fraction, but line spacing would keep it,
// and every second line would lie between two pixels.
float whole_px(float px) {
    return std::floor(px);
}

// The Chinese font has one weight; a bolder one is derived from it, as in the painters.
void add_chinese(scene::Weight weight, float em_px, scene::Language language) {
    ImFontConfig config;
    if (weight == scene::Weight::semibold) config.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_Bold;
    config.FontDataOwnedByAtlas = false;
    config.MergeMode = true;  // for characters that the previous font lacks
    const std::string_view bytes = paint::chinese_font_bytes();
    ImGui::GetIO().Fonts->AddFontFromMemoryTTF(const_cast<char*>(bytes.data()), static_cast<int>(bytes.size()),
                                               whole_px(em_px * chinese_line), &config, chinese_ranges(language).Data);
}

ImFont* add_font(scene::Weight weight, float em_px, scene::Language language) {
    // Latin and the few signs that the interface uses beside it.
    static const ImWchar ranges[] = {0x20,   0xFF,   0x3A3,  0x3A3,  0x2013, 0x2026, 0x2212, 0x2212,
                                     0x2264, 0x2265, 0x221E, 0x221E, 0x394,  0x394,  0};
    ImFontConfig config;
    config.FontDataOwnedByAtlas = false;
    const std::string_view bytes = paint::font_bytes(weight);
    // ImGui only reads the bytes; its parameter is non-const because it could take ownership.
    ImFont* font = ImGui::GetIO().Fonts->AddFontFromMemoryTTF(
        const_cast<char*>(bytes.data()), static_cast<int>(bytes.size()), whole_px(em_px * latin_line), &config, ranges);
    add_chinese(weight, em_px, language);
    return font;
}

scene::Color mix(scene::Color a, scene::Color b, int percent) {
    b.a = static_cast<std::uint8_t>(percent * 255 / 100);
    return scene::blend(a, b);
}

}  // namespace

Style make_style(float scale, scene::Language language) {
    Style style;
    style.scale = scale;
    ImGui::GetIO().Fonts->Clear();
    ImGui::GetIO().Fonts->FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
    // Typed text uses this font; loading Chinese into the others takes much longer and would delay the start.
    style.body =
        add_font(scene::Weight::regular, 15 * scale, chinese_was_typed() ? scene::Language::chinese : language);
    style.small = add_font(scene::Weight::regular, 13 * scale, language);
    style.small_strong = add_font(scene::Weight::semibold, 13 * scale, language);
    style.strong = add_font(scene::Weight::semibold, 15 * scale, language);
    style.title = add_font(scene::Weight::semibold, 18 * scale, language);

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
