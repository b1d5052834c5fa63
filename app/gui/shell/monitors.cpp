#include "app/gui/shell/monitors.hpp"

#include <GLFW/glfw3.h>

#include <string_view>

namespace convloom::gui {
namespace {

bool under_x() {
#if GLFW_VERSION_MAJOR > 3 || (GLFW_VERSION_MAJOR == 3 && GLFW_VERSION_MINOR >= 4)
    return glfwGetPlatform() == GLFW_PLATFORM_X11;
#else
    return std::string_view(glfwGetVersionString()).find("X11") != std::string_view::npos;
#endif
}

}  // namespace

GLFWmonitor* monitor_of(const Box& box) {
    int count = 0;
    GLFWmonitor** all = glfwGetMonitors(&count);
    for (int n = 0; n < count; ++n) {
        Box at;
        glfwGetMonitorWorkarea(all[n], &at.x, &at.y, &at.width, &at.height);
        const int x = box.x + box.width / 2 - at.x, y = box.y + box.height / 2 - at.y;
        if (x >= 0 && y >= 0 && x < at.width && y < at.height) return all[n];
    }
    return nullptr;
}

Screen screen_of(GLFWmonitor* monitor, float content_scale) {
    Screen screen;
    screen.content_scale = content_scale;
    screen.scales_itself = !under_x();
    const GLFWvidmode* mode = monitor ? glfwGetVideoMode(monitor) : nullptr;
    if (!mode) return screen;
    screen.width_px = mode->width, screen.height_px = mode->height;
    glfwGetMonitorPhysicalSize(monitor, &screen.width_mm, &screen.height_mm);
    return screen;
}

}  // namespace convloom::gui
