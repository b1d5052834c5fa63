#include "app/gui/base/light.hpp"

#include <imgui.h>

#include <algorithm>
#include <string_view>

#include "app/gui/base/language.hpp"

namespace convloom::gui {
namespace {

struct Light {
    std::vector<std::string> names;
    int frames = 0;         // remaining frames for scrolling it into view
    bool scrolled = false;  // in this frame
};

Light& light() {
    static Light the_only;
    return the_only;
}

// Controls that lie in a section which can be folded.
struct Held {
    std::string_view name;
    const char* title;
};
constexpr Held held[] = {
    {"flip", "Padding and kernel"}, {"padding mode", "Padding and kernel"},
    {"channels out", "Channels"},   {"groups", "Channels"},
    {"channels in", "Channels"},
};
// The panels are laid out again in one frame and scroll in the next.
constexpr int frames_to_settle = 4;

}  // namespace

void light_up(std::vector<std::string> names) {
    light().names = std::move(names);
}

void bring_light_into_sight() {
    light().frames = frames_to_settle;
}

void begin_light() {
    if (light().frames > 0) --light().frames;
    light().scrolled = false;
}

bool unfolds(const char* title) {
    return light().frames > 0 && std::any_of(std::begin(held), std::end(held), [&](const Held& one) {
               return std::string_view(t(one.title)) == title &&
                      std::find(light().names.begin(), light().names.end(), one.name) != light().names.end();
           });
}

void draw_light(const char* name) {
    Light& lit = light();
    if (lit.names.empty() || std::find(lit.names.begin(), lit.names.end(), name) == lit.names.end()) return;
    if (lit.frames > 0 && !lit.scrolled && !ImGui::IsItemVisible()) {
        ImGui::SetScrollHereY(0.5f);
        lit.scrolled = true;
    }
    const float em = ImGui::GetFontSize(), away = 0.15f * em;
    const float thick = 0.14f * em;
    const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    // A control at its panel's edge has no room for a ring around it.
    const float left = std::max(from.x - away, list.GetClipRectMin().x + thick / 2),
                right = std::min(to.x + away, list.GetClipRectMax().x - thick / 2);
    list.AddRect({left, from.y - away}, {right, to.y + away}, ImGui::GetColorU32(ImGuiCol_NavHighlight), 0.4f * em, 0,
                 thick);
}

}  // namespace convloom::gui
