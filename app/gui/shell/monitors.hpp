// The monitors of the desktop, from GLFW.
#pragma once
#include "app/gui/base/screen_scale.hpp"

struct GLFWmonitor;

namespace convloom::gui {

struct Box {
    int x = 0, y = 0, width = 0, height = 0;
};

// The monitor that contains the box's centre; null if there is none.
GLFWmonitor* monitor_of(const Box& box);

// What is known of a monitor; nothing for null.
Screen screen_of(GLFWmonitor* monitor, float content_scale);

}  // namespace convloom::gui
