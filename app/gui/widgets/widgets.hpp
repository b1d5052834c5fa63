// Small controls shared by the panels, based on Dear ImGui: icon buttons, rows of choices, folding sections, rows with
// a label on the left.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/gui/base/icons.hpp"
#include "app/gui/base/style.hpp"
#include "app/gui/store/store.hpp"

namespace convloom::gui {

// A square button; `says` is its tooltip and ends with the key. `place` is its name for programs that drive the window.
struct IconButton {
    Icon icon = Icon::none;
    const char* place = "";
    std::string says;
    bool filled = false;  // the most important one
    bool on = false;      // a switch that is on
    bool enabled = true;
    float side = 32;
    float high = 0;  // height if it is not square
};
bool icon_button(const Style& style, const scene::Theme& theme, const IconButton& button);

// A button with text, `wide` pixels wide, or as wide as its text if that is 0.
bool text_button(const char* place, const char* text, float wide = 0, bool filled = false);

// Choices side by side, the selected one filled; in as many lines as needed if `wrap` is set. Returns the one clicked.
// Each is known by its number, or by its key if there are any.
std::optional<int> choices(const char* id, std::span<const std::string> names, int chosen, const Style& style,
                           const scene::Theme& theme, std::span<const std::string> keys = {});
// Their width in one line.
float choices_width(std::span<const std::string> names, const Style& style);

// A drop-down list as wide as the remaining width. Returns the one picked.
std::optional<int> drop_down(const char* place, std::span<const std::string> names, int chosen);

bool toggle(const char* place, const char* text, bool* on);

// A section whose title folds it; draw its content if this returns true.
bool section(const Style& style, const scene::Theme& theme, const char* title, bool open = true);

// The ground of a row of a list that is chosen or pointed at.
void fill_row(ImVec2 at, ImVec2 size, const Style& style);

// A label on the left; the next control takes the rest of the line.
void row_label(const Style& style, const char* label);
constexpr float label_width = 108;

// A text in as many lines as needed, `width` pixels wide or, if that is 0, as wide as the available room. Dear ImGui
// breaks lines only at spaces, of which Chinese has none and a formula has many, so its wrapping is not used.
void muted_text(const Style& style, const scene::Theme& theme, const std::string& text, float width = 0);
void wrapped_text(ImFont* font, const std::string& text, float width = 0);
// The same for a draw list; a line break in the text is kept.
struct Lines {
    ImFont* font;
    std::vector<std::string> lines;
    float height() const { return font->FontSize * static_cast<float>(lines.size()); }
    float width() const;
    void draw(ImDrawList& list, ImVec2 at, ImU32 color) const;
};
Lines lines_of(ImFont* font, const std::string& text, float width);
void strong_text(const Style& style, const std::string& text);
// The tooltip of the previous item, once the pointer rests on it.
void hint(const std::string& text);
// At the pointer now.
void show_hint(const std::string& text);
// With its lower edge at y, centred at x, so that it covers nothing below.
void show_hint_above(const std::string& text, float x, float y);

}  // namespace convloom::gui
