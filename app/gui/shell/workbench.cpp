#include "app/gui/shell/workbench.hpp"

#include <glad/gl.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <utility>

#include "app/files/link.hpp"
#include "app/gui/base/focus.hpp"
#include "app/gui/base/language.hpp"
#include "app/gui/base/light.hpp"
#include "app/gui/panels/panels.hpp"
#include "app/gui/panels/top_bar.hpp"
#include "app/gui/shell/first_hint.hpp"
#include "app/gui/widgets/number_field.hpp"
#include "app/gui/widgets/popups.hpp"
#include "app/gui/widgets/views.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/state/base/error.hpp"
#include "core/state/words/title.hpp"

namespace convloom::gui {
namespace {

// In a narrower window (in units at scale 1) only one of gallery and inspector is shown at a time.
constexpr float room_for_both = 1120;
// Texts grow with the picture when it uses the whole screen.
constexpr float presenting_scale = 1.4f, room_for_timeline = 900;
constexpr float largest_scale = 4.5f;  // larger glyphs of the fonts would not fit into a texture

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
    if (session.before_tour && interface_.tour.open)
        tour_.take_own(TourPanel::Own{*session.before_tour, session.file_before_tour});
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
    if (tour_.own()) {
        session.before_tour = tour_.own()->state;
        session.file_before_tour = tour_.own()->file;
    }
    documents_.give(session);
    return session;
}

bool Workbench::open_link(std::string_view text) {
    try {
        const state::Link link = files::parse_link(text);
        if (interface_.tour.open) tour_.close(store_, interface_.tour);
        if (!store_.open_link(link)) return false;
        take_page(link.page);
        return true;
    } catch (const Error& error) {
        store_.say(t_sentence(error.what()), true);
        return false;
    }
}

void Workbench::take_page(const state::PageOptions& page) {
    interface_.page = page;
    interface_.tour.open = false;
    interface_.first_hint = false;  // it tells of panels that may be hidden, and of edits that may be locked
    store_.set_locked(page.lock);
    store_.set_playing(page.play);
}

bool Workbench::set_scale(float screen_scale) {
    const float usual = std::max(1.0f, screen_scale) * interface_.scale;
    // Limited to the available room.
    const float larger = std::clamp(ImGui::GetIO().DisplaySize.x / (room_for_timeline * usual), 1.0f, presenting_scale);
    const float scale = std::min(largest_scale, interface_.presenting ? larger * usual : usual);
    const scene::Language wanted = interface_.page.language.value_or(language_of(interface_.language));
    if (scale == scale_ && wanted == language() && has_chinese_ == chinese_was_typed()) return false;
    scale_ = scale;
    has_chinese_ = chinese_was_typed();
    set_language(wanted);
    style_ = make_style(scale, wanted);
    repaint_.forget();
    return true;
}

bool Workbench::is_narrow() const {
    return ImGui::GetIO().DisplaySize.x < room_for_both * style_.scale;
}

bool Workbench::gallery_shown() const {
    return interface_.gallery && !interface_.page.hide_gallery && !(is_narrow() && inspector_shown());
}

bool Workbench::tour_shown() const {
    return interface_.tour.open && !(is_narrow() && inspector_shown());
}

Workbench::Layout Workbench::lay_out() const {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    if (interface_.presenting) return lay_out_presenting();
    const float s = style_.scale, top = interface_.page.hide_top ? 0 : std::round(top_height * s),
                below = interface_.page.hide_timeline ? 0 : std::round(timeline_height * s);
    // The tour takes the gallery's place; in a narrow window either takes turns with the inspector.
    const float left = tour_shown() || network_shown() ? std::round(tour_width * s)
                       : gallery_shown()               ? std::round(gallery_width * s)
                                                       : 0;
    const float right = inspector_shown() ? std::round(std::min(inspector_width * s, size.x / 2)) : 0;
    const float wide = std::max(1.0f, size.x - left - right), high = std::max(1.0f, size.y - top - below);
    return {{0, 0, size.x, top},
            {0, top, left, size.y - top},
            {left, top, wide, high},
            {left, size.y - below, wide, below},
            {size.x - right, top, right, size.y - top}};
}

// Only the canvas; with the tour's text beside it, and the timeline over it for a while. The page stays above the
// timeline, so that nothing is covered or jumps when it appears. A photo that is not stepped through uses the whole
// height.
Workbench::Layout Workbench::lay_out_presenting() const {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const float left = interface_.tour_text && interface_.tour.open
                           ? std::round(std::min(tour_width * style_.scale, size.x * 0.4f))
                           : 0;
    const float bar = std::round(timeline_height * style_.scale), below = presenting_.shows_bar() ? bar : 0;
    return {{},
            {0, 0, left, size.y},
            {left, 0, size.x - left, size.y, store_.state().shows_steps() ? bar : 0},
            {left, size.y - below, size.x - left, below},
            {}};
}

// A network that was opened is shown, wherever it came from; its panel takes the gallery's place.
void Workbench::follow_network() {
    documents_.network().poll(store_);
    const bool open = documents_.network().is_open();
    if (open && !network_open_) {
        interface_.gallery = true;
        interface_.page.hide_gallery = false;
        if (interface_.tour.open) tour_.close(store_, interface_.tour);
        if (is_narrow()) interface_.inspector = false;
    }
    network_open_ = open;
}

void Workbench::draw_tour() {
    panel("tour", style_, layout_.gallery, Edge::right, ImGuiWindowFlags_NoScrollbar,
          [&] { tour_.draw(store_, interface_, style_); });
}

void Workbench::draw_presenting(double now_s) {
    const ImVec2 pointer = ImGui::GetIO().MousePos;
    const bool over_bar = presenting_.shows_bar() && layout_.timeline.holds(pointer.x, pointer.y);
    presenting_.follow_pointer(now_s, over_bar || ImGui::IsAnyItemActive());
    layout_ = lay_out_presenting();
    if (layout_.gallery.width > 0) draw_tour();
    if (!presenting_.shows_bar()) return ImGui::SetMouseCursor(ImGuiMouseCursor_None);
    panel("timeline", style_, layout_.timeline, Edge::top,
          ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse, [&] { draw_timeline(store_, style_); });
    if (draw_way_out(style_, ImGui::GetIO().DisplaySize.x, interface_.tour.open)) run(Command::leave);
}

std::optional<double> Workbench::next_tick_s() const {
    std::optional<double> next = store_.next_tick_s();
    if (const auto press = canvas_.next_tick_s()) next = std::min(next.value_or(*press), *press);
    if (!interface_.presenting) return next;
    if (const auto bar = presenting_.next_tick_s()) next = std::min(next.value_or(*bar), *bar);
    return next;
}

void Workbench::prepare() {
    if (is_waiting()) repaint_.forget();  // a thumbnail may be painted into the texture of an earlier one
    gallery_.make_next(store_);
    documents_.prepare(painter_);
}

void Workbench::frame(double now_s) {
    if (store_.state().language != language()) store_.dispatch(state::SetLanguage{language()});
    store_.tick(now_s);
    begin_focus();
    take_presses();
    follow_network();
    apply_theme(store_.theme());
    begin_light();
    layout_ = lay_out();
    if (!interface_.presenting) {
        if (layout_.top.height > 0)
            panel("top", style_, layout_.top, Edge::bottom,
                  ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse, [&] {
                      const TopBarClick click =
                          draw_top_bar(store_, interface_, gallery_shown(), documents_.recent(), style_);
                      if (click.command) run(*click.command);
                      if (!click.file.empty()) documents_.open(store_, click.file);
                  });
        if (tour_shown())
            draw_tour();
        else if (network_shown())
            panel("network", style_, layout_.gallery, Edge::right, ImGuiWindowFlags_NoScrollbar, [&] {
                if (documents_.network().draw(store_, style_)) documents_.ask_network_picture(store_);
            });
        else if (layout_.gallery.width > 0)
            panel("gallery", style_, layout_.gallery, Edge::right,
                  ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse, [&] {
                      const std::string file = gallery_.draw(store_, documents_.recent(), style_);
                      if (!file.empty()) documents_.open(store_, file);
                  });
        if (layout_.timeline.height > 0)
            panel("timeline", style_, layout_.timeline, Edge::top,
                  ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse,
                  [&] { draw_timeline(store_, style_); });
        if (layout_.inspector.width > 0)
            panel("inspector", style_, layout_.inspector, Edge::left, ImGuiWindowFlags_NoScrollbar,
                  [&] { inspector_.draw(store_, interface_, documents_.photo_save(), style_); });
        presenting_.end();
    } else {
        draw_presenting(now_s);
    }
    if (interface_.help) interface_.help = draw_help(style_, store_.theme());
    ImGui::PushFont(style_.body);
    const Area& c = layout_.canvas;
    const scene::Scene* network = documents_.network().picture(store_, c.width, c.height - c.kept_free);
    canvas_.set_page(network);
    canvas_.interact(store_, interface_, style_, c, now_s);
    if (network)
        documents_.network().point(store_, style_, canvas_.page_to_window(*network, c), canvas_.hovered_on_page(),
                                   canvas_.clicked_on_page());
    documents_.draw(store_, style_, store_.theme(),
                    {c.x + c.width - 2 * unit * style_.scale, c.y + c.height - 2 * unit * style_.scale});
    if (const auto does = palette_.draw(style_, store_.theme())) does();
    if (auto fault = take_number_fault()) store_.say(std::move(*fault), true);
    if (draw_message(store_, style_, {c.x, c.y}, {c.width, c.height}))
        documents_.show_in_folder(store_, store_.message()->file);
    if (interface_.first_hint) interface_.first_hint = draw_first_hint(style_, store_.theme(), c);
    ImGui::PopFont();
    const ImVec2 pointer = ImGui::GetIO().MousePos;
    if (interface_.laser && c.holds(pointer.x, pointer.y) && !ImGui::GetIO().WantCaptureMouse) {
        draw_laser(style_.scale);
        ImGui::SetMouseCursor(ImGuiMouseCursor_None);
    }
    end_focus(style_.scale);
}

PixelBox Workbench::canvas_box(float dense) const {
    const Area& c = layout_.canvas;
    const int x = static_cast<int>(c.x * dense), y = static_cast<int>(c.y * dense);
    return {x, y, static_cast<int>(c.width * dense), static_cast<int>((c.y + c.height) * dense) - y};
}

std::vector<PixelBox> Workbench::changes(int framebuffer_width, int framebuffer_height, double now_s) {
    // A dialog's preview is painted into a texture, which the comparison does not see.
    if (documents_.takes_keys()) repaint_.forget();
    const float dense = ImGui::GetIO().DisplayFramebufferScale.x;
    const scene::Scene& scene = canvas_.shown(store_, now_s);
    return repaint_.boxes({scene, canvas_.page_to_pixels(scene, layout_.canvas, dense), canvas_box(dense),
                           *ImGui::GetDrawData(), framebuffer_width, framebuffer_height});
}

void Workbench::paint(int framebuffer_width, int framebuffer_height, double now_s, const PixelBox* part) {
    const float dense = ImGui::GetIO().DisplayFramebufferScale.x;
    const PixelBox all = part ? *part : PixelBox{0, 0, framebuffer_width, framebuffer_height},
                   canvas = shared(canvas_box(dense), all);
    const auto clip = [&](const PixelBox& box) {
        glScissor(box.x, framebuffer_height - box.y - box.height, box.width, box.height);
    };
    glEnable(GL_SCISSOR_TEST);
    clip(all);
    painter_.clear(store_.scene_on_canvas().background);
    clip(canvas);
    if (!canvas.empty()) {
        const scene::Scene& scene = canvas_.shown(store_, now_s);
        painter_.draw(scene, canvas_.page_to_pixels(scene, layout_.canvas, dense), framebuffer_width,
                      framebuffer_height);
    }
    glDisable(GL_SCISSOR_TEST);
}

std::string Workbench::title() {
    const state::State& s = store_.state();
    std::string file = std::filesystem::path(store_.file()).filename().string();
    if (!file.empty()) file += " – ";
    if (store_.is_changed()) file = "• " + file;
    if (s.view == scene::View::photo)
        return fmt::format("{}{} – {} – Convloom", file, std::filesystem::path(s.photo->path).filename().string(),
                           s.photo->pass().filter);
    return fmt::format("{}{} – {} – Convloom", file, title_of(s),
                       scene::moment_text(places_of(s), s.moment, s.language));
}

}  // namespace convloom::gui
