// The panels around the canvas. Each is a function of the store that draws inside the current ImGui window,
// reads the State and dispatches Actions.
#pragma once
#include "app/gui/store.hpp"
#include "app/gui/style.hpp"

namespace convloom::gui {

// Right: the example, the view, the layer's numbers or the photo's filter.
void draw_inspector(Store& store, const Style& style);
void draw_photo_panel(Store& store, const Style& style);

// Below: play, step, scrub.
void draw_timeline(Store& store, const Style& style);

// Over the canvas: the last message.
void draw_message(const Store& store, const Style& style, ImVec2 canvas_at, ImVec2 canvas_size);

}  // namespace convloom::gui
