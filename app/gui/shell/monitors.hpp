// The screens of the desktop, as GLFW knows them.
#pragma once
#include "app/gui/base/screen_scale.hpp"

struct GLFWmonitor;

namespace convloom::gui {

struct Box {
    int x = 0, y = 0, width = 0, height = 0;
};

// The monitor that the box's middle is on; null for none.
GLFWmonitor* monitor_of(const Box& box);

// What is known of it; of none, null, nothing is.
Screen screen_of(GLFWmonitor* monitor, float content_scale);

}  // namespace convloom::gui
