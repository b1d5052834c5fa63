#include <cmath>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/panels/panels.hpp"
#include "app/gui/widgets/number_field.hpp"
#include "app/gui/widgets/views.hpp"
#include "app/gui/widgets/widgets.hpp"
#include "core/state/words/title.hpp"

namespace convloom::gui {
namespace {

void draw_turn(Store& store, const Style& style) {
    const state::State& s = store.state();
    auto turn = static_cast<float>(s.turn_deg), tilt = static_cast<float>(s.tilt_deg);
    auto angle = [&](const char* place, const char* label, float* degrees, double least, double most) {
        row_label(style, tf(label, std::lround(*degrees)).c_str());
        ImGui::PushID(place);
        ImGui::SetNextItemWidth(-1);
        const bool moved = ImGui::SliderFloat("##angle", degrees, static_cast<float>(least), static_cast<float>(most),
                                              "", ImGuiSliderFlags_AlwaysClamp);
        if (ImGui::IsItemActivated()) store.begin_gesture();
        note_place(place);
        ImGui::PopID();
        return moved;
    };
    const bool turned = angle("turn", "Turn {}°", &turn, -scene::most_turn_deg, scene::most_turn_deg);
    const bool tilted = angle("tilt", "Tilt {}°", &tilt, 0, scene::most_tilt_deg);
    if (turned || tilted) store.dispatch_drag(state::SetTurn{turn, tilt});
}

}  // namespace

void draw_view_panel(Store& store, Interface& interface, const Style& style) {
    const scene::Theme& theme = store.theme();
    const state::State& s = store.state();
    strong_text(style, t("Title"));
    if (const auto title = text_field("title", s.own_title ? s.title : "", -1, state::title_without_own(s)))
        store.dispatch(state::SetTitle{*title});
    hint(t("Your own title; without one it says what the layer is"));
    strong_text(style, t("Theme"));
    std::vector<std::string> names;
    int chosen = 0;
    for (const scene::Theme& other : scene::themes()) {
        if (other.name == s.theme) chosen = static_cast<int>(names.size());
        names.emplace_back(t(theme_title(other.name)));
    }
    if (const auto clicked = choices("theme", names, chosen, style, theme))
        store.dispatch(state::SetTheme{std::string(scene::themes()[*clicked].name)});
    strong_text(style, t("Shown"));
    bool labels = s.labels, numbers = s.numbers, colors = s.value_colors, slices = s.slices, at_once = s.all_at_once;
    if (toggle("labels", t("Labels and shapes"), &labels)) store.dispatch(state::SetLabels{labels});
    if (toggle("numbers", t("Numbers in the stacked view"), &numbers)) store.dispatch(state::SetNumbers{numbers});
    if (toggle("value colors", t("Cells coloured by value"), &colors)) store.dispatch(state::SetValueColors{colors});
    if (s.view == scene::View::volume && s.layer().rank() == 3 && toggle("slices", t("Slices set apart"), &slices))
        store.dispatch(state::SetSlices{slices});
    if (s.view == scene::View::channels && toggle("all at once", t("All channels at once"), &at_once))
        store.dispatch(state::SetAllAtOnce{at_once});
    toggle("reduced motion", t("Reduced motion: nothing slides"), &interface.reduced_motion);
    if (s.view == scene::View::volume) {
        strong_text(style, t("Seen from"));
        draw_turn(store, style);
        if (text_button("reset turn", t("As it was")))
            store.dispatch(state::SetTurn{scene::default_turn_deg, scene::default_tilt_deg});
    }
    if (!section(style, theme, t("Picture"))) return;
    for (const ViewTab& view : views_of(s))
        if (view_row(store, style, theme, view)) go_to_view(store, view);
}

}  // namespace convloom::gui
