// What the user wants to see, and how: the document, the view, the theme, the language.
#pragma once
#include <string>
#include <variant>

#include "core/state/model/state.hpp"

namespace convloom::state {

struct OpenState {
    State state;
    bool as_it_is = false;
};  // a preset or a file; theme, labels and language stay as they are, except where a link sets them
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

using LookAction = std::variant<OpenState, SetView, SetTheme, SetSwitch, SetTurn, SetTitle, ShowLayer, SetLanguage>;

}  // namespace convloom::state
