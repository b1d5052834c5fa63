// Where the keyboard is: one control has the focus, with a ring around it once Tab or an arrow brought it there.
//
// A control takes part by noting its place (places.hpp) after it is drawn, so that drawn cards, icons and choices take
// part as fields do. Controls are passed in the order in which they are drawn, those of a group as one; arrows lead to
// the nearest one. What has the focus is pressed through ImGui, which takes it for a click. Only the popup or dialog in
// front takes part while there is one. Dear ImGui's own navigation stays off: it knows no way from one panel to the
// next.
#pragma once

namespace convloom::gui {

// What keys do to a control: a choice leaves Enter to its dialog, a slider takes Left and Right, and Enter types into
// one that shows its value.
enum class ControlKind { button, choice, text, slider, way_out };

// Of the item last drawn by ImGui; note_place() calls it. What takes text is found out.
void note_control(ControlKind kind = ControlKind::button);
// The control noted last is where its group is entered.
void note_chosen();
// It closes a dialog, and is not where one begins.
void note_way_out();

// Between its beginning and its end all controls are one stop of Tab.
class FocusGroup {
  public:
    explicit FocusGroup(const char* name);
    ~FocusGroup();
    FocusGroup(const FocusGroup&) = delete;
    FocusGroup& operator=(const FocusGroup&) = delete;

  private:
    unsigned before_;
};

// At the beginning of an ImGui frame, before anything is drawn, and at its end, which draws the ring.
void begin_focus();
void end_focus(float scale);

bool focus_is_shown();
ControlKind focused_kind();
void hide_focus();

enum class FocusMove { next, previous, next_panel, previous_panel, left, right, up, down };
// False where there is nothing to go to.
bool move_focus(FocusMove move);
// As a click would; a field is typed into.
void press_focused();

// A slider that has the focus learns in this frame that Left or Right was pressed: -1 or 1, else 0.
void nudge_focused(int by);
int nudged();

// The list that is open has keys of its own.
void note_list_keys();

}  // namespace convloom::gui
