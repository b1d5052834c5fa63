// The monitors of the desktop, and where the window is on them.
#pragma once
#include "app/gui/base/screen_scale.hpp"

struct GLFWmonitor;
struct GLFWwindow;

namespace convloom::gui {

struct Box {
    int x = 0, y = 0, width = 0, height = 0;
};

// The monitor that contains the box's centre; null if there is none.
GLFWmonitor* monitor_of(const Box& box);

Box window_box(GLFWwindow* window);

// What is known of a monitor, of the primary one for null.
Screen screen_of(GLFWmonitor* monitor, float content_scale);
// Of the one that the window is on. Asks the X server several things, so not in every frame.
Screen screen_under(GLFWwindow* window);
// The callback hears of a screen of another scale.
void watch_scale(GLFWwindow* window, void (*changed)(GLFWwindow*));

// The user makes it no smaller than that.
void limit_size(GLFWwindow* window, int least_width, int least_height);

// All of the screen that it is on, and back to where it was.
void fill_screen(GLFWwindow* window);
void leave_full_screen(GLFWwindow* window, const Box& back);

}  // namespace convloom::gui
