#include <algorithm>
#include <cmath>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/panels/panels.hpp"
#include "app/gui/widgets/compare_choices.hpp"
#include "app/gui/widgets/number_field.hpp"
#include "app/gui/widgets/views.hpp"
#include "app/gui/widgets/widgets.hpp"
#include "core/state/words/title.hpp"

namespace convloom::gui {
namespace {

constexpr double degrees_a_key = 5;

void draw_turn(Store& store, const Style& style) {
    scene::Look look = store.state().look;
    bool moved = false;
    for (const scene::LookAngle& angle : scene::look_angles()) {
        auto degrees = static_cast<float>(look.*angle.degrees);
        row_label(style, tf(angle.title, std::lround(degrees)).c_str());
        ImGui::PushID(angle.key);
        ImGui::SetNextItemWidth(-1);
        if (ImGui::SliderFloat("##angle", &degrees, static_cast<float>(angle.least), static_cast<float>(angle.most), "",
                               ImGuiSliderFlags_AlwaysClamp | ImGuiSliderFlags_NoInput)) {
            look.*angle.degrees = degrees;
            moved = true;
        }
        if (ImGui::IsItemActivated()) store.begin_gesture();
        note_place(angle.key, ControlKind::slider);
        if (const int by = nudged(); by != 0) {
            store.begin_gesture();
            look.*angle.degrees = std::clamp(look.*angle.degrees + degrees_a_key * by, angle.least, angle.most);
            moved = true;
        }
        ImGui::PopID();
    }
    if (moved) store.dispatch_drag(state::SetTurn{look.turn_deg, look.tilt_deg});
}

}  // namespace

void draw_view_panel(Store& store, Interface& interface, const Style& style) {
    const scene::Theme& theme = store.theme();
    const state::State& s = store.state();
    if (s.view == scene::View::compare) draw_compare_choices(store, style);
    strong_text(style, t("Title"));
    ImGui::BeginDisabled(store.locked());
    if (const auto title = text_field("title", s.own_title ? s.title : "", -1, state::title_without_own(s)))
        store.dispatch(state::SetTitle{*title});
    ImGui::EndDisabled();
    hint(store.locked() ? locked_sentence() : t("Your own title; if empty, the page names the layer"));
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
    for (const scene::LookSwitch& one : scene::look_switches()) {
        bool on = s.look.*one.on;
        if (one.changes(s.view, s.layer().rank()) && toggle(place_of(one.key).c_str(), t(one.title), &on))
            store.dispatch(state::SetSwitch{one.on, on});
    }
    toggle("reduced motion", t("Reduced motion: nothing slides"), &interface.reduced_motion);
    if (s.view == scene::View::volume) {
        strong_text(style, t("Seen from"));
        draw_turn(store, style);
        if (text_button("reset turn", t("Reset")))
            store.dispatch(state::SetTurn{scene::default_turn_deg, scene::default_tilt_deg});
    }
    if (!section(style, theme, t("Picture"))) return;
    const FocusGroup group("views");
    for (const ViewTab& view : views_of(s))
        if (view_row(store, style, theme, view)) go_to_view(store, view);
}

}  // namespace convloom::gui
