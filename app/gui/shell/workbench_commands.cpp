// The workbench's commands, run by keys and buttons.
#include <algorithm>
#include <utility>

#include "app/gui/base/focus.hpp"
#include "app/gui/base/language.hpp"
#include "app/gui/shell/workbench.hpp"
#include "app/gui/widgets/popups.hpp"
#include "app/gui/widgets/views.hpp"

namespace convloom::gui {
namespace {

constexpr double zoom_step = 1.25;

}  // namespace

void Workbench::take_presses() {
    const bool focus = !interface_.help && take_focus_keys(),
               taken = focus || documents_.takes_keys() || keys_are_taken();
    for (const KeyPress& press : std::exchange(presses_, {})) {
        interface_.first_hint = false;
        if (!taken) do_press(press);
    }
    close_popup_on_escape();
}

void Workbench::do_press(const KeyPress& press) {
    if (interface_.help && press.key != 0) {
        interface_.help = false;
        return;
    }
    const std::optional<Command> command = command_of(press);
    if (command == Command::view)
        do_view(press.key - '0');
    else if (command)
        run(*command);
}

void Workbench::open_tour(bool on) {
    if (!on) return tour_.close(store_, interface_.tour);
    if (is_narrow()) interface_.inspector = false;
    if (!interface_.tour.open) tour_.open(store_, interface_.tour);
}

void Workbench::do_view(int digit) {
    for (const scene::ViewInfo& info : scene::view_infos())
        if (digit_of(info.view) == digit) return go_to_view(store_, {&info, digit});
}

void Workbench::change_speed(bool up) {
    double next = store_.steps_per_second;
    for (double speed : speeds)
        if (up ? speed > store_.steps_per_second : speed < store_.steps_per_second) {
            next = speed;
            if (up) break;
        }
    store_.set_speed(next);
    store_.say(tf("{} a second", next));
}

namespace {

bool steps_over_photo(const state::State& s) {
    return s.view == scene::View::photo && s.photo->look == scene::PhotoLook::step;
}

}  // namespace

// Zooms into the photo if one is shown, else into the page.
void Workbench::zoom(double factor) {
    const state::State& s = store_.state();
    if (s.view == scene::View::photo && !steps_over_photo(s))
        store_.dispatch(state::ZoomPhoto{factor});
    else
        canvas_.zoom_by(factor, layout_.canvas);
}

void Workbench::run(Command command) {
    switch (command) {
        case Command::play:
            store_.set_playing(!store_.playing());
            break;
        case Command::step_forward:
            store_.move(state::StepForward{});
            break;
        case Command::step_back:
            store_.move(state::StepBack{});
            break;
        case Command::tap_forward:
            store_.move(state::TapForward{});
            break;
        case Command::tap_back:
            store_.move(state::TapBack{});
            break;
        case Command::first:
            store_.move(state::GoToFirst{});
            break;
        case Command::last:
            store_.move(state::GoToLast{});
            break;
        case Command::by_taps:
            store_.by_taps = !store_.by_taps;
            break;
        case Command::repeat:
            store_.repeat = static_cast<Repeat>((static_cast<int>(store_.repeat) + 1) % 3);
            break;
        case Command::slower:
            change_speed(false);
            break;
        case Command::faster:
            change_speed(true);
            break;
        case Command::next_theme:
            store_.dispatch(state::SetTheme{store_.state().theme == "dark" ? "light" : "dark"});
            break;
        case Command::zoom_in:
            zoom(zoom_step);
            break;
        case Command::zoom_out:
            zoom(1 / zoom_step);
            break;
        case Command::fit:
            canvas_.fit();
            if (store_.state().view == scene::View::photo) store_.dispatch(state::SetPhotoPart{});
            break;
        case Command::present:
            interface_.presenting = !interface_.presenting;
            break;
        case Command::laser:
            interface_.laser = !interface_.laser;
            break;
        case Command::full_screen:
            full_screen_ = !full_screen_;
            break;
        case Command::tour:
            // While presenting, toggles the tour's text.
            if (interface_.presenting) {
                interface_.tour_text = !interface_.tour_text || !interface_.tour.open;
                if (!interface_.tour.open) open_tour(true);
            } else {
                open_tour(!tour_shown());
            }
            break;
        // Also while presenting: the buttons of a presenter send these keys.
        case Command::tour_next:
        case Command::tour_back:
            if (interface_.tour.open) tour_.turn(store_, interface_.tour, command == Command::tour_next ? 1 : -1);
            break;
        case Command::gallery:
            interface_.gallery = interface_.tour.open || !gallery_shown();
            if (interface_.tour.open) open_tour(false);
            if (interface_.gallery) interface_.page.hide_gallery = false;
            if (interface_.gallery && is_narrow()) interface_.inspector = false;
            break;
        case Command::inspector:
            interface_.inspector = !inspector_shown();
            if (interface_.inspector) interface_.page.hide_inspector = false;
            break;
        case Command::palette:
            open_palette();
            break;
        case Command::next_control:
            move_focus(FocusMove::next);
            break;
        case Command::previous_control:
            move_focus(FocusMove::previous);
            break;
        case Command::next_panel:
            move_focus(FocusMove::next_panel);
            break;
        case Command::previous_panel:
            move_focus(FocusMove::previous_panel);
            break;
        case Command::help:
            interface_.help = !interface_.help;
            break;
        case Command::leave:
            if (canvas_.is_pinned())
                canvas_.unpin();
            else if (interface_.laser)
                interface_.laser = false;
            else if (interface_.presenting)
                interface_.presenting = false;
            else if (full_screen_)
                full_screen_ = false;
            else if (steps_over_photo(store_.state()))
                store_.dispatch(state::SetPhotoLook{scene::PhotoLook::side_by_side});
            else
                store_.forget_refusal();
            break;
        case Command::undo:
            store_.undo();
            break;
        case Command::redo:
            store_.redo();
            break;
        case Command::save_png:
            documents_.save_frame(store_, ".png");
            break;
        case Command::save_svg:
            documents_.save_frame(store_, ".svg");
            break;
        case Command::open:
            documents_.ask_open(store_);
            break;
        case Command::save:
            documents_.save(store_);
            break;
        case Command::save_as:
            documents_.ask_save(store_);
            break;
        case Command::share:
            documents_.ask_export(store_);
            break;
        case Command::paste:
            documents_.paste(store_);
            break;
        case Command::copy_png:
            documents_.copy_png(store_);
            break;
        case Command::copy_svg:
            documents_.copy_svg(store_);
            break;
        case Command::copy_page:
            documents_.copy_page(store_);
            break;
        case Command::copy_link:
            documents_.copy_link(store_, interface_.page);
            break;
        case Command::view:
            break;  // do_view()
    }
}

}  // namespace convloom::gui
