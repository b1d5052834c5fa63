#include <algorithm>
#include <cmath>
#include <string_view>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/panels/panels.hpp"
#include "app/gui/widgets/list.hpp"
#include "app/gui/widgets/number_field.hpp"
#include "app/gui/widgets/widgets.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::gui {
namespace {

using arith::Index;

constexpr float button_side = 34, speed_width = 88, bar_height = 22, least_mark_gap = 6;

// A drag along the bar. The further the pointer is from the bar, the finer it moves, so that every step of a long layer
// can be reached.
struct Scrub {
    double at = 0;  // in steps
    float x = 0;    // where the pointer was
};

double fineness(float away) {
    return away < 48 ? 1 : away < 120 ? 0.1 : 0.01;
}

std::string place_text(const arith::Layer& layer, const arith::Step& step) {
    return (layer.out_channels > 1 ? tf("channel {} ", step.channel) : "") +
           scene::cell_text(layer.rank(), step.output);
}

// The bar's steps: the first at its left end and the last at its right, inset so that the handle fits.
struct Track {
    float left = 0, length = 1;  // from the first step to the last
    Index count = 1;
    float x(double step) const {
        return left + length * (count > 1 ? static_cast<float>(step / static_cast<double>(count - 1)) : 1);
    }
    double steps_a_px() const { return static_cast<double>(count - 1) / length; }
    double step(float at) const { return (at - left) * steps_a_px(); }
};

void draw_marks(const arith::Layer& layer, const Track& track, float middle, float scale, const scene::Theme& theme) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Index count = track.count;
    auto marks = [&](Index every, float half, scene::Color color) {
        if (every <= 1 || every >= count || static_cast<double>(every) / track.steps_a_px() < least_mark_gap * scale)
            return;
        for (Index n = every; n < count; n += every) {
            const float x = std::round(track.x(static_cast<double>(n) - 0.5));
            list.AddLine({x, middle - half * scale}, {x, middle + half * scale}, u32(color), scale);
        }
    };
    const arith::Cell extents = arith::output_extents(layer);
    if (layer.rank() > 1) marks(extents[layer.rank() - 1], 6, theme.hairline);
    scene::Color strong = theme.muted;
    marks(arith::Extents(layer).out_volume, 10, strong);
}

// A bar with a mark at the start of each output row and a longer one at each channel; the whole strip can be dragged.
void draw_scrub_bar(Store& store, const Style& style, const scene::Theme& theme, float width, float height) {
    static Scrub scrub;
    const arith::Recording places = places_of(store.state());
    const Index count = places.step_count();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::InvisibleButton("##scrub", {width, height});
    note_place("scrub", ControlKind::slider);
    if (const int by = nudged(); by != 0) store.move(by > 0 ? state::Action{state::StepForward{}} : state::StepBack{});
    const bool hovered = ImGui::IsItemHovered(), active = ImGui::IsItemActive();
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const float reach = 8 * style.scale;
    const Track track{at.x + reach, std::max(1.0f, width - 2 * reach), count};
    const double steps_a_px = track.steps_a_px();
    auto clamped = [&](double step) { return std::clamp<Index>(std::llround(step), 0, count - 1); };
    if (ImGui::IsItemActivated()) scrub = {track.step(mouse.x), mouse.x};
    if (active) {
        const float away = std::max(0.0f, std::abs(mouse.y - (at.y + height / 2)) - height / 2) / style.scale;
        if (fineness(away) == 1 && steps_a_px <= 1)
            scrub.at = track.step(mouse.x);
        else
            scrub.at += (mouse.x - scrub.x) * steps_a_px * fineness(away);
        scrub.x = mouse.x;
        const Index step = clamped(scrub.at);
        if (step != store.state().moment.step || store.playing()) store.move(state::GoToStep{step});
    }
    if (hovered && ImGui::GetIO().MouseWheel != 0)
        store.move(ImGui::GetIO().MouseWheel < 0 ? state::Action{state::StepForward{}} : state::StepBack{});

    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float middle = std::round(at.y + height / 2), half = 3 * style.scale;
    list.AddRectFilled({at.x, middle - half}, {at.x + width, middle + half}, ImGui::GetColorU32(ImGuiCol_FrameBgActive),
                       half);
    draw_marks(places.layer(), track, middle, style.scale, theme);
    const Index now = store.state().moment.step;
    const float x = track.x(static_cast<double>(now)), r = (hovered || active ? 9 : 8) * style.scale;
    const float filled = now + 1 == count ? at.x + width : x;
    list.AddRectFilled({at.x, middle - half}, {filled, middle + half}, u32(theme.accent), half);
    note_box("scrub thumb", x - r, middle - r, 2 * r, 2 * r);
    list.AddCircleFilled({x, middle}, r, u32(theme.accent), 24);
    list.AddCircleFilled({x, middle}, r - 3 * style.scale, u32(theme.panel), 24);
    if (!hovered && !active) return;
    const Index pointed = active ? now : clamped(track.step(mouse.x));
    std::string says = tf("Step {} of {}: output {}", scene::count_text(pointed + 1), scene::count_text(count),
                          place_text(store.state().layer(), places.step(pointed)));
    if (steps_a_px > 1)
        says += std::string("\n") + t("Drag away from the bar for fine control; the wheel moves one step at a time.");
    // Not over the buttons below.
    show_hint_above(says, mouse.x, at.y - 2 * style.scale);
}

