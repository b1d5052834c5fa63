// Where in time the user wants to be. None of these is undone: they change nothing that one could lose.
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
};  // of the step shown
// A cell of a chain's tensor, of which 0 is the input: the layer that makes it is stepped through, at the step that
// makes it. One of the input, which no layer makes, is followed forward in the receptive view until there is a step or
// another is chosen.
struct ChooseCell {
    static constexpr bool is_undone = false;
    int tensor;
    arith::Index channel;
    arith::Cell at;
};

using MomentAction =
    std::variant<StepForward, StepBack, TapForward, TapBack, GoToFirst, GoToLast, GoToStep, GoToTap, ChooseCell>;

}  // namespace convloom::state
