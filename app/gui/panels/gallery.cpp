#include "app/gui/panels/gallery.hpp"

#include <glad/gl.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/opengl/scene_texture.hpp"
#include "app/gui/widgets/modal.hpp"
#include "app/gui/widgets/search.hpp"
#include "app/gui/widgets/widgets.hpp"
#include "app/networks/network_file.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/networks/builtin.hpp"

namespace convloom::gui {
namespace {

constexpr const char* sections[] = {"Kinds of convolution", "With numbers", "Arithmetic", "Arithmetic, transposed",
                                    "Seen in other ways"};
constexpr float thumbnail_width = 96, thumbnail_height = 54;

int section_of(const std::string& name) {
    if (name.starts_with("kind_")) return 0;
    if (name.starts_with("numerical_")) return 1;
    if (name.starts_with("more_")) return 4;
    return name.ends_with("_transposed") ? 3 : 2;
}

std::string short_title(const std::string& title, int section) {
    const bool chinese = language() == scene::Language::chinese;
    const std::string_view sign = chinese ? "：" : ": ";
    const auto colon = title.find(sign);
    // A long title is cut at its comma.
    if (colon == std::string::npos) return section == 4 ? title.substr(0, title.find(chinese ? "，" : ",")) : title;
    if (section == 0 || section == 4) return title.substr(0, colon);
    std::string rest = title.substr(colon + sign.size());
    rest[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(rest[0])));
    return rest;
}

}  // namespace

Gallery::Gallery(GlPainter& painter) : painter_(painter) {
    for (const std::string& name : state::preset_names()) {
        Entry entry;
        entry.state = state::preset(name);
        entry.section = section_of(name);
        entry.names = names_of(entry.state.title) + '\n' + names_of(sections[entry.section]) + '\n' + name;
        entries_.push_back(std::move(entry));
    }
}

Gallery::~Gallery() {
    forget_pictures();
}

void Gallery::forget_pictures() {
    for (Entry& entry : entries_) {
        if (entry.texture) glDeleteTextures(1, &entry.texture);
        entry.texture = 0;
    }
}

namespace {

constexpr std::size_t most_files = 5;

// The marked entry, to scroll to it once.
std::string place_shown(const Store& store) {
    const state::State& s = store.state();
    if (s.view == scene::View::photo && s.photo) return s.photo->path;
    return store.file().empty() ? s.name : store.file();
}

enum class FileKind { document, network, photo };

FileKind kind_of(const std::string& file) {
    return file.ends_with(".json")         ? FileKind::document
           : networks::names_network(file) ? FileKind::network
                                           : FileKind::photo;
}

// The recent files of a kind; returns the one picked.
std::string draw_files(const std::vector<std::string>& recent, FileKind kind, const char* title, bool scrolls,
                       const Store& store, const Style& style, const scene::Theme& theme) {
    const FocusGroup group(title);
    const float s = style.scale, high = 26 * s, pad = 4 * s;
    std::string picked;
    std::size_t shown = 0;
    for (std::size_t n = 0; n < recent.size() && shown < most_files; ++n) {
        if (kind_of(recent[n]) != kind) continue;
        if (shown++ == 0) strong_text(style, title);
        const state::State& now = store.state();
        const bool is_open = kind != FileKind::photo
                                 ? store.file() == recent[n]
                                 : now.view == scene::View::photo && now.photo && now.photo->path == recent[n];
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float wide = ImGui::GetContentRegionAvail().x;
        ImGui::PushID(static_cast<int>(n));
        if (ImGui::InvisibleButton("##file", {wide, high})) picked = recent[n];
        ImGui::PopID();
        note_place(fmt::format("gallery file {}", n).c_str());
        if (is_open) note_chosen();
        if (is_open && scrolls) ImGui::SetScrollHereY(0.4f);
        const bool hovered = ImGui::IsItemHovered();
        hint(recent[n]);
        ImDrawList& list = *ImGui::GetWindowDrawList();
        if (is_open || hovered) fill_row(at, {wide, high}, style);
        if (is_open)
            list.AddRectFilled({at.x, at.y + pad}, {at.x + 3 * s, at.y + high - pad}, u32(theme.accent), 2 * s);
        const ImVec4 clip{at.x, at.y, at.x + wide - pad, at.y + high};
        std::string name = std::filesystem::path(recent[n]).filename().string();
        if (name.ends_with(".convloom.json")) name.resize(name.size() - std::string_view(".convloom.json").size());
        list.AddText(style.body, style.body->FontSize, {at.x + 2 * pad, at.y + (high - style.body->FontSize) / 2},
                     u32(theme.text), name.c_str(), nullptr, 0, &clip);
    }
    if (shown > 0) ImGui::Dummy({0, unit * s / 2});
    return picked;
}

}  // namespace

