// Actions that move in time, implemented in update_moment.cpp. Undo reverts none of them, because they change no data.
//
// Steps and taps are numbered from 0, as in arith/steps/recording.hpp. The State only has a moment; playing is the
// window's task.
#pragma once
#include <variant>

#include "core/arith/layer/shape.hpp"

namespace convloom::state {

struct StepForward {
    static constexpr bool is_undone = false;
};
struct StepBack {
    static constexpr bool is_undone = false;
};
struct TapForward {
    static constexpr bool is_undone = false;
};
struct TapBack {
    static constexpr bool is_undone = false;
};
struct GoToFirst {
    static constexpr bool is_undone = false;
};
struct GoToLast {
    static constexpr bool is_undone = false;
};
struct GoToStep {
    static constexpr bool is_undone = false;
    arith::Index step;
};
struct GoToTap {
    static constexpr bool is_undone = false;
    arith::Index tap;
};  // of the current step
// Chooses a cell of a tensor of the chain; tensor 0 is the input. The layer that computes the cell becomes current, at
// the step that computes it. No layer computes an input cell: the receptive field view follows it forward until a step
// or another cell is chosen.
struct ChooseCell {
    static constexpr bool is_undone = false;
    int tensor;
    arith::Index channel;
    arith::Cell at;
};

using MomentAction =
    std::variant<StepForward, StepBack, TapForward, TapBack, GoToFirst, GoToLast, GoToStep, GoToTap, ChooseCell>;

}  // namespace convloom::state
