#include "app/gui/widgets/views.hpp"

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/widgets/widgets.hpp"

namespace convloom::gui {

using scene::View;

int digit_of(View view) {
    constexpr int photo_digit = 9;
    if (view == View::photo) return photo_digit;
    int digit = 1;
    for (const scene::ViewInfo& info : scene::view_infos()) {
        if (info.view == view) return digit < photo_digit ? digit : 0;
        ++digit;
    }
    return 0;
}

std::vector<ViewTab> views_of(const state::State& state) {
    std::vector<ViewTab> views;
    for (const scene::ViewInfo& info : scene::view_infos()) {
        const bool chain_of_one = info.view == View::chain && state.stages.size() == 1;
        if (chain_of_one || !scene::undrawable(state.layer(), info.view).empty()) continue;
        views.push_back({&info, digit_of(info.view)});
    }
    return views;
}

void go_to_view(Store& store, const ViewTab& view) {
    if (view.info->view == View::photo && !store.state().photo)
        store.say(t("Drop a photo on this window to open it."));
    else if (const std::string why = scene::undrawable(store.state().layer(), view.info->view); !why.empty())
        store.say(t_sentence(why));
    else if (view.info->view == View::chain && store.state().stages.size() == 1)
        store.say(t("The chain view needs two or more layers; add a layer first."));
    else
        store.dispatch(state::SetView{view.info->view});
}

bool view_row(const Store& store, const Style& style, const scene::Theme& theme, const ViewTab& view, bool marked) {
    const bool chosen = store.state().view == view.info->view;
    const float s = style.scale, pad = unit * s, wide = ImGui::GetContentRegionAvail().x;
    const char* says = t(view.info->says.data());
    const Lines lines = lines_of(style.small, says, wide - 5 * pad);
    const float high = style.strong->FontSize + lines.height() + pad;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::PushID(view.digit * 64 + static_cast<int>(view.info->view));
    const bool clicked = ImGui::InvisibleButton("##view", {wide, high});
    note_place(fmt::format("view {}", scene::name_of(view.info->view)).c_str());
    const bool hovered = ImGui::IsItemHovered();
    ImGui::PopID();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (marked && ImGui::IsWindowAppearing()) ImGui::SetScrollHereY();
    if (chosen || hovered || marked) fill_row(at, {wide, high}, style);
    if (chosen)
        list.AddRectFilled({at.x, at.y + pad / 2}, {at.x + 3 * s, at.y + high - pad / 2}, u32(theme.accent), 2 * s);
    ImFont* title = chosen ? style.strong : style.body;
    list.AddText(title, title->FontSize, {at.x + 1.5f * pad, at.y + pad / 4}, u32(theme.text),
                 t(view.info->title.data()));
    lines.draw(list, {at.x + 1.5f * pad, at.y + pad / 4 + title->FontSize}, u32(theme.muted));
    if (view.digit > 0)
        list.AddText(style.small, style.small->FontSize, {at.x + wide - 2 * pad, at.y + pad / 2}, u32(theme.muted),
                     std::to_string(view.digit).c_str());
    return clicked;
}

const char* theme_title(std::string_view name) {
    if (name == "light") return "Light";
    if (name == "dark") return "Dark";
    if (name == "conv_arithmetic") return "Classic";
    if (name == "colour_blind_safe") return "Safe";
    return "Print";
}

}  // namespace convloom::gui
