#include "app/gui/base/commands.hpp"

#include <GLFW/glfw3.h>

namespace convloom::gui {
namespace {

using enum Command;

constexpr Key all_keys[] = {
    {play, {GLFW_KEY_SPACE}, "Space", "Play and pause", KeyGroup::time},
    {step_forward, {GLFW_KEY_RIGHT}, "Right", "One step forward", KeyGroup::time},
    {step_back, {GLFW_KEY_LEFT}, "Left", "One step back", KeyGroup::time},
    {tap_forward, {GLFW_KEY_RIGHT, true}, "Shift+Right", "One tap forward", KeyGroup::time},
    {tap_back, {GLFW_KEY_LEFT, true}, "Shift+Left", "One tap back", KeyGroup::time},
    {first, {GLFW_KEY_HOME}, "Home", "First step", KeyGroup::time},
    {last, {GLFW_KEY_END}, "End", "Last step", KeyGroup::time},
    {by_taps, {GLFW_KEY_T}, "T", "Play tap by tap, or window by window", KeyGroup::time},
    {repeat, {GLFW_KEY_L}, "L", "Play once, in a loop, or back and forth", KeyGroup::time},
    {slower, {GLFW_KEY_LEFT_BRACKET}, "[", "Slower", KeyGroup::time},
    {faster, {GLFW_KEY_RIGHT_BRACKET}, "]", "Faster", KeyGroup::time},

    {Command::view, {GLFW_KEY_1}, "1 … 9", "Views; a digit selects the same view for every layer", KeyGroup::view},
    {zoom_in,
     {GLFW_KEY_EQUAL},
     "+",
     "Zoom in; the wheel zooms at the pointer, in a photo down to its pixels",
     KeyGroup::view},
    {zoom_in, {GLFW_KEY_EQUAL, true}, "+", nullptr, KeyGroup::view},
    {zoom_in, {GLFW_KEY_KP_ADD}, "+", nullptr, KeyGroup::view},
    {zoom_out, {GLFW_KEY_MINUS}, "−", "Zoom out", KeyGroup::view},
    {zoom_out, {GLFW_KEY_KP_SUBTRACT}, "−", nullptr, KeyGroup::view},
    {fit, {GLFW_KEY_0}, "0", "The whole page", KeyGroup::view},
    {next_theme, {GLFW_KEY_D}, "D", "Switch between light and dark", KeyGroup::view},

    {present, {GLFW_KEY_F}, "F", "Present: only the canvas, on the whole screen", KeyGroup::window},
    {laser, {GLFW_KEY_P}, "P", "Laser pointer: show the pointer as a red dot", KeyGroup::window},
    {full_screen, {GLFW_KEY_F11}, "F11", "Full screen", KeyGroup::window},
    {gallery, {GLFW_KEY_G}, "G", "Gallery", KeyGroup::window},
    {tour, {GLFW_KEY_U}, "U", "The guided tour", KeyGroup::window},
    {tour_next, {GLFW_KEY_PAGE_DOWN}, "Page Down", "The tour's next page", KeyGroup::window},
    {tour_back, {GLFW_KEY_PAGE_UP}, "Page Up", "The tour's previous page", KeyGroup::window},
    {inspector, {GLFW_KEY_I}, "I", "Inspector", KeyGroup::window},
    {palette,
     {GLFW_KEY_K, false, true},
     "Ctrl+K",
     "Find a preset, a view, a filter or a command, and run it",
     KeyGroup::window},
    {next_control,
     {GLFW_KEY_TAB},
     "Tab",
     "Go to the next control; then arrows, Enter and Space; Esc returns to the picture",
     KeyGroup::window},
    {previous_control, {GLFW_KEY_TAB, true}, "Shift+Tab", nullptr, KeyGroup::window},
    {next_panel, {GLFW_KEY_F6}, "F6", "Go to the next panel", KeyGroup::window},
    {previous_panel, {GLFW_KEY_F6, true}, "Shift+F6", nullptr, KeyGroup::window},
    {help, {GLFW_KEY_SLASH, true}, "?", "This list", KeyGroup::window},
    {help, {GLFW_KEY_F1}, "F1", nullptr, KeyGroup::window},
    {leave,
     {GLFW_KEY_ESCAPE},
     "Esc",
     "Unpin the cell, leave presenting, or return to the whole photo",
     KeyGroup::window},

    {undo, {GLFW_KEY_Z, false, true}, "Ctrl+Z", "Undo", KeyGroup::document},
    {redo, {GLFW_KEY_Y, false, true}, "Ctrl+Y", "Redo", KeyGroup::document},
    {redo, {GLFW_KEY_Z, true, true}, "Ctrl+Shift+Z", nullptr, KeyGroup::document},
    {open, {GLFW_KEY_O, false, true}, "Ctrl+O", "Open a document, a photo or a network", KeyGroup::document},
    {save, {GLFW_KEY_S, false, true}, "Ctrl+S", "Save the document", KeyGroup::document},
    {save_as, {GLFW_KEY_S, true, true}, "Ctrl+Shift+S", "Save the document under another name", KeyGroup::document},
    {share, {GLFW_KEY_E, false, true}, "Ctrl+E", "Export frames, pages or an animation", KeyGroup::document},
    {save_png, {GLFW_KEY_S}, "S", "Save this frame as PNG", KeyGroup::document},
    {save_svg, {GLFW_KEY_S, true}, "Shift+S", "Save this frame as SVG", KeyGroup::document},
    {copy_png, {GLFW_KEY_C, false, true}, "Ctrl+C", "Copy this frame as a picture", KeyGroup::document},
    {copy_svg, {GLFW_KEY_C, true, true}, "Ctrl+Shift+C", "Copy this frame as SVG text", KeyGroup::document},
    {copy_page, {GLFW_KEY_H, true, true}, "Ctrl+Shift+H", "Copy all steps as a page, HTML text", KeyGroup::document},
    {copy_link, {GLFW_KEY_L, false, true}, "Ctrl+L", "Copy a link to what is shown", KeyGroup::document},
    {paste, {GLFW_KEY_V, false, true}, "Ctrl+V", "Open the picture that was copied", KeyGroup::document},
};

}  // namespace

std::span<const Key> keys() {
    return all_keys;
}

std::optional<Command> command_of(const KeyPress& press) {
    if (press.other) return {};
    if (!press.control && !press.shift && press.key >= GLFW_KEY_1 && press.key <= GLFW_KEY_9) return Command::view;
    for (const Key& key : all_keys)
        if (key.press.key == press.key && key.press.shift == press.shift && key.press.control == press.control)
            return key.command;
    return {};
}

}  // namespace convloom::gui
