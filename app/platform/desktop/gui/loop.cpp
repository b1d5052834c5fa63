#include "app/gui/shell/loop.hpp"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <chrono>
#include <thread>

namespace convloom::gui {
namespace {

// Returns false if the time came before any event.
bool wait_for(const Due& due) {
    const double before = glfwGetTime();
    if (due.settles) {
        glfwPollEvents();
        const double rest = due.at_s.value_or(before) - before;
        if (rest > 0) std::this_thread::sleep_for(std::chrono::duration<double>(rest));
        return false;
    }
    if (due.at_s)
        glfwWaitEventsTimeout(std::max(0.001, *due.at_s - before));
    else
        glfwWaitEvents();
    return !due.at_s || glfwGetTime() < *due.at_s;
}

}  // namespace

void run_frames(std::unique_ptr<Frames> frames) {
    try {
        while (!frames->is_over()) frames->frame(wait_for(frames->next()));
    } catch (...) {  // such as out of memory: the program ends, what it shows is kept
        frames->ended();
        throw;
    }
    frames->ended();
}

void wake_frames() {
    glfwPostEmptyEvent();
}

}  // namespace convloom::gui
