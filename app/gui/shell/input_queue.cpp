#include "app/gui/shell/input_queue.hpp"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <set>
#include <utility>

namespace convloom::gui {
namespace {

// ImGui moves the focus to another field, by Tab or when a dialog opens, in the second frame after the request, and
// reports only in the third that text goes to it.
constexpr int focus_frames = 3;

bool is_modifier(const Input& input) {
    return input.kind == Input::Kind::key && input.code >= GLFW_KEY_LEFT_SHIFT && input.code <= GLFW_KEY_RIGHT_SUPER;
}

bool is_press(const Input& input) {
    return (input.kind == Input::Kind::key || input.kind == Input::Kind::button) && input.action != GLFW_RELEASE;
}

bool is_typed(const Input& input) {
    constexpr int other_mods = GLFW_MOD_CONTROL | GLFW_MOD_ALT | GLFW_MOD_SUPER;
    return input.kind == Input::Kind::key && input.code < GLFW_KEY_ESCAPE && (input.mods & other_mods) == 0;
}

}  // namespace

void InputQueue::push(const Input& input) {
    if (input.kind == Input::Kind::move && events_.empty()) return;
    if (input.kind == Input::Kind::move && events_.back().kind == Input::Kind::move) events_.pop_back();
    const bool repeated = input.kind == Input::Kind::key && input.action == GLFW_REPEAT &&
                          std::any_of(events_.begin(), events_.end(), [&](const Input& e) {
                              return e.kind == Input::Kind::key && e.code == input.code && e.action != GLFW_RELEASE;
                          });
    if (!repeated) events_.push_back(input);
}

std::vector<Input> InputQueue::next_frame(bool typing) {
    std::vector<Input> frame;
    if (settling_ > 0) {
        --settling_;
        return frame;
    }
    std::set<std::pair<Input::Kind, int>> changed;
    bool pressed = false, clicked = false, moved = false;
    for (; !events_.empty(); events_.pop_front()) {
        const Input& next = events_.front();
        const bool button = next.kind == Input::Kind::button;
        if (next.kind == Input::Kind::move) {
            if (clicked) break;  // a click belongs to the pointer's position at that time
            moved = true;
        } else if (next.kind != Input::Kind::character) {
            if (pressed || !changed.insert({next.kind, next.code}).second) break;
            if (button && !is_press(next) && moved) break;  // a drag ends at the position of the release
            pressed = is_press(next) && !is_modifier(next) && !(typing && is_typed(next));
            const bool key = next.kind == Input::Kind::key;
            if (pressed && key && (typing || next.code == GLFW_KEY_TAB || (next.mods & GLFW_MOD_CONTROL) != 0))
                settling_ = focus_frames;
            clicked |= button;
        }
        frame.push_back(next);
    }
    return frame;
}

}  // namespace convloom::gui
