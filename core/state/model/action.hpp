// Actions: user intents as values, so that tests can send what panels send.
//
// They are grouped; each group has a header here and a file in core/state/update that implements it. An action of any
// group converts to Action: dispatch(SetPadding{1}).
//
// Undo reverts an action unless its type declares `is_undone = false`, whatever its group.
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

// Calls the function with the action itself, whatever its group.
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

// Whether undo reverts the action.
inline bool is_edit(const Action& action) {
    return visit_action([]<class A>(const A&) { return is_undone<A>(); }, action);
}

}  // namespace convloom::state
