// Where the controls lie, for whoever drives the window from outside: where CONVLOOM_PLACES names a file, the window
// writes the name and box of each control into it, in window units, whenever they change. Costs nothing otherwise.
#pragma once

namespace convloom::gui {

// Of the item last drawn by ImGui. Names are plain: "play", "gallery dilation", "stride 0".
void note_place(const char* name);
void note_box(const char* name, float x, float y, float width, float height);

// At the end of a frame.
void write_places();

}  // namespace convloom::gui
