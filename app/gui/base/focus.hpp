// The keyboard focus: one control has it, with a ring around it once Tab or an arrow key moved it there.
//
// A control takes part by recording its position (places.hpp) after it is drawn, so that drawn cards, icons and choices
// take part just as fields do. Tab follows the order of drawing and treats a group as one stop; arrows move to the
// nearest control. A control is activated through ImGui, as a click. While a popup or dialog is open, only the one in
// front takes part. Dear ImGui's own navigation stays off, since it cannot move between panels.
#pragma once

namespace convloom::gui {

// What keys do to a control: Enter on a choice goes to its dialog, Left and Right move a slider, and Enter on a slider
// that shows its value starts typing.
enum class ControlKind { button, choice, text, slider, way_out };

// For the item last drawn by ImGui; called by note_place(). Text fields are detected.
void note_control(ControlKind kind = ControlKind::button);
// Tab enters the group at the control recorded last.
void note_chosen();
// A control that closes a dialog; the focus does not start there.
void note_way_out();

// All controls between its constructor and destructor are one Tab stop.
class FocusGroup {
  public:
    explicit FocusGroup(const char* name);
    ~FocusGroup();
    FocusGroup(const FocusGroup&) = delete;
    FocusGroup& operator=(const FocusGroup&) = delete;

  private:
    unsigned before_;
};

// Call it at the beginning of an ImGui frame, before anything is drawn, and at its end, which draws the ring.
void begin_focus();
void end_focus(float scale);

bool focus_is_shown();
ControlKind focused_kind();
void hide_focus();

enum class FocusMove { next, previous, next_panel, previous_panel, left, right, up, down };
// False if there is no control to move to.
bool move_focus(FocusMove move);
// Activates the control as a click would; in a field it starts typing.
void press_focused();

// Whether Left or Right was pressed in this frame on the focused slider: -1 or 1, else 0.
void nudge_focused(int by);
int nudged();

// An open list handles its own keys.
void note_list_keys();

}  // namespace convloom::gui
