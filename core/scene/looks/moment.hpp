// A moment in a recording: a step and a tap, and the values at that moment.
#pragma once
#include <vector>

#include "core/arith/steps/recording.hpp"

namespace convloom::scene {

// A step, and a tap within it or all of its taps.
struct Moment {
    static constexpr arith::Index whole_window = -1;
    arith::Index step = 0;
    arith::Index tap = whole_window;  // the last tap that is done; -1 for the whole window
    friend bool operator==(const Moment&, const Moment&) = default;
};

// The tap of this moment; null while the whole window is shown or if the cell has no taps.
const arith::Tap* current_tap(const std::vector<arith::Tap>& taps, const Moment& moment);

// The value of an output cell at a moment: its final value, or its running sum while its taps are stepped through.
float value_at(const arith::Recording& recording, const arith::Step& step, const Moment& moment);

}  // namespace convloom::scene
