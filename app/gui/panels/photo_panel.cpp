#include <algorithm>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/panels/panels.hpp"
#include "app/gui/panels/photo_controls.hpp"
#include "app/gui/widgets/list.hpp"
#include "app/gui/widgets/widgets.hpp"

namespace convloom::gui {
namespace {

std::string title_of(const image::Pass& pass) {
    const image::NamedFilter* filter = image::filter_named(pass.filter);
    return filter ? t(std::string(filter->title).c_str()) : t("Your own kernel");
}

bool was_dragged() {
    const ImVec2 moved = ImGui::GetMouseDragDelta(ImGuiMouseButton_Left);
    return moved.x != 0 || moved.y != 0;
}

// A dragged row swaps with the rows under the pointer. Every move starts from the row's position at the beginning, so
// that undo takes back the whole drag.
void drag_row(Store& store, int row, int count, const ImVec2& least, float pitch) {
    static int shown_at = -1;
    if (ImGui::IsItemActivated()) {
        store.begin_gesture();
        shown_at = row;
    }
    if (count < 2 || !ImGui::IsItemActive()) return;
    const int over =
        std::clamp(row + static_cast<int>(std::floor((ImGui::GetIO().MousePos.y - least.y) / pitch)), 0, count - 1);
    if (ImGui::IsMouseDragging(ImGuiMouseButton_Left)) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeNS);
    if (over == shown_at || !ImGui::IsMouseDragging(ImGuiMouseButton_Left)) return;
    store.dispatch_drag(state::MoveFilter{row, over});
    shown_at = over;
}

// The filters in order, each with controls to switch it off, move and remove it.
void draw_stack(Store& store, const Style& style) {
    const scene::Theme& theme = store.theme();
    const state::Photo& photo = *store.state().photo;
    const int count = static_cast<int>(photo.stack.size());
    const float side = 26, wide = ImGui::GetContentRegionAvail().x;
    for (int n = 0; n < count; ++n) {
        const image::Pass& pass = photo.stack[static_cast<std::size_t>(n)];
        ImGui::PushID(n);
        const ImVec2 row_top = ImGui::GetCursorScreenPos();
        bool on = pass.on;
        if (ImGui::Checkbox("##on", &on)) store.dispatch(state::SwitchFilter{n, on});
        hint(t("If off, the filter is skipped"));
        note_place(fmt::format("pass {} on", n).c_str());
        ImGui::SameLine(0, 4 * style.scale);
        const float buttons = count > 1 ? 3 * (side + 2) * style.scale : 0;
        if (ImGui::Selectable(fmt::format("{}. {}###row", n + 1, title_of(pass)).c_str(), n == photo.selected, 0,
                              {std::max(40.0f, wide - 34 * style.scale - buttons), 0}) &&
            !was_dragged())
            store.dispatch(state::SelectFilter{n});
        drag_row(store, n, count, row_top, ImGui::GetFrameHeightWithSpacing());
        if (count > 1) hint(t("Drag up or down to reorder"));
        note_place(fmt::format("pass {}", n).c_str());
        if (count > 1) {
            auto button = [&](const char* what, Icon icon, const char* says, bool enabled) {
                ImGui::SameLine(0, 2 * style.scale);
                const std::string place = fmt::format("pass {} {}", n, what);
                return icon_button(
                    style, theme,
                    {.icon = icon, .place = place.c_str(), .says = t(says), .enabled = enabled, .side = side});
            };
            if (button("earlier", Icon::back, "Earlier in the stack", n > 0))
                store.dispatch(state::MoveFilter{n, n - 1});
            if (button("later", Icon::forward, "Later in the stack", n + 1 < count))
                store.dispatch(state::MoveFilter{n, n + 1});
            if (button("remove", Icon::close, "Out of the stack", true)) store.dispatch(state::RemoveFilter{n});
        }
        ImGui::PopID();
    }
}

// A list of all filters that returns the one picked; letters also match its English name.
std::optional<std::string> filter_list(const char* place, const char* shown, const std::string& chosen = "") {
    std::vector<ListItem> items;
    int now = -1;
    for (const image::NamedFilter& filter : image::named_filters()) {
        if (filter.name == chosen) now = static_cast<int>(items.size());
        items.push_back({t(std::string(filter.title).c_str()), fmt::format("{} {}", place, filter.name),
                         t(std::string(filter.says).c_str()), std::string(filter.name)});
    }
    const auto picked = drop_down_list(place, shown, items, now);
    if (!picked) return std::nullopt;
    return std::string(image::named_filters()[static_cast<std::size_t>(*picked)].name);
}

void draw_look(Store& store, const Style& style) {
    const scene::Theme& theme = store.theme();
    const state::Photo& photo = *store.state().photo;
    strong_text(style, t("Seen"));
    bool begun = false;
    const auto heading = [&](const char* text) {
        if (begun) ImGui::Dummy({0, 2 * style.scale});
        begun = true;
        muted_text(style, theme, t(text));
    };
    // Otherwise these are below the canvas, in place of the timeline.
    if (photo.look == scene::PhotoLook::step) {
        heading("What is shown");
        choose_look(store, style, "look");
        heading("How much of the photo");
        choose_part(store, style, "part");
    }
    if (photo.look == scene::PhotoLook::wipe)
        slider_row(store, style, {"wipe", t("Line"), photo.wipe * 100, 0, 100, "%.0f %%"},
                   [](double v) -> state::Action { return state::SetWipe{v / 100}; });
    if (photo.look == scene::PhotoLook::step && photo.working->colour_channels() == 3 &&
        photo.pass().options.channels == image::Channels::each) {
        heading("Channel stepped through");
        const std::string channels[] = {t("Red"), t("Green"), t("Blue")};
        if (const auto clicked = choices("channel", channels, photo.channel, style, theme))
            store.dispatch(state::SetPhotoChannel{*clicked});
    }
    if (photo.look == scene::PhotoLook::step && kernels_of(photo.pass()).kind == image::Kind::magnitude) {
        heading("Kernel stepped through");
        const std::string kernels[] = {t("First kernel"), t("Second kernel")};
        if (const auto clicked = choices("kernel of two", kernels, photo.kernel, style, theme))
            store.dispatch(state::SetPhotoKernel{*clicked});
    }
    heading("Values of the result");
    const std::string ways[] = {t("As it is"), t("Absolute"), t("Signed"), t("Stretched")};
    if (const auto clicked = choices("shown", ways, static_cast<int>(photo.shown_as), style, theme))
        store.dispatch(state::SetShownAs{static_cast<image::ShownAs>(*clicked)});
    ImGui::Dummy({0, 2 * style.scale});
    bool histograms = photo.histograms;
    if (toggle("histograms", t("Histograms"), &histograms)) store.dispatch(state::SetHistograms{histograms});
}

}  // namespace

