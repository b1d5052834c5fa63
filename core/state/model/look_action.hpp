// Actions on what is shown and how: the document, the view, the theme, the language. Implemented in update_look.cpp.
//
// Except for OpenState they change neither layers nor data. A view that cannot draw the layer is refused with the
// reason.
#pragma once
#include <optional>
#include <string>
#include <variant>

#include "core/state/model/state.hpp"

namespace convloom::state {

struct OpenState {
    State state;
    bool as_it_is = false;
};  // a preset or a file; theme, labels and language are kept, unless a link sets them
struct SetView {
    scene::View view;
};
// Shows the current layer beside another one on the same input, in the compare view; without a layer, beside its usual
// contrast.
struct CompareWith {
    std::optional<arith::Layer> layer;
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
};  // the direction from which the volume view is seen
struct SetTitle {
    std::string title;
};  // a title of the user's own; empty: the title follows the layers again
struct ShowLayer {
    int number;
};  // index in the chain, from 0

struct SetLanguage {
    static constexpr bool is_undone = false;  // the language belongs to the reader, not to the document
    scene::Language language;
};

using LookAction =
    std::variant<OpenState, SetView, CompareWith, SetTheme, SetSwitch, SetTurn, SetTitle, ShowLayer, SetLanguage>;

}  // namespace convloom::state
