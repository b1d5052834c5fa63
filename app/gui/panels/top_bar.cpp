#include "app/gui/panels/top_bar.hpp"

#include <algorithm>
#include <filesystem>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/widgets/list.hpp"
#include "app/gui/widgets/views.hpp"
#include "app/gui/widgets/widgets.hpp"
#include "core/state/words/change_words.hpp"

namespace convloom::gui {
namespace {

constexpr float side = 32, gap = 4, list_side = 18;

// "Undo  Ctrl+Z".
std::string says(Command command, const char* text) {
    for (const Key& key : keys())
        if (key.command == command) return fmt::format("{}  {}", t(text), key.shows);
    return t(text);
}

struct Button {
    Icon icon;
    Command command;
    const char* place;
    const char* text;
    bool on = false, enabled = true;
};

std::optional<Command> draw_buttons(std::initializer_list<Button> buttons, const Style& style,
                                    const scene::Theme& theme) {
    std::optional<Command> clicked;
    bool first = true;
    for (const Button& b : buttons) {
        if (!first) ImGui::SameLine(0, gap * style.scale);
        first = false;
        if (icon_button(style, theme,
                        {.icon = b.icon,
                         .place = b.place,
                         .says = says(b.command, b.text),
                         .on = b.on,
                         .enabled = b.enabled,
                         .side = side}))
            clicked = b.command;
    }
    return clicked;
}

float width_of(int buttons, const Style& style) {
    return (static_cast<float>(buttons) * side + static_cast<float>(buttons - 1) * gap) * style.scale;
}

// The width of "More", behind which the list of views opens.
float more_width(const Style& style) {
    return ImGui::CalcTextSize(t("More")).x + 32 * style.scale;
}

// The views as words, the current one underlined. Those that do not fit are in a list behind the last word.
void draw_views(Store& store, const Style& style, const scene::Theme& theme, float from, float room) {
    std::vector<ViewTab> views = views_of(store.state());
    const float s = style.scale, pad = 10 * s, high = top_height * s;
    auto width = [&](const char* title) { return ImGui::CalcTextSize(title).x + 2 * pad; };
    const float more_wide = more_width(style);
    float all = 0;
    for (const ViewTab& v : views) all += width(t(v.info->short_title.data()));
    std::size_t fits = views.size();
    if (all > room) {
        // The photo is the way back to what the user opened, so it is never in that list.
        std::stable_partition(views.begin(), views.end(),
                              [](const ViewTab& v) { return v.info->view == scene::View::photo; });
        all = more_wide;
        for (fits = 0; fits < views.size() && all + width(t(views[fits].info->short_title.data())) <= room; ++fits)
            all += width(t(views[fits].info->short_title.data()));
    }
    const ImVec2 window = ImGui::GetWindowPos();
    float x = from + std::max(0.0f, (room - all) / 2);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    auto word = [&](const char* id, const char* place, const char* title, float wide, bool chosen) {
        ImGui::SetCursorScreenPos({x, window.y});
        const bool clicked = ImGui::InvisibleButton(id, {wide, high});
        note_place(place);
        if (chosen) note_chosen();
        const bool hovered = ImGui::IsItemHovered();
        list.AddText(style.body, style.body->FontSize, {x + pad, window.y + (high - style.body->FontSize) / 2},
                     u32(chosen || hovered ? theme.text : theme.muted), title);
        if (chosen)
            list.AddRectFilled({x + pad / 2, window.y + high - 4 * s}, {x + wide - pad / 2, window.y + high - s},
                               u32(theme.accent), 2 * s);
        x += wide;
        return clicked;
    };
    const FocusGroup group("views");
    bool shown_in_more = false;
    for (std::size_t n = 0; n < views.size(); ++n) {
        const ViewTab& v = views[n];
        const bool chosen = v.info->view == store.state().view;
        if (n >= fits) {
            shown_in_more |= chosen;
            continue;
        }
        const char* title = t(v.info->short_title.data());
        if (word(v.info->name.data(), fmt::format("tab {}", v.info->name).c_str(), title, width(title), chosen))
            go_to_view(store, v);
        hint(v.digit > 0 ? fmt::format("{}  {}", t(v.info->says.data()), v.digit)
                         : std::string(t(v.info->says.data())));
    }
    if (fits == views.size()) return;
    const float middle = window.y + high / 2, right = x + more_wide;
    if (word("more", "more views", t("More"), more_wide, shown_in_more)) ImGui::OpenPopup("views");
    draw_icon(list, Icon::down, {right - pad - 2 * s, middle + 1 * s}, 5 * s,
              u32(shown_in_more ? theme.text : theme.muted));
    ImGui::SetNextWindowPos({std::max(0.0f, right - 340 * s), window.y + high});
    ImGui::SetNextWindowSize({340 * s, 0});
    if (!ImGui::BeginPopup("views")) return;
    std::vector<ListItem> items;
    int shown = -1;
    for (std::size_t n = fits; n < views.size(); ++n) {
        if (views[n].info->view == store.state().view) shown = static_cast<int>(items.size());
        items.push_back({t(views[n].info->title.data()), "", "", std::string(views[n].info->name)});
    }
    const ListKeys keys = list_keys(items, shown);
    for (std::size_t n = fits; n < views.size(); ++n) {
        const bool marked = static_cast<int>(n - fits) == keys.marked;
        if (view_row(store, style, theme, views[n], marked) || (marked && keys.picked)) {
            go_to_view(store, views[n]);
            ImGui::CloseCurrentPopup();
        }
    }
    ImGui::EndPopup();
}

void draw_settings(Store& store, Interface& interface, const Style& style, const scene::Theme& theme) {
    ImGui::SetNextWindowPos({ImGui::GetWindowPos().x + ImGui::GetWindowWidth() - unit * style.scale,
                             ImGui::GetWindowPos().y + top_height * style.scale},
                            ImGuiCond_Always, {1, 0});
    ImGui::SetNextWindowSize({300 * style.scale, 0});
    if (!ImGui::BeginPopup("settings")) return;
    strong_text(style, t("Size of texts and controls"));
    std::vector<std::string> names;
    int chosen = 1;
    for (float scale : scales) {
        if (std::abs(scale - interface.scale) < 0.01f) chosen = static_cast<int>(names.size());
        names.push_back(fmt::format("{:.0f} %", scale * 100));
    }
    if (const auto clicked = choices("scale", names, chosen, style, theme)) interface.scale = scales[*clicked];
    strong_text(style, t("Theme"));
    std::vector<std::string> themes;
    int theme_now = 0;
    for (const scene::Theme& other : scene::themes()) {
        if (other.name == store.state().theme) theme_now = static_cast<int>(themes.size());
        themes.emplace_back(t(theme_title(other.name)));
    }
    if (const auto clicked = choices("settings theme", themes, theme_now, style, theme))
        store.dispatch(state::SetTheme{std::string(scene::themes()[*clicked].name)});
    strong_text(style, t("Language"));
    const std::string languages[] = {t("System"), "English", "中文"};
    if (const auto clicked = choices("language", languages, static_cast<int>(interface.language), style, theme))
        interface.language = static_cast<LanguageChoice>(*clicked), interface.page.language.reset();
    strong_text(style, t("Motion"));
    toggle("settings motion", t("Reduced motion: nothing slides"), &interface.reduced_motion);
    ImGui::EndPopup();
}

void draw_recent(const std::vector<std::string>& recent, std::optional<Command>& clicked, std::string& file,
                 const Style& style, const scene::Theme& theme) {
    ImGui::SetNextWindowSizeConstraints({280 * style.scale, 0}, {520 * style.scale, FLT_MAX});
    if (!ImGui::BeginPopup("open")) return;
    std::vector<ListItem> items;
    for (const std::string& path : recent)
        items.push_back(
            {std::filesystem::path(path).filename().string(), fmt::format("recent {}", items.size()), path, ""});
    muted_text(style, theme, t("Recent"));
    items.push_back({t("Open another file …"), "open dialog", "", ""});
    if (const auto picked = list_rows(items, 0)) {
        const auto row = static_cast<std::size_t>(*picked);
        if (row < recent.size())
            file = recent[row];
        else
            clicked = Command::open;
    }
    ImGui::EndPopup();
}

// What undo would take back, the next one first; a click takes back everything down to it.
void draw_undo_list(Store& store, const Style& style, const scene::Theme& theme) {
    constexpr std::size_t most_shown = 20;
    ImGui::SetNextWindowPos({ImGui::GetItemRectMin().x, ImGui::GetWindowPos().y + top_height * style.scale});
    ImGui::SetNextWindowSizeConstraints({260 * style.scale, 0}, {520 * style.scale, FLT_MAX});
    if (!ImGui::BeginPopup("undo list")) return;
    muted_text(style, theme, t("Undo back to before …"), 260 * style.scale);
    const std::vector<state::State>& past = store.history().past();
    int wanted = 0;
    for (std::size_t n = 0; n < std::min(past.size(), most_shown); ++n) {
        const state::State& before = past[past.size() - 1 - n];
        const state::State& after = n == 0 ? store.history().now() : past[past.size() - n];
        const std::string words = state::change_words(before, after, language());
        ImGui::PushID(static_cast<int>(n));
        if (ImGui::Selectable(words.c_str())) wanted = static_cast<int>(n) + 1;
        ImGui::PopID();
        note_place(fmt::format("undo {}", n).c_str());
    }
    if (past.size() > most_shown) muted_text(style, theme, tf("and {} more", past.size() - most_shown));
    ImGui::EndPopup();
    if (wanted > 0) store.undo(wanted);
}

void draw_key_group(KeyGroup group, const char* title, float wide, const Style& style) {
    const float s = style.scale, left = ImGui::GetCursorPosX(), names = 96 * s;
    strong_text(style, t(title));
    for (const Key& key : keys()) {
        if (key.group != group || !key.says) continue;
        ImGui::SetCursorPosX(left);
        ImGui::PushFont(style.small_strong);
        ImGui::TextUnformatted(key.shows);
        ImGui::PopFont();
        ImGui::SameLine();
        ImGui::SetCursorPosX(left + names);
        wrapped_text(style.small, t(key.says), wide - names);
    }
    ImGui::Dummy({0, unit * s});
}

}  // namespace

TopBarClick draw_top_bar(Store& store, Interface& interface, bool gallery_shown, const std::vector<std::string>& recent,
                         const Style& style) {
    const scene::Theme& theme = store.theme();
    const float s = style.scale, top = (top_height - side) / 2 * s, edge = unit * s, wide = ImGui::GetWindowWidth();
    const ImVec2 window = ImGui::GetWindowPos();
    ImGui::SetCursorPos({edge, top});
    std::optional<Command> clicked =
        draw_buttons({{Icon::gallery, Command::gallery, "gallery", "Gallery", gallery_shown && !interface.tour.open},
                      {Icon::tour, Command::tour, "tour", "The guided tour", interface.tour.open},
                      {Icon::open, Command::open, "open", "Open a document, a photo or a network"},
                      {Icon::save, Command::save, "save", "Save the document"},
                      {Icon::share, Command::share, "export", "Export frames, pages or an animation"},
                      {Icon::undo, Command::undo, "undo", "Undo", false, store.history().can_undo()},
                      {Icon::redo, Command::redo, "redo", "Redo", false, store.history().can_redo()}},
                     style, theme);
    // With recent files a list to choose from; otherwise the dialog at once.
    if (clicked == Command::open && !recent.empty()) {
        clicked.reset();
        ImGui::OpenPopup("open");
    }
    std::string file;
    draw_recent(recent, clicked, file, style, theme);
    ImGui::SameLine(0, 0);
    if (icon_button(style, theme,
                    {.icon = Icon::down,
                     .place = "undo list",
                     .says = t("What undo would take back"),
                     .enabled = store.history().can_undo(),
                     .side = list_side,
                     .high = side}))
        ImGui::OpenPopup("undo list");
    draw_undo_list(store, style, theme);
    const float left = edge + width_of(7, style) + list_side * s;
    // On a phone held upright there is no room for those that are for a keyboard and a large screen.
    const bool narrow = wide - edge - width_of(5, style) - left < more_width(style) + 4 * edge;
    const float right = wide - edge - width_of(narrow ? 3 : 5, style);
    ImGui::SetCursorPos({right, top});
    if (icon_button(style, theme,
                    {.icon = Icon::fit, .place = "fit", .says = says(Command::fit, "The whole page"), .side = side}))
        clicked = Command::fit;
    ImGui::SameLine(0, gap * s);
    if (icon_button(style, theme, {.icon = Icon::settings, .place = "settings", .says = t("Settings"), .side = side}))
        ImGui::OpenPopup("settings");
    ImGui::SameLine(0, gap * s);
    const Button inspector{Icon::inspector, Command::inspector, "inspector", "Inspector",
                           interface.inspector && !interface.page.hide_inspector};
    const auto more =
        narrow ? draw_buttons({inspector}, style, theme)
               : draw_buttons(
                     {{Icon::help, Command::help, "help", "The list of keys", interface.help},
                      {Icon::present, Command::present, "present", "Present: only the canvas, on the whole screen"},
                      inspector},
                     style, theme);
    if (more) clicked = more;
    draw_settings(store, interface, style, theme);
    draw_views(store, style, theme, window.x + left + 2 * edge, right - left - 4 * edge);
    return {clicked, std::move(file)};
}

bool draw_help(const Style& style, const scene::Theme& theme) {
    const ImVec2 display = ImGui::GetIO().DisplaySize;
    const float s = style.scale, wide = std::min(display.x - 4 * unit * s, 760 * s);
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(display);
    ImGui::PushStyleColor(ImGuiCol_WindowBg, ImVec4(0, 0, 0, 0.45f));
    ImGui::Begin("behind help", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoNav);
    ImGui::PopStyleColor();
    const bool outside = ImGui::IsWindowHovered() && ImGui::IsMouseClicked(0);
    ImGui::End();

    // Two columns of similar height, so that all keys fit in a small window.
    constexpr KeyGroup groups[] = {KeyGroup::time, KeyGroup::document, KeyGroup::view, KeyGroup::window};
    constexpr const char* titles[] = {"Time", "Document", "View", "Window"};
    ImGui::SetNextWindowFocus();
    ImGui::SetNextWindowPos({display.x / 2, display.y / 2}, ImGuiCond_Always, {0.5f, 0.5f});
    ImGui::SetNextWindowSize({wide, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, corner * s);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {3 * unit * s, 2 * unit * s});
    ImGui::Begin("help", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoNav);
    ImGui::PushFont(style.small);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {unit * s, 2 * s});
    for (int half = 0; half < 2; ++half) {  // two groups in each
        if (half > 0) ImGui::SameLine(wide / 2);
        ImGui::BeginGroup();
        for (int g = 2 * half; g < 2 * half + 2; ++g)
            draw_key_group(groups[g], titles[g], wide / 2 - 4 * unit * s, style);
        ImGui::EndGroup();
    }
    ImGui::PopStyleVar();
    ImGui::PushStyleColor(ImGuiCol_Text, vec(theme.muted));
    ImGui::TextUnformatted(
        t("Drag on the canvas to move the picture, or to turn the volume; the right button always moves. Press Esc or "
          "click to close this."));
    ImGui::PopStyleColor();
    ImGui::PopFont();
    const ImVec2 at = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
    note_box("help list", at.x, at.y, size.x, size.y);
    ImGui::End();
    ImGui::PopStyleVar(2);
    return !outside;
}

}  // namespace convloom::gui
