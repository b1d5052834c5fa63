// What is drawn over the full-screen canvas: the button to leave, the timeline, both only for a while after the pointer
// moved, and the laser dot.
#pragma once
#include <imgui.h>

#include <optional>

#include "app/gui/base/style.hpp"

namespace convloom::gui {

class Presenting {
  public:
    // Call it in each frame; `keeps` if a control in use keeps the bar visible.
    void follow_pointer(double now_s, bool keeps);
    void end() { moved_s_.reset(); }
    bool shows_bar() const { return shows_; }
    // The time at which the bar disappears if the pointer rests.
    std::optional<double> next_tick_s() const;

  private:
    std::optional<double> moved_s_;  // when the pointer moved last; nothing before the first frame
    ImVec2 pointer_{};
    bool shows_ = false, kept_ = false;
};

// Returns true if its button was clicked, which leaves presenting.
bool draw_way_out(const Style& style, float right, bool tour_is_open);

// At the pointer, over everything else.
void draw_laser(float scale);

}  // namespace convloom::gui
