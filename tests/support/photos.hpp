// States with a photo for tests, and helpers that apply actions to them.
#pragma once
#include <gtest/gtest.h>

#include <vector>

#include "core/state/json/presets.hpp"
#include "core/state/update/update.hpp"
#include "tests/support/pictures.hpp"

namespace convloom::tests {

inline state::State with_photo(int width = 20, int height = 14, int channels = 3) {
    return update(state::preset(state::opening_preset),
                  state::OpenPhoto{"a/b.png", noise(width, height, channels, image::Depth::bits8, 1)})
        .state;
}

// Expects that no action is refused.
inline state::State after(state::State s, const std::vector<state::Action>& actions) {
    for (const state::Action& action : actions) {
        state::Outcome outcome = update(s, action);
        EXPECT_TRUE(outcome.problems.empty()) << outcome.problems.front().sentence;
        s = std::move(outcome.state);
    }
    return s;
}

}  // namespace convloom::tests
