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

Box window_box(GLFWwindow* window) {
    Box box;
    glfwGetWindowPos(window, &box.x, &box.y);
    glfwGetWindowSize(window, &box.width, &box.height);
    return box;
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

Screen screen_under(GLFWwindow* window) {
    float content = 1;
    glfwGetWindowContentScale(window, &content, nullptr);
    GLFWmonitor* monitor = monitor_of(window_box(window));
    return screen_of(monitor ? monitor : glfwGetPrimaryMonitor(), content);
}

void watch_scale(GLFWwindow* window, void (*changed)(GLFWwindow*)) {
    static void (*told)(GLFWwindow*) = nullptr;
    told = changed;
    glfwSetWindowContentScaleCallback(window, [](GLFWwindow* w, float, float) { told(w); });
}

void limit_size(GLFWwindow* window, int least_width, int least_height) {
    glfwSetWindowSizeLimits(window, least_width, least_height, GLFW_DONT_CARE, GLFW_DONT_CARE);
}

void fill_screen(GLFWwindow* window) {
    GLFWmonitor* monitor = monitor_of(window_box(window));
    if (!monitor) monitor = glfwGetPrimaryMonitor();
    if (!monitor) return;
    if (const GLFWvidmode* mode = glfwGetVideoMode(monitor))
        glfwSetWindowMonitor(window, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
}

void leave_full_screen(GLFWwindow* window, const Box& back) {
    glfwSetWindowMonitor(window, nullptr, back.x, back.y, back.width, back.height, GLFW_DONT_CARE);
}

}  // namespace convloom::gui
