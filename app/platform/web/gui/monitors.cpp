// The page is the only screen. The window is measured in canvas pixels, so that the device pixel ratio takes the place
// of the desktop's scale factor.
#include "app/gui/shell/monitors.hpp"

#include <emscripten/html5.h>
#include <GLFW/glfw3.h>

namespace convloom::gui {

GLFWmonitor* monitor_of(const Box&) {
    return nullptr;
}

Box window_box(GLFWwindow* window) {
    Box box;
    glfwGetWindowSize(window, &box.width, &box.height);
    return box;
}

Screen screen_of(GLFWmonitor*, float content_scale) {
    Screen screen;
    screen.content_scale = content_scale;
    screen.scales_itself = true;
    return screen;
}

Screen screen_under(GLFWwindow*) {
    return screen_of(nullptr, static_cast<float>(emscripten_get_device_pixel_ratio()));
}

void watch_scale(GLFWwindow*, void (*)(GLFWwindow*)) {}  // the page's size changes with it

void limit_size(GLFWwindow*, int, int) {}

// The browser refuses this unless a key press or a click caused it; the page then stays as it is.
void fill_screen(GLFWwindow*) {
    emscripten_request_fullscreen("#canvas", true);
}

void leave_full_screen(GLFWwindow*, const Box&) {
    emscripten_exit_fullscreen();
}

}  // namespace convloom::gui
