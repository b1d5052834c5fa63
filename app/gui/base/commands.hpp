// The table of keys: everything that handles keys, lists them or names one in a hint reads it.
#pragma once
#include <optional>
#include <span>

namespace convloom::gui {

enum class Command {
    play,
    step_forward,
    step_back,
    tap_forward,
    tap_back,
    first,
    last,
    by_taps,
    repeat,
    slower,
    faster,
    view,
    next_theme,
    zoom_in,
    zoom_out,
    fit,
    present,
    laser,
    full_screen,
    gallery,
    tour,
    tour_next,
    tour_back,
    inspector,
    help,
    palette,
    next_control,
    previous_control,
    next_panel,
    previous_panel,
    leave,
    undo,
    redo,
    open,
    save,
    save_as,
    share,
    save_png,
    save_svg,
    copy_svg,
    copy_png,
    copy_page,
    copy_link,
    paste
};

// Keys as GLFW numbers them, which is ASCII for letters, digits and signs.
struct KeyPress {
    int key = 0;
    bool shift = false, control = false;
    bool other = false;  // Alt or Super, which no command uses
};

enum class KeyGroup { time, view, window, document };

struct Key {
    Command command;
    KeyPress press;
    const char* shows;  // "Shift+Right"
    const char* says;   // English; nullptr if another row already describes it
    KeyGroup group;
};

std::span<const Key> keys();

// The digits are Command::view.
std::optional<Command> command_of(const KeyPress& press);

}  // namespace convloom::gui
