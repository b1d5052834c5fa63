// What each key does. Key numbers are GLFW's.
#pragma once
#include "app/gui/store.hpp"

namespace convloom::gui {

struct KeyPress {
    int key = 0;
    bool shift = false, control = false;
};

void handle_key(Store& store, const KeyPress& press);

}  // namespace convloom::gui
