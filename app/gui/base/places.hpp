// Where the controls lie, for whoever drives the window from outside: where CONVLOOM_PLACES names a file, the window
// writes the name and box of each control into it, in window units, whenever they change. A test in the same process
// asks for them instead. Costs nothing otherwise.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "app/gui/base/focus.hpp"

namespace convloom::gui {

struct PlaceBox {
    float x = 0, y = 0, width = 0, height = 0;
};

// Of the item last drawn by ImGui, which thereby takes part in the keyboard's focus. Names are plain: "play", "gallery
// dilation", "stride 0".
void note_place(const char* name, ControlKind kind = ControlKind::button);
// The name of a control for a key of a table: "value colors" of "value_colors".
std::string place_of(std::string_view key);
void note_box(const char* name, float x, float y, float width, float height);

// At the end of a frame.
void write_places();

// Keeps them without a file, and gives one of the last whole frame.
void keep_places();
std::optional<PlaceBox> place_named(const std::string& name);

}  // namespace convloom::gui