// "Step [3] of 9": a field, so that any step can be typed.
void draw_moment(Store& store, const Style& style, const scene::Theme& theme, float room) {
    const arith::Recording places = places_of(store.state());
    const scene::Moment moment = store.state().moment;
    const Index count = places.step_count();
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(t("Step"));
    ImGui::SameLine();
    const float width = ImGui::CalcTextSize(scene::count_text(count).c_str()).x + 3 * unit * style.scale;
    if (const auto step =
            number_field("step", std::to_string(moment.step + 1), std::max(width, 44 * style.scale), NumberKind::whole))
        store.move(state::GoToStep{static_cast<Index>(*step) - 1});
    ImGui::SameLine();
    std::string of = tf("of {}", scene::count_text(count));
    if (moment.tap >= 0) {
        const std::string tap = scene::count_text(moment.tap + 1),
                          taps = scene::count_text(places.tap_count(places.step(moment.step)));
        const std::string in_full = of + tf(",  tap {} of {}", tap, taps);
        of = ImGui::GetCursorPosX() + ImGui::CalcTextSize(in_full.c_str()).x < room
                 ? in_full
                 : fmt::format("{} · {}/{}", of, tap, taps);
    }
    ImGui::PushStyleColor(ImGuiCol_Text, vec(theme.muted));
    ImGui::TextUnformatted(of.c_str());
    ImGui::PopStyleColor();
}

// All seven buttons, or as many pairs around the middle one as there is room for.
void draw_transport(Store& store, const Style& style, const scene::Theme& theme, int pairs) {
    struct Button {
        Icon icon;
        const char* place;
        const char* says;
        state::Action action;
    };
    const Button before[] = {{Icon::first, "first", "First step  Home", state::GoToFirst{}},
                             {Icon::back, "back", "One step back  Left", state::StepBack{}},
                             {Icon::tap_back, "tap back", "One tap back  Shift+Left", state::TapBack{}}};
    const Button after[] = {{Icon::tap_forward, "tap forward", "One tap forward  Shift+Right", state::TapForward{}},
                            {Icon::forward, "forward", "One step forward  Right", state::StepForward{}},
                            {Icon::last, "last", "Last step  End", state::GoToLast{}}};
    auto draw = [&](const Button& b) {
        if (icon_button(style, theme, {.icon = b.icon, .place = b.place, .says = t(b.says), .side = button_side}))
            store.move(b.action);
        ImGui::SameLine(0, 4 * style.scale);
    };
    // If there is little room, the product buttons are dropped first, then the first and last step.
    const auto is_drawn = [pairs](const Button& b) {
        const std::string_view place = b.place;
        return pairs > (place.starts_with("tap") ? 2 : place == "first" || place == "last" ? 1 : 0);
    };
    for (const Button& b : before)
        if (is_drawn(b)) draw(b);
    const bool playing = store.playing();
    if (icon_button(style, theme,
                    {.icon = playing ? Icon::pause : Icon::play,
                     .place = "play",
                     .says = t(playing ? "Pause  Space" : "Play  Space"),
                     .filled = true,
                     .side = button_side}))
        store.set_playing(!playing);
    ImGui::SameLine(0, 4 * style.scale);
    for (const Button& b : after)
        if (is_drawn(b)) draw(b);
}

void draw_speed(Store& store, const Style& style) {
    ImGui::SetNextItemWidth(speed_width * style.scale);
    std::vector<ListItem> items;
    int now = -1;
    for (double speed : speeds) {
        if (speed == store.steps_per_second) now = static_cast<int>(items.size());
        items.push_back({tf("{}/s", speed), fmt::format("speed {}", speed), "", ""});
    }
    if (const auto picked = drop_down_list("speed", tf("{}/s", store.steps_per_second), items, now, true,
                                           t("Steps per second  [ and ]")))
        store.set_speed(speeds[*picked]);
}

void draw_switches(Store& store, const Style& style, const scene::Theme& theme) {
    if (icon_button(style, theme,
                    {.icon = store.by_taps ? Icon::products : Icon::windows,
                     .place = "by taps",
                     .says = t(store.by_taps ? "Plays tap by tap; click for whole windows  T"
                                             : "Plays window by window; click for every tap  T"),
                     .on = store.by_taps,
                     .side = button_side}))
        store.by_taps = !store.by_taps;
    ImGui::SameLine(0, 4 * style.scale);
    constexpr Icon icons[] = {Icon::once, Icon::loop, Icon::ping_pong};
    constexpr const char* says[] = {"Plays once; click to play in a loop  L",
                                    "Plays in a loop; click to play back and forth  L",
                                    "Plays back and forth; click to play once  L"};
    const int now = static_cast<int>(store.repeat);
    if (icon_button(style, theme,
                    {.icon = icons[now],
                     .place = "repeat",
                     .says = t(says[now]),
                     .on = store.repeat != Repeat::once,
                     .side = button_side}))
        store.repeat = static_cast<Repeat>((now + 1) % 3);
    ImGui::SameLine(0, 4 * style.scale);
}

}  // namespace

