// The controls that a page of the tour tells of, with a ring around each wherever it is drawn.
//
// Controls are known by the names that they note (places.hpp), so that no panel has to know of the tour.
#pragma once
#include <string>
#include <vector>

namespace convloom::gui {

// These and no others; none for nothing.
void light_up(std::vector<std::string> names);

// Within the next frames the panels unfold the section that holds a lit control and scroll to it.
void bring_light_into_sight();
// At the beginning of a frame.
void begin_light();

// Of the item last drawn by ImGui.
void draw_light(const char* name);
// Whether the section under this title is to be unfolded.
bool unfolds(const char* title);

}  // namespace convloom::gui
