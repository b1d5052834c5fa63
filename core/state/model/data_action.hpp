// Actions on the values of tensors, implemented in update_data.cpp.
//
// Cells and planes are indices from 0. An action with an index out of range is refused and changes nothing.
#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/state/model/state.hpp"

namespace convloom::state {

// The chain's input, or the weight or bias of the current layer, or what it takes beside its input.
enum class TensorName { input, weight, bias, side, second_side };
// The number of such a tensor among the layer's side tensors; -1 for the others.
constexpr int side_number(TensorName name) {
    return name == TensorName::side ? 0 : name == TensorName::second_side ? 1 : -1;
}
// Works for a State and a const State; null if the current layer lacks the tensor.
template <class AnyState>
auto* tensor_of(AnyState& state, TensorName name) {
    auto& stage = state.stages[state.shown];
    if (name == TensorName::input) return &state.input;
    if (name == TensorName::weight) return stage.layer.has_weight() ? &stage.weight : nullptr;
    auto& other = name == TensorName::bias ? stage.bias : stage.sides[static_cast<std::size_t>(side_number(name))];
    return other ? &other : nullptr;
}
struct CellValue {
    arith::Index at;  // row-major index in the tensor
    float value;
    friend bool operator==(const CellValue&, const CellValue&) = default;
};
struct SetCells {
    TensorName tensor;
    std::vector<CellValue> cells;
};
// Sets one input channel or one plane of the weight from a table of numbers; the layer takes the table's size. A plane
// of a side tensor takes a table of its own size.
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
};  // fills the weight with one of kernel_patterns()

using DataAction = std::variant<SetCells, SetTable, FillPattern, FillKernel>;

}  // namespace convloom::state
