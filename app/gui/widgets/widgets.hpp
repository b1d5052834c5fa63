// Small controls that the panels share, on top of Dear ImGui: buttons drawn as icons, a row of choices, a section that
// folds, a row with a label at its left.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/gui/base/icons.hpp"
#include "app/gui/base/style.hpp"
#include "app/gui/store/store.hpp"

namespace convloom::gui {

// A square button; `says` appears on hover and ends with the key. `place` names it for whoever drives the window.
struct IconButton {
    Icon icon = Icon::none;
    const char* place = "";
    std::string says;
    bool filled = false;  // the one that matters most
    bool on = false;      // a switch that is on
    bool enabled = true;
    float side = 32;
    float high = 0;  // where that is not the side
};
bool icon_button(const Style& style, const scene::Theme& theme, const IconButton& button);

// A button with words, `wide` pixels or as wide as its words where that is 0.
bool text_button(const char* place, const char* text, float wide = 0, bool filled = false);

// Choices side by side, the chosen one filled; in as many lines as they need where `wrap` is set. Gives the one
// clicked.
std::optional<int> choices(const char* id, std::span<const std::string> names, int chosen, const Style& style,
                           const scene::Theme& theme);
// What they take in one line.
float choices_width(std::span<const std::string> names, const Style& style);

// A drop-down list over the whole width left. Gives the one picked.
std::optional<int> drop_down(const char* place, std::span<const std::string> names, int chosen);

bool toggle(const char* place, const char* text, bool* on);

// Begins a section under a title that folds it; draw its content where this gives true.
bool section(const Style& style, const scene::Theme& theme, const char* title, bool open = true);

// Label left; the control that follows takes the rest of the line.
void row_label(const Style& style, const char* label);
constexpr float label_width = 108;

// In as many lines as it takes, `width` pixels wide or, where that is 0, as wide as there is room. Dear ImGui breaks
// lines at spaces alone, of which Chinese has none and a formula has many, so that no text is left to its wrapping.
void muted_text(const Style& style, const scene::Theme& theme, const std::string& text, float width = 0);
void wrapped_text(ImFont* font, const std::string& text, float width = 0);
// The same where a draw list writes it; a new line in the text begins one.
struct Lines {
    ImFont* font;
    std::vector<std::string> lines;
    float height() const { return font->FontSize * static_cast<float>(lines.size()); }
    float width() const;
    void draw(ImDrawList& list, ImVec2 at, ImU32 color) const;
};
Lines lines_of(ImFont* font, const std::string& text, float width);
void strong_text(const Style& style, const std::string& text);
// On hover of the item before, once the pointer rests.
void hint(const std::string& text);
// At the pointer now.
void show_hint(const std::string& text);
// With its lower edge at y, about x, so that it covers nothing below.
void show_hint_above(const std::string& text, float x, float y);

}  // namespace convloom::gui
