// The icons on buttons, drawn as lines and shapes so that they are sharp at every scale.
#pragma once
#include <imgui.h>

namespace convloom::gui {

enum class Icon {
    none,
    first,
    back,
    tap_back,
    play,
    pause,
    tap_forward,
    forward,
    last,  // of the timeline
    once,
    loop,
    ping_pong,
    windows,
    products,
    undo,
    redo,
    open,
    save,
    share,
    present,
    help,
    gallery,
    tour,
    inspector,
    settings,
    lock,
    unlock,
    fit,
    down,
    right,
    close
};

// Centred in a square of half side r.
void draw_icon(ImDrawList& list, Icon icon, ImVec2 middle, float r, ImU32 color);

}  // namespace convloom::gui
