// The interface's style: Dear ImGui with the theme's colours and the program's own fonts at one scale.
#pragma once
#include <imgui.h>

#include "core/scene/looks/theme.hpp"
#include "core/scene/words/language.hpp"

namespace convloom::gui {

// Measures at scale 1; multiply by Style::scale.
constexpr float unit = 8, gallery_width = 248, tour_width = 336, inspector_width = 336, timeline_height = 88,
                top_height = 48, corner = 6;

struct Style {
    float scale = 1;
    ImFont *small = nullptr, *small_strong = nullptr, *body = nullptr, *strong = nullptr,
           *title = nullptr;  // 13, 13, 15, 15, 18
};

// Loads the fonts and sets all measures; call it again for another scale or language. Call it after
// ImGui::CreateContext() and between frames; with OpenGL the font texture must then be created again. The fields' font
// has Chinese characters too if some were typed (language.hpp).
Style make_style(float scale, scene::Language language = scene::Language::english);

// Sets every colour; cheap, call it each frame.
void apply_theme(const scene::Theme& theme);

inline ImVec4 vec(scene::Color c) {
    return {c.r / 255.f, c.g / 255.f, c.b / 255.f, c.a / 255.f};
}
inline ImU32 u32(scene::Color c) {
    return IM_COL32(c.r, c.g, c.b, c.a);
}

}  // namespace convloom::gui