void Gallery::open(const Entry& entry, Store& store) {
    store.open_preset(entry.state);
    store.set_playing(true);
}

// Enter opens the first match.
bool Gallery::draw_search(Store& store, const Style& style, const scene::Theme& theme) {
    const float side = ImGui::GetFrameHeight(), gap = 4 * style.scale;
    const bool typed = typed_[0] != '\0';
    ImGui::SetNextItemWidth(typed ? -side - gap : -1);
    bool changed = ImGui::InputTextWithHint("##search", t("Find an example"), typed_.data(), typed_.size(),
                                            ImGuiInputTextFlags_AutoSelectAll);
    if (changed) note_typed(typed_.data());
    const bool entered = ImGui::IsItemDeactivated() && enter_pressed();
    note_place("gallery search");
    if (typed) {
        ImGui::SameLine(0, gap);
        if (icon_button(style, theme,
                        {.icon = Icon::close,
                         .place = "gallery search clear",
                         .says = t("All examples"),
                         .side = side / style.scale}))
            typed_ = {}, changed = true;
    }
    if (!entered || typed_[0] == '\0') return changed;
    for (const Entry& entry : entries_) {
        if (found_by(entry.names, typed_.data()) == 0) continue;
        open(entry, store);
        typed_ = {};
        return true;
    }
    return changed;
}

std::string Gallery::draw(Store& store, const std::vector<std::string>& recent, const Style& style) {
    const scene::Theme& theme = store.theme();
    const float dense = ImGui::GetIO().DisplayFramebufferScale.x;
    const int width = static_cast<int>(thumbnail_width * style.scale * dense),
              height = static_cast<int>(thumbnail_height * style.scale * dense);
    if (store.state().theme != theme_ || width != width_ || height != height_) {
        forget_pictures();
        theme_ = store.state().theme;
        width_ = width, height_ = height;
    }
    wanted_ = -1;
    const bool other_words = draw_search(store, style, theme);
    // Above the list, which is scrolled to what is shown.
    std::string file = draw_networks(style, theme);
    ImGui::BeginChild("examples");
    if (other_words) ImGui::SetScrollY(0);
    const bool scrolls = scrolled_to_ != place_shown(store);
    if (typed_[0] == '\0') {
        for (const auto& [kind, title] :
             {std::pair(FileKind::document, "Your documents"), std::pair(FileKind::network, "Your networks"),
              std::pair(FileKind::photo, "Your photos")})
            if (std::string picked = draw_files(recent, kind, t(title), scrolls, store, style, theme); !picked.empty())
                file = std::move(picked);
    }
    draw_examples(store, style, theme);
    ImGui::EndChild();
    return file;
}

// The networks that come with the program.
std::string Gallery::draw_networks(const Style& style, const scene::Theme& theme) {
    const FocusGroup group("networks");
    std::string picked;
    bool any = false;
    for (const std::string& name : state::builtin_networks()) {
        const char* says = t("Draw a digit and see how a network reads it");
        if (found_by(lower(name) + '\n' + names_of("Draw a digit and see how a network reads it"), typed_.data()) == 0)
            continue;
        if (!std::exchange(any, true)) strong_text(style, t("Networks"));
        const float s = style.scale, pad = 4 * s, wide = ImGui::GetContentRegionAvail().x;
        const Lines lines = lines_of(style.small, says, wide - 4 * pad);
        const ImVec2 at = ImGui::GetCursorScreenPos(), size{wide, lines.height() + 4 * pad};
        if (ImGui::InvisibleButton(name.c_str(), size)) picked = name;
        note_place(("gallery network " + name).c_str());
        if (ImGui::IsItemHovered()) fill_row(at, size, style);
        lines.draw(*ImGui::GetWindowDrawList(), {at.x + 2 * pad, at.y + 2 * pad}, u32(theme.text));
    }
    if (any) ImGui::Dummy({0, unit * style.scale / 2});
    return picked;
}

