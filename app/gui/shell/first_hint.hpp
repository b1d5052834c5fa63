// Three lines over the canvas at the very first start, until the first action.
#pragma once
#include "app/gui/base/style.hpp"
#include "app/gui/canvas/canvas.hpp"

namespace convloom::gui {

// Returns whether they are still shown: until a click.
bool draw_first_hint(const Style& style, const scene::Theme& theme, const Area& canvas);

}  // namespace convloom::gui
