// Requests a frame from the browser only when the picture may change: after input, a new page size or a requested
// time.
#include "app/gui/shell/loop.hpp"

#include <emscripten.h>
#include <emscripten/eventloop.h>
#include <emscripten/html5.h>
#include <GLFW/glfw3.h>

#include <algorithm>
#include <utility>

namespace convloom::gui {
namespace {

struct Page {
    std::unique_ptr<Frames> frames;
    bool asked = false;     // for a frame, which is not there yet
    bool happened = false;  // since the last frame
    int timer = 0;
};

// Stays when main() has returned.
Page& page() {
    static auto& one = *new Page;
    return one;
}

void sleep_until_due();

EM_BOOL draw(double, void*) {
    Page& p = page();
    p.asked = false;
    const bool happened = std::exchange(p.happened, false);
    p.frames->frame(happened);
    sleep_until_due();
    return EM_FALSE;
}

void ask() {
    Page& p = page();
    if (std::exchange(p.asked, true)) return;
    if (p.timer != 0) emscripten_clear_timeout(std::exchange(p.timer, 0));
    emscripten_request_animation_frame(draw, nullptr);
}

void sleep_until_due() {
    Page& p = page();
    const Due due = p.frames->next();
    if (due.settles || p.happened) return ask();
    if (!due.at_s) return;
    const double rest_s = std::max(0.0, *due.at_s - glfwGetTime());
    p.timer = emscripten_set_timeout(
        [](void*) {
            page().timer = 0;
            ask();
        },
        rest_s * 1000, nullptr);
}

// Of the page: everything that GLFW hears of, and its size.
// clang-format off
EM_JS(void, listen_to_page, (), {
    const canvas = Module["canvas"];
    const fit = () => {
        const width = Math.max(1, Math.round(canvas.clientWidth * devicePixelRatio));
        const height = Math.max(1, Math.round(canvas.clientHeight * devicePixelRatio));
        if (width != canvas.width || height != canvas.height) Module["setCanvasSize"](width, height);
    };
    const happened = () => _convloom_happened();
    for (const name of["keydown", "keyup", "keypress", "mousemove", "mousedown", "mouseup", "wheel", "touchstart",
                       "touchmove", "touchend", "touchcancel", "focus", "blur", "drop", "mouseenter", "mouseleave"])
        window.addEventListener(name, happened, {capture : true, passive : true});
    new ResizeObserver(() => {
        fit();
        happened();
    }).observe(canvas);
    fit();
});
// clang-format on

}  // namespace

extern "C" EMSCRIPTEN_KEEPALIVE void convloom_happened() {
    Page& p = page();
    p.happened = true;
    if (p.frames) ask();
}

void run_frames(std::unique_ptr<Frames> frames) {
    page().frames = std::move(frames);
    listen_to_page();
    convloom_happened();
}

void wake_frames() {
    convloom_happened();
}

}  // namespace convloom::gui
