// The scale factor for texts and controls, from what is known about the screen.
#pragma once

namespace convloom::gui {

struct Screen {
    float content_scale = 1;          // requested by the desktop; under X from Xft.dpi
    int width_px = 0, height_px = 0;  // 0 if unknown
    int width_mm = 0, height_mm = 0;
    bool scales_itself = false;  // as on Wayland: only the desktop's request counts
};

// A multiple of a quarter, from 1 to 3.
float scale_of(const Screen& screen);

}  // namespace convloom::gui
