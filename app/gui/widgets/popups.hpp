// Decides what receives the keys: while a list, a popup, a dialog or a text field is open, keys go to it and are not
// shortcuts.
//
// Ask inside an ImGui frame, before anything is drawn: the effects of the last frame on the focus are known then.
#pragma once

namespace convloom::gui {

// A popup or a dialog is open, or a field is typed into.
bool keys_are_taken();

// Handles Tab, arrows, Enter, Space and Esc if they belong to the focus (app/gui/base/focus.hpp); true if one did.
// Arrows belong to it only while the ring is shown; Esc removes the ring, so that arrows step again.
bool take_focus_keys();

// Esc closes the popup or list in front; a dialog handles Esc itself.
void close_popup_on_escape();

// No popup lies over the dialog: keys go to the dialog and not to one of its lists.
bool dialog_is_in_front();
// Esc was pressed in this frame and closed no list.
bool escape_pressed();

}  // namespace convloom::gui
