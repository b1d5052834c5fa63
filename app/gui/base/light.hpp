// Marks the controls that a page of the tour mentions with a ring, wherever they are drawn.
//
// Controls are known by their recorded names (places.hpp), so that panels do not depend on the tour.
#pragma once
#include <string>
#include <vector>

namespace convloom::gui {

// Marks these controls only; an empty list for none.
void light_up(std::vector<std::string> names);

// During the next frames the panels unfold the section that holds a marked control and scroll to it.
void bring_light_into_sight();
// At the beginning of a frame.
void begin_light();

// Of the item last drawn by ImGui.
void draw_light(const char* name);
// Whether the section with this title must be unfolded.
bool unfolds(const char* title);

}  // namespace convloom::gui
