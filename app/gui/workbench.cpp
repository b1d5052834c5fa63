#include "app/gui/workbench.hpp"

#include <glad/gl.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <utility>

#include "app/gui/language.hpp"
#include "app/gui/number_field.hpp"
#include "app/gui/panels.hpp"
#include "app/gui/popups.hpp"
#include "app/gui/top_bar.hpp"
#include "app/gui/views.hpp"
#include "core/scene/parts.hpp"
#include "core/state/title.hpp"

namespace convloom::gui {
namespace {

// Narrower than this, in units at scale 1, gallery and inspector take turns.
constexpr float room_for_both = 1120;
constexpr double zoom_step = 1.25;

constexpr ImGuiWindowFlags panel_flags =
    ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoMove |
    ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav;

enum class Edge { left, right, top, bottom };

template <class Draw>
void panel(const char* name, const Style& style, const Area& area, Edge edge, ImGuiWindowFlags more, Draw draw_inside) {
    ImGui::SetNextWindowPos({area.x, area.y});
    ImGui::SetNextWindowSize({area.width, area.height});
    ImGui::Begin(name, nullptr, panel_flags | more);
    ImGui::PushFont(style.body);
    draw_inside();
    ImGui::PopFont();
    // A hairline towards the canvas.
    const float half = style.scale / 2, right = area.x + area.width, bottom = area.y + area.height;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImU32 color = ImGui::GetColorU32(ImGuiCol_Separator);
    list.PushClipRectFullScreen();
    if (edge == Edge::left) list.AddLine({area.x + half, area.y}, {area.x + half, bottom}, color, style.scale);
    if (edge == Edge::right) list.AddLine({right - half, area.y}, {right - half, bottom}, color, style.scale);
    if (edge == Edge::top) list.AddLine({area.x, area.y + half}, {right, area.y + half}, color, style.scale);
    if (edge == Edge::bottom) list.AddLine({area.x, bottom - half}, {right, bottom - half}, color, style.scale);
    list.PopClipRect();
    ImGui::End();
}

}  // namespace

Workbench::Workbench(state::State first, std::function<void()> wake)
    : store_(std::move(first)), gallery_(painter_), documents_(std::move(wake)) {}

void Workbench::take(const Session& session) {
    interface_ = session.interface;
    store_.steps_per_second = session.steps_per_second;
    store_.repeat = session.repeat;
    store_.by_taps = session.by_taps;
    documents_.take(session);
}

Session Workbench::session() const {
    Session session;
    session.state = store_.state();
    session.file = store_.file();
    session.interface = interface_;
    session.steps_per_second = store_.steps_per_second;
    session.repeat = store_.repeat;
    session.by_taps = store_.by_taps;
    session.playing = store_.playing();
    documents_.give(session);
    return session;
}

bool Workbench::set_scale(float screen_scale) {
    const float scale = std::max(1.0f, screen_scale) * interface_.scale;
    const scene::Language wanted = language_of(interface_.language);
    if (scale == scale_ && wanted == language()) return false;
    scale_ = scale;
    set_language(wanted);
    style_ = make_style(scale, wanted);
    return true;
}

bool Workbench::is_narrow() const {
    return ImGui::GetIO().DisplaySize.x < room_for_both * style_.scale;
}

bool Workbench::gallery_shown() const {
    return interface_.gallery && !(is_narrow() && interface_.inspector);
}

Workbench::Layout Workbench::lay_out() const {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    if (interface_.presenting) return {{}, {}, {0, 0, size.x, size.y}, {}, {}};
    const float s = style_.scale, top = std::round(top_height * s), below = std::round(timeline_height * s);
    // The tour takes the gallery's place, and in a narrow window the inspector's too.
    const bool tour = interface_.tour.open;
    const float left = tour ? std::round(tour_width * s) : gallery_shown() ? std::round(gallery_width * s) : 0;
    const float right =
        interface_.inspector && !(tour && is_narrow()) ? std::round(std::min(inspector_width * s, size.x / 2)) : 0;
    const float wide = std::max(1.0f, size.x - left - right), high = std::max(1.0f, size.y - top - below);
    return {{0, 0, size.x, top},
            {0, top, left, size.y - top},
            {left, top, wide, high},
            {left, size.y - below, wide, below},
            {size.x - right, top, right, size.y - top}};
}

void Workbench::prepare() {
    gallery_.make_next(store_);
    documents_.prepare(painter_);
}

void Workbench::frame(double now_s) {
    if (store_.state().language != language()) store_.dispatch(state::SetLanguage{language()});
    store_.tick(now_s);
    take_presses();
    apply_theme(store_.theme());
    layout_ = lay_out();
    if (!interface_.presenting) {
        panel("top", style_, layout_.top, Edge::bottom,
              ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse, [&] {
                  const TopBarClick click =
                      draw_top_bar(store_, interface_, gallery_shown(), documents_.recent(), style_);
                  if (click.command) run(*click.command);
                  if (!click.file.empty()) documents_.open(store_, click.file);
              });
        if (interface_.tour.open)
            panel("tour", style_, layout_.gallery, Edge::right, ImGuiWindowFlags_NoScrollbar,
                  [&] { tour_.draw(store_, interface_.tour, style_); });
        else if (layout_.gallery.width > 0)
            panel("gallery", style_, layout_.gallery, Edge::right, 0, [&] { gallery_.draw(store_, style_); });
        panel("timeline", style_, layout_.timeline, Edge::top,
              ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse,
              [&] { draw_timeline(store_, style_); });
        if (layout_.inspector.width > 0)
            panel("inspector", style_, layout_.inspector, Edge::left, ImGuiWindowFlags_NoScrollbar,
                  [&] { draw_inspector(store_, interface_, documents_.photo_save(), style_); });
    }
    if (interface_.help) interface_.help = draw_help(style_, store_.theme());
    ImGui::PushFont(style_.body);
    canvas_.interact(store_, interface_, style_, layout_.canvas, now_s);
    const Area& c = layout_.canvas;
    documents_.draw(store_, style_, store_.theme(),
                    {c.x + c.width - 2 * unit * style_.scale, c.y + c.height - 2 * unit * style_.scale});
    if (auto fault = take_number_fault()) store_.say(std::move(*fault), true);
    draw_message(store_, style_, {layout_.canvas.x, layout_.canvas.y}, {layout_.canvas.width, layout_.canvas.height});
    ImGui::PopFont();
}

void Workbench::paint(int framebuffer_width, int framebuffer_height, double now_s) {
    const float dense = ImGui::GetIO().DisplayFramebufferScale.x;
    const Area& c = layout_.canvas;
    painter_.clear(store_.scene().background);
    glEnable(GL_SCISSOR_TEST);
    glScissor(static_cast<int>(c.x * dense), framebuffer_height - static_cast<int>((c.y + c.height) * dense),
              static_cast<int>(c.width * dense), static_cast<int>(c.height * dense));
    canvas_.paint(store_, painter_, c, dense, framebuffer_width, framebuffer_height, now_s);
    glDisable(GL_SCISSOR_TEST);
}

bool Workbench::is_moving() const {
    return canvas_.is_moving() || (!interface_.presenting && gallery_.is_waiting());
}

std::string Workbench::title() {
    const state::State& s = store_.state();
    if (s.view == scene::View::photo)
        return fmt::format("{} – {} – Convloom", std::filesystem::path(s.photo->path).filename().string(),
                           s.photo->pass().filter);
    return fmt::format("{} – {} – Convloom", title_of(s), scene::moment_text(places_of(s), s.moment, s.language));
}

void Workbench::take_presses() {
    const bool taken = documents_.takes_keys() || keys_are_taken();
    for (const KeyPress& press : std::exchange(presses_, {}))
        if (!taken) do_press(press);
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
    interface_.tour.open = on;
    if (on) tour_.open_page(store_, interface_.tour);
}

void Workbench::do_view(int digit) {
    for (const ViewTab& view : views_of(store_.state()))
        if (view.digit == digit) return go_to_view(store_, view);
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

// Into the photo where one is shown, else into the page.
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
        case Command::full_screen:
            full_screen_ = !full_screen_;
            break;
        case Command::tour:
            open_tour(!interface_.tour.open);
            break;
        // While presenting too: a pointer's buttons send these keys.
        case Command::tour_next:
        case Command::tour_back:
            if (interface_.tour.open) tour_.turn(store_, interface_.tour, command == Command::tour_next ? 1 : -1);
            break;
        case Command::gallery:
            interface_.tour.open = false;
            interface_.gallery = !gallery_shown();
            if (interface_.gallery && is_narrow()) interface_.inspector = false;
            break;
        case Command::inspector:
            interface_.inspector = !interface_.inspector;
            break;
        case Command::help:
            interface_.help = !interface_.help;
            break;
        case Command::leave:
            if (canvas_.is_pinned())
                canvas_.unpin();
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
            store_.save_frame(".png");
            break;
        case Command::save_svg:
            store_.save_frame(".svg");
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
        case Command::view:
            break;  // do_view()
    }
}

}  // namespace convloom::gui
