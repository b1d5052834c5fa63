// Three lines for whoever starts the program for the very first time, over the canvas, until something is done.
#pragma once
#include "app/gui/base/style.hpp"
#include "app/gui/canvas/canvas.hpp"

namespace convloom::gui {

// Gives whether they are still to be shown: until a click.
bool draw_first_hint(const Style& style, const scene::Theme& theme, const Area& canvas);

}  // namespace convloom::gui
