#include "core/scene/looks/moment.hpp"

#include <algorithm>

namespace convloom::scene {

const arith::Tap* current_tap(const std::vector<arith::Tap>& taps, const Moment& moment) {
    if (moment.tap < 0 || taps.empty()) return nullptr;
    return &taps[std::min<std::size_t>(static_cast<std::size_t>(moment.tap), taps.size() - 1)];
}

float value_at(const arith::Recording& recording, const arith::Step& step, const Moment& moment) {
    if (step.number == moment.step && moment.tap != Moment::whole_window) {
        const std::vector<arith::Tap> taps = recording.taps(step);
        if (const arith::Tap* tap = current_tap(taps, moment)) return tap->partial;
    }
    return recording.value(step);
}

}  // namespace convloom::scene
