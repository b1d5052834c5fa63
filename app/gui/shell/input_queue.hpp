// Collects keyboard and mouse input between two frames and delivers it frame by frame.
//
// A frame receives at most one press: only after it is it known whether the next key is a shortcut or belongs to a
// field, a list or a dialog that the press opened or closed. ImGui 1.86 also only looks at keys and buttons that are
// down when a frame begins, so a press and its release go to two frames.
#pragma once
#include <deque>
#include <vector>

namespace convloom::gui {

struct Input {
    enum class Kind { key, character, button, move };
    Kind kind = Kind::key;
    int code = 0, scancode = 0, action = 0, mods = 0;  // as in GLFW; for a character, code is its code point
    double x = 0, y = 0;                               // of the pointer, for a button and a move
    friend bool operator==(const Input&, const Input&) = default;
};

class InputQueue {
  public:
    // A repeated key that is still waiting is not queued again, so that a slow window stops when the key is released.
    // Moves are kept only between presses and releases.
    void push(const Input& input);
    // The input for one frame, in order; nothing while the focus moves. Characters for a text field need no frame of
    // their own while `typing`.
    std::vector<Input> next_frame(bool typing);
    bool empty() const { return events_.empty(); }

  private:
    std::deque<Input> events_;
    int settling_ = 0;  // frames without input, so that the focus arrives where the last key moved it
};

}  // namespace convloom::gui
