// The positions of the controls, for programs that drive the window: if CONVLOOM_PLACES names a file, the window writes
// the name and box of each control to it, in window units, whenever they change. A test in the same process asks for
// them directly. Otherwise it costs nothing.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "app/gui/base/focus.hpp"

namespace convloom::gui {

struct PlaceBox {
    float x = 0, y = 0, width = 0, height = 0;
};

// Records the item last drawn by ImGui, which also makes it part of the keyboard focus. Names are plain text: "play",
// "gallery dilation", "stride 0".
void note_place(const char* name, ControlKind kind = ControlKind::button);
// The control's name for a table key: "value colors" for "value_colors".
std::string place_of(std::string_view key);
void note_box(const char* name, float x, float y, float width, float height);

// At the end of a frame.
void write_places();

// Keeps the positions without a file, and returns one from the last complete frame.
void keep_places();
std::optional<PlaceBox> place_named(const std::string& name);

}  // namespace convloom::gui
