// Visits every step of a case, sample by sample, with progress on standard error if it takes long.
#pragma once
#include "app/cli/base/progress.hpp"
#include "core/state/json/cases.hpp"

namespace convloom::cli {

// Calls visit(sample, recording, step) in order.
template <class Visit>
void for_each_step(const state::Case& c, Visit&& visit) {
    Progress progress("steps");
    for (arith::Index sample = 0; sample < c.samples; ++sample) {
        const arith::Recording recording = c.recording(sample);
        const arith::Index steps = recording.step_count();
        for (arith::Index n = 0; n < steps; ++n) {
            progress.at(sample * steps + n, c.samples * steps);
            visit(sample, recording, recording.step(n));
        }
    }
}

}  // namespace convloom::cli
