// A dialog in the middle of the window: a title, a cross to close it, its content, and buttons below.
//
// Between begin_modal() and end_modal() the rest of the window is dimmed and takes no input.
#pragma once
#include "app/gui/base/style.hpp"

namespace convloom::gui {

// `wide` and `high` at scale 1, limited to the window. Call it each frame while the dialog is open, inside an ImGui
// frame, and end_modal() if it returns true. The cross and Esc set `closes`.
bool begin_modal(const char* id, const char* title, float wide, float high, const Style& style,
                 const scene::Theme& theme, bool* closes);
void end_modal();

// How long ImGui takes to dim the window behind; keep drawing until then.
constexpr double fade_s = 0.25;

// Whether a key was pressed in this frame, by names that every version of ImGui has.
bool key_pressed(ImGuiKey key, bool repeats = false);
bool enter_pressed();

// The next buttons, `count` of them `wide` each, stand at the right.
void align_right(float wide, int count);

// A sentence of refusal in its colour, wrapped.
void refused_text(const Style& style, const scene::Theme& theme, const char* text, float width = 0);

}  // namespace convloom::gui
