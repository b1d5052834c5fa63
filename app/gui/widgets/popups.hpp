// Which keys are whose: while a list, a popup, a dialog or a text field is open, keys are its own and no shortcuts.
//
// Ask inside an ImGui frame, before anything is drawn: what the frame before did to the focus is known then.
#pragma once

namespace convloom::gui {

// A popup or a dialog is open, or a field is typed into.
bool keys_are_taken();

// Tab, arrows, Enter, Space and Esc where they are the focus's (app/gui/base/focus.hpp); true where one was. The arrows
// are its own only once there is a ring; Esc takes the ring away, so that arrows step again.
bool take_focus_keys();

// Esc closes the popup or the list in front; a dialog has its own answer.
void close_popup_on_escape();

// Nothing lies over the dialog: keys are meant for it and not for a list of its own.
bool dialog_is_in_front();
// Esc was pressed in this frame and closed no list.
bool escape_pressed();

}  // namespace convloom::gui
