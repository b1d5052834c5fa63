// What is shown over the canvas while it has the whole screen: how to leave, and the timeline, both only for a while
// after the pointer moved; and the laser's dot.
#pragma once
#include <imgui.h>

#include <optional>

#include "app/gui/base/style.hpp"

namespace convloom::gui {

class Presenting {
  public:
    // In each frame of it; `keeps` where something in use keeps the bar in sight.
    void follow_pointer(double now_s, bool keeps);
    void end() { moved_s_.reset(); }
    bool shows_bar() const { return shows_; }
    // When the bar goes, if the pointer rests.
    std::optional<double> next_tick_s() const;

  private:
    std::optional<double> moved_s_;  // when the pointer did, none before the first frame
    ImVec2 pointer_{};
    bool shows_ = false, kept_ = false;
};

// Gives true where its button was clicked, which leaves.
bool draw_way_out(const Style& style, float right, bool tour_is_open);

// At the pointer, over everything.
void draw_laser(float scale);

}  // namespace convloom::gui