void draw_timeline(Store& store, const Style& style) {
    const scene::Theme& theme = store.theme();
    if (!store.state().shows_steps()) return draw_photo_bar(store, style);
    const float wide = ImGui::GetContentRegionAvail().x, gap = 4 * style.scale;
    draw_scrub_bar(store, style, theme, wide, bar_height * style.scale);
    const float left = ImGui::GetCursorPosX(), top = ImGui::GetCursorPosY() - 2 * style.scale;
    const float speed = speed_width * style.scale, switches = 2 * (button_side * style.scale + gap);
    const auto width = [&](int pairs) {
        return static_cast<float>(2 * pairs + 1) * button_side * style.scale + static_cast<float>(2 * pairs) * gap;
    };
    int pairs = 3;
    while (pairs > 0 && width(pairs) + switches + speed + gap > wide) --pairs;
    const float transport = width(pairs);
    const bool has_switches = transport + switches + speed + gap <= wide;
    // Fields are centred on the buttons.
    const float fields = top + (button_side * style.scale - ImGui::GetFrameHeight()) / 2;
    const float modes = speed + (has_switches ? switches : 0);
    const float text = wide - transport - modes - 4 * unit * style.scale;
    const bool roomy = text > 150 * style.scale;
    // The play button stays in the middle if there is room.
    const float middle = left + std::min((wide - transport) / 2, wide - modes - transport - 2 * unit * style.scale);
    const float buttons = roomy ? std::max(middle, left + 150 * style.scale) : left;
    if (roomy) {
        ImGui::SetCursorPos({left, fields});
        draw_moment(store, style, theme, buttons - unit * style.scale);
    }
    ImGui::SetCursorPos({buttons, top});
    draw_transport(store, style, theme, pairs);
    ImGui::SetCursorPos({left + wide - modes, top});
    if (has_switches) draw_switches(store, style, theme);
    ImGui::SetCursorPos({left + wide - speed, fields});
    draw_speed(store, style);
}

namespace {

constexpr const char* show_words = "Show in folder";

// A button in the message's colours, the inverted colours of the interface.
bool draw_show(const Style& style, const scene::Theme& theme, ImVec2 at) {
    ImGui::SetNextWindowPos(at);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, style.scale);
    ImGui::PushStyleColor(ImGuiCol_WindowBg, vec(theme.text));
    ImGui::PushStyleColor(ImGuiCol_Text, vec(theme.ground));
    ImGui::PushStyleColor(ImGuiCol_Border, vec(theme.ground));
    for (const ImGuiCol part : {ImGuiCol_Button, ImGuiCol_ButtonHovered, ImGuiCol_ButtonActive})
        ImGui::PushStyleColor(part, vec(part == ImGuiCol_Button ? theme.text : theme.muted));
    ImGui::Begin("message", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoMove);
    const bool clicked = text_button("show in folder", t(show_words));
    ImGui::End();
    ImGui::PopStyleColor(6);
    ImGui::PopStyleVar(2);
    return clicked;
}

}  // namespace

bool draw_message(const Store& store, const Style& style, ImVec2 canvas_at, ImVec2 canvas_size) {
    if (!store.message()) return false;
    const scene::Theme& theme = store.theme();
    const float most = std::min(canvas_size.x - 4 * unit * style.scale, 640 * style.scale);
    const float pad = 12 * style.scale;
    const Lines lines = lines_of(style.body, store.message()->text, most - 2 * pad);
    ImVec2 size{lines.width(), lines.height()};
    ImGui::PushFont(style.body);
    const bool shows = !store.message()->file.empty();
    const float text_high = size.y;
    if (shows) {
        size.x = std::max(size.x, ImGui::CalcTextSize(t(show_words)).x + 2 * unit * style.scale);
        size.y += ImGui::GetFrameHeight() + unit * style.scale;
    }
    ImGui::PopFont();
    const ImVec2 at = {std::round(canvas_at.x + (canvas_size.x - size.x) / 2),
                       std::round(canvas_at.y + canvas_size.y - size.y - 3 * pad)};
    // Below the button's window, where there is one.
    ImDrawList& list = shows ? *ImGui::GetBackgroundDrawList() : *ImGui::GetForegroundDrawList();
    list.AddRectFilled({at.x - pad, at.y - pad / 2}, {at.x + size.x + pad, at.y + size.y + pad / 2}, u32(theme.text),
                       corner * style.scale);
    if (store.message()->is_fault)  // a bar at its left, so that colour is not the only sign
        list.AddRectFilled({at.x - pad, at.y - pad / 2}, {at.x - pad + 5 * style.scale, at.y + size.y + pad / 2},
                           u32(theme.refused));
    lines.draw(list, at, u32(theme.ground));
    return shows && draw_show(style, theme, {at.x, at.y + text_high + unit * style.scale});
}

}  // namespace convloom::gui
