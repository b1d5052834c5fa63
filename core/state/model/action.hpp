// Actions: what the user wants, named so. They are values, so that a test can send what a panel sends.
//
// Undo takes an action back unless the action itself says `is_undone = false`; its place in the variant means nothing.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "core/arith/layer/relationship.hpp"
#include "core/arith/steps/ties.hpp"
#include "core/state/model/photo_action.hpp"
#include "core/state/model/state.hpp"

namespace convloom::state {

// A number of every axis at once, as of a square layer.
constexpr int every_axis = -1;

// The layer's numbers. A size is that of the chain's input; all others are of the layer shown.
struct SetSize {
    arith::Index value;
    int axis = every_axis;
};
struct SetKernel {
    arith::Index value;
    int axis = every_axis;
};
struct SetStride {
    arith::Index value;
    int axis = every_axis;
};
enum class Side { both, before, after };
struct SetPadding {
    arith::Index value;
    int axis = every_axis;
    Side side = Side::both;
};
struct SetPaddingRule {
    arith::PaddingRule rule;
};  // on every axis, by its numbers
struct SetDilation {
    arith::Index value;
    int axis = every_axis;
};
struct SetOutputPadding {
    arith::Index value;
    int axis = every_axis;
};  // of a transposed layer
struct SetChannels {
    arith::Index in, out;
};  // later layers follow; what a later layer takes in is not free
struct SetGroups {
    arith::Index value;
};
struct SetOp {
    arith::Op op;
};  // what the new kind does not have is dropped: groups, bias, dilation, …
struct SetBias {
    bool on;
};
struct SetPaddingMode {
    arith::PaddingMode mode;
};
struct SetLayerSwitch {
    bool arith::Layer::*of;
    bool on;
};  // one of arith::layer_switches()

// The chain's layers, by their places from 0. The channels of those after a change follow it.
constexpr int most_layers = 64;
struct AddLayer {
    int after;
};  // a 3x3 convolution that keeps the size and the channels; it is shown
struct RemoveLayer {
    int number;
};
struct MoveLayer {
    int from, to;
};
struct DuplicateLayer {
    int number;
};  // the copy stands after it and is shown
struct SetActivation {
    arith::Activation after;
};  // of the layer shown, on the way to the next

// Its data. A tensor is the chain's input, or the weight or bias of the layer shown.
enum class TensorName { input, weight, bias };
// Of a State or a const one; null where the layer shown has none.
template <class AnyState>
auto* tensor_of(AnyState& state, TensorName name) {
    auto& stage = state.stages[state.shown];
    if (name == TensorName::input) return &state.input;
    if (name == TensorName::weight) return stage.layer.is_pooling() ? nullptr : &stage.weight;
    return stage.bias ? &stage.bias : nullptr;
}
struct CellValue {
    arith::Index at;  // in the tensor, row-major
    float value;
    friend bool operator==(const CellValue&, const CellValue&) = default;
};
struct SetCells {
    TensorName tensor;
    std::vector<CellValue> cells;
};
// A table of numbers as one channel of the input, or one plane of the weight: the layer takes its size.
struct SetTable {
    TensorName tensor;
    arith::Index plane;
    arith::Index rows, columns;
    std::vector<float> values;
};
constexpr arith::Index every_plane = -1;
enum class Pattern { ramp, checker, impulse, random, digit, zeros, ones };
struct FillPattern {
    TensorName tensor;
    Pattern pattern;
    std::uint32_t seed = 1;
    arith::Index plane = every_plane;
};
struct FillKernel {
    std::string filter;
    arith::Index plane = every_plane;
};  // the weight, with one of kernel_patterns()

// What is shown, and how.
struct OpenState {
    State state;
    bool as_it_is = false;
};  // a preset or a file; theme, labels and language stay as they are, but where it is a link that says them
struct SetView {
    scene::View view;
};
struct SetTheme {
    std::string name;
};
struct SetSwitch {
    bool scene::Look::*of;
    bool on;
};  // one of scene::look_switches()
struct SetTurn {
    double turn_deg, tilt_deg;
};  // the side from which the volume view looks
struct SetTitle {
    std::string title;
};  // one's own; an empty one leaves the title to the layers again
struct ShowLayer {
    int number;
};  // of a chain, from 0

struct SetLanguage {
    static constexpr bool is_undone = false;  // it is the reader's, not the document's
    scene::Language language;
};

// Moving in time. These are not undone: they change nothing that one could lose.
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

using Action =
    std::variant<SetSize, SetKernel, SetStride, SetPadding, SetPaddingRule, SetDilation, SetOutputPadding, SetChannels,
                 SetGroups, SetOp, SetBias, SetPaddingMode, SetLayerSwitch, AddLayer, RemoveLayer, MoveLayer,
                 DuplicateLayer, SetActivation, SetCells, SetTable, FillPattern, FillKernel, OpenState, SetView,
                 SetTheme, SetSwitch, SetTurn, SetTitle, ShowLayer, OpenPhoto, SetFilter, SetFilterParameter,
                 SetFilterOptions, SetFilterKernels, SetFilterWeight, ReworkKernel, AddFilter, RemoveFilter, MoveFilter,
                 SwitchFilter, SelectFilter, SetFilterStack, SetShownAs, SetPhotoLook, SetWipe, SetPhotoChannel,
                 SetPhotoKernel, SetHistograms, SetLanguage, StepForward, StepBack, TapForward, TapBack, GoToFirst,
                 GoToLast, GoToStep, GoToTap, ChooseCell, SetPhotoPart, ZoomPhoto>;

template <class A>
constexpr bool is_undone() {
    if constexpr (requires { A::is_undone; })
        return A::is_undone;
    else
        return true;
}

// True for the actions that undo takes back.
inline bool is_edit(const Action& action) {
    return std::visit([]<class A>(const A&) { return is_undone<A>(); }, action);
}

}  // namespace convloom::state
