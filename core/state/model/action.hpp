// Actions: what the user wants, named so. They are values, so that a test can send what a panel sends.
//
// They come in groups, each with a header of its own and a file in core/state/update that carries it out. An action of
// any group is an Action as it stands: dispatch(SetPadding{1}).
//
// Undo takes an action back unless the action itself says `is_undone = false`; its group and its place in it mean
// nothing.
#pragma once
#include <type_traits>
#include <variant>

#include "core/state/model/data_action.hpp"
#include "core/state/model/layer_action.hpp"
#include "core/state/model/look_action.hpp"
#include "core/state/model/moment_action.hpp"
#include "core/state/model/photo_action.hpp"

namespace convloom::state {

using Action = std::variant<LayerAction, DataAction, LookAction, MomentAction, PhotoAction>;

// What a function gives for the action itself, whatever its group.
template <class Function>
auto visit_action(const Function& function, const Action& action) {
    return std::visit([&](const auto& group) { return std::visit(function, group); }, action);
}

template <class A>
bool is(const Action& action) {
    return visit_action([]<class B>(const B&) { return std::is_same_v<A, B>; }, action);
}

template <class A>
constexpr bool is_undone() {
    if constexpr (requires { A::is_undone; })
        return A::is_undone;
    else
        return true;
}

// True for the actions that undo takes back.
inline bool is_edit(const Action& action) {
    return visit_action([]<class A>(const A&) { return is_undone<A>(); }, action);
}

}  // namespace convloom::state
