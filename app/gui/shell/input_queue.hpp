// What came from the keyboard and the mouse between two frames, handed on frame by frame.
//
// One frame learns of at most one press: only after it is it known whether the next key is a shortcut or belongs to a
// field, a list or a dialog that the press opened or left. ImGui 1.86 looks besides only at which keys and buttons are
// down when a frame begins, so that a press and its release go to two frames.
#pragma once
#include <deque>
#include <vector>

namespace convloom::gui {

struct Input {
    enum class Kind { key, character, button, move };
    Kind kind = Kind::key;
    int code = 0, scancode = 0, action = 0, mods = 0;  // as GLFW has them; a character's code is its code point
    double x = 0, y = 0;                               // of the pointer, for a button and a move
    friend bool operator==(const Input&, const Input&) = default;
};

class InputQueue {
  public:
    // A repeated key that nobody has seen yet is not repeated again, so that a slow window stops when the key does.
    // Moves are kept only where they come between presses and releases.
    void push(const Input& input);
    // For one frame, in order; nothing while the focus moves. What a text field takes as characters needs no frame of
    // its own where it is `typing`.
    std::vector<Input> next_frame(bool typing);
    bool empty() const { return events_.empty(); }

  private:
    std::deque<Input> events_;
    int settling_ = 0;  // frames in which nothing comes, so that the focus is where the last key brought it
};

}  // namespace convloom::gui
