// The panels around the canvas. Each is a function of the store that draws inside the current ImGui window, reads the
// State and dispatches Actions.
#pragma once
#include "app/gui/base/interface.hpp"
#include "app/gui/base/style.hpp"
#include "app/gui/panels/photo_save.hpp"
#include "app/gui/store/store.hpp"

namespace convloom::gui {

// Right, in the inspector (inspector.hpp), whose layer panel (layer_panel.hpp) holds the first two.
// The chain's layers: the one shown, their order, one more, one fewer.
void draw_layer_list(Store& store, const Style& style);
void draw_cost(Store& store, const Style& style);
// Input, kernel and bias: edit cells, paste, fill with patterns, paint.
void draw_data_panel(Store& store, Interface& interface, const Style& style);
// How the layer is shown.
void draw_view_panel(Store& store, Interface& interface, const Style& style);
// The sum of this step, product by product.
void draw_step_panel(Store& store, const Style& style);
void draw_photo_panel(Store& store, PhotoSave& save, const Style& style);

// Below: play, step, scrub; for a photo that is not stepped through, how it is shown.
void draw_timeline(Store& store, const Style& style);
void draw_photo_bar(Store& store, const Style& style);

// Over the canvas: the last message.
bool draw_message(const Store& store, const Style& style, ImVec2 canvas_at, ImVec2 canvas_size);

}  // namespace convloom::gui