void draw_photo_panel(Store& store, PhotoSave& save, const Style& style) {
    const scene::Theme& theme = store.theme();
    strong_text(style, t("Filters"));
    draw_stack(store, style);
    if (const auto picked = filter_list("add filter", t("Add a filter …"))) store.dispatch(state::AddFilter{*picked});
    ImGui::Dummy({0, 2 * style.scale});
    const image::Pass& pass = store.state().photo->pass();
    if (const auto picked = filter_list("filter", title_of(pass).c_str(), pass.filter))
        store.dispatch(state::SetFilter{*picked});
    const image::NamedFilter* filter = image::filter_named(pass.filter);
    muted_text(style, theme, t(std::string(filter ? filter->says : image::own_kernel_says).c_str()));
    draw_parameters(store, style);
    draw_kernel(store, style);
    if (section(style, theme, t("Options"), false)) draw_pass_options(store, style);
    draw_look(store, style);
    save.draw(store, style);
}

void draw_photo_bar(Store& store, const Style& style) {
    const float wide = ImGui::GetContentRegionAvail().x, high = ImGui::GetFrameHeight(), gap = 3 * unit * style.scale;
    const float looks = look_choice_width(style), parts = part_choice_width(style);
    auto group = [&](const char* name, float width, auto draw) {
        ImGui::BeginChild(name, {std::min(width, wide), high}, false,
                          ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
        draw();
        ImGui::EndChild();
    };
    const bool one_line = looks + gap + parts <= wide;
    group("looks", looks, [&] { choose_look(store, style, "bar look"); });
    if (one_line) ImGui::SameLine(0, gap);
    group("parts", parts, [&] { choose_part(store, style, "bar part"); });
    if (one_line)
        muted_text(style, store.theme(),
                   t("Turn the wheel over the photo to zoom in, drag to move it, click a pixel to step through it."));
}

}  // namespace convloom::gui
