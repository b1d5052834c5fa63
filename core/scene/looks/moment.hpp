// A place in the time of a recording, and what is true at it.
#pragma once
#include <vector>

#include "core/arith/steps/recording.hpp"

namespace convloom::scene {

// A place in time: a step, and within it a tap, or all of them.
struct Moment {
    static constexpr arith::Index whole_window = -1;
    arith::Index step = 0;
    arith::Index tap = whole_window;  // the last tap done; -1 for the whole window
    friend bool operator==(const Moment&, const Moment&) = default;
};

// The tap of this moment; null while the whole window is shown or where no product reaches the cell.
const arith::Tap* current_tap(const std::vector<arith::Tap>& taps, const Moment& moment);

// What an output cell holds at a moment: its value, or while its taps are stepped their running sum.
float value_at(const arith::Recording& recording, const arith::Step& step, const Moment& moment);

}  // namespace convloom::scene
