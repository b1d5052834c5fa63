// How much larger than usual texts and controls have to be on a screen, from what it tells of itself.
#pragma once

namespace convloom::gui {

struct Screen {
    float content_scale = 1;          // that the desktop asks for; under X of Xft.dpi
    int width_px = 0, height_px = 0;  // 0 where nothing is known
    int width_mm = 0, height_mm = 0;
    bool scales_itself = false;  // as Wayland does: what the desktop asks for is all that there is to do
};

// In quarters, from 1 to 3.
float scale_of(const Screen& screen);

}  // namespace convloom::gui