void Gallery::draw_examples(Store& store, const Style& style, const scene::Theme& theme) {
    const FocusGroup group("gallery");
    int section = -1;
    bool found = false;
    for (int n = 0; n < static_cast<int>(entries_.size()); ++n) {
        if (found_by(entries_[n].names, typed_.data()) == 0) continue;
        found = true;
        if (entries_[n].section != section) {
            section = entries_[n].section;
            if (ImGui::GetCursorPosY() > ImGui::GetCursorStartPos().y) ImGui::Dummy({0, unit * style.scale / 2});
            ImGui::PushFont(style.strong);
            ImGui::TextUnformatted(t(sections[section]));
            ImGui::PopFont();
        }
        draw_entry(n, store, style, theme);
    }
    if (!found) muted_text(style, theme, t("No example's name contains these words."));
    scrolled_to_ = place_shown(store);
}

void Gallery::draw_entry(int number, Store& store, const Style& style, const scene::Theme& theme) {
    Entry& entry = entries_[number];
    // An edited document that started from a preset is not that preset.
    const bool chosen =
        entry.state.name == store.state().name && store.state().view != scene::View::photo && store.file().empty();
    const float pad = 4 * style.scale, wide = ImGui::GetContentRegionAvail().x;
    const ImVec2 picture{thumbnail_width * style.scale, thumbnail_height * style.scale};
    // As high as a long title needs; the bold type of the selected one must not change it.
    const std::string title = short_title(t(entry.state.title.c_str()), entry.section);
    const float from_left = 2 * pad + picture.x + 2 * pad, room = wide - from_left - pad;
    const float high = std::max(picture.y, lines_of(style.small_strong, title, room).height()) + 2 * pad;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::PushID(number);
    if (ImGui::InvisibleButton("##entry", {wide, high})) open(entry, store);
    note_place(("gallery " + entry.state.name).c_str());
    if (chosen) note_chosen();
    const bool hovered = ImGui::IsItemHovered(), seen = ImGui::IsItemVisible();
    hint(t(entry.state.title.c_str()));
    ImGui::PopID();
    if (chosen && scrolled_to_ != place_shown(store)) ImGui::SetScrollHereY(0.4f);
    if (!seen) return;
    if (!entry.texture && wanted_ < 0) wanted_ = number;

    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (chosen || hovered) fill_row(at, {wide, high}, style);
    if (chosen)
        list.AddRectFilled({at.x, at.y + pad}, {at.x + 3 * style.scale, at.y + high - pad}, u32(theme.accent),
                           2 * style.scale);
    const ImVec2 from{at.x + 2 * pad, std::round(at.y + (high - picture.y) / 2)},
        to{from.x + picture.x, from.y + picture.y};
    if (entry.texture)
        list.AddImageRounded(reinterpret_cast<ImTextureID>(static_cast<std::intptr_t>(entry.texture)), from, to, {0, 1},
                             {1, 0}, IM_COL32_WHITE, pad);
    else
        list.AddRectFilled(from, to, u32(theme.ground), pad);
    list.AddRect(from, to, u32(theme.hairline), pad, 0, style.scale);

    const Lines lines = lines_of(chosen ? style.small_strong : style.small, title, room);
    const ImVec2 text{at.x + from_left, at.y + (high - lines.height()) / 2};
    lines.draw(list, text, u32(theme.text));
    note_box(("gallery title " + entry.state.name).c_str(), text.x, text.y, lines.width(), lines.height());
}

void Gallery::make_next(const Store& store) {
    if (wanted_ < 0) return;
    Entry& entry = entries_[wanted_];
    wanted_ = -1;
    state::State shown = entry.state;
    shown.theme = store.state().theme;
    shown.look.labels = false;
    shown.moment.step = places_of(shown).step_count() / 2;
    const scene::Scene scene = scene_of(shown);
    const scene::Scene* scenes[] = {&scene};
    paint_texture(painter_, scenes, entry.texture, width_, height_);
}

}  // namespace convloom::gui
