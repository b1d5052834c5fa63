#include "app/gui/panels/inspector.hpp"

#include "app/gui/base/language.hpp"
#include "app/gui/panels/panels.hpp"
#include "app/gui/widgets/widgets.hpp"

namespace convloom::gui {

void Inspector::draw(Store& store, Interface& interface, PhotoSave& photo_save, const Style& style) {
    const scene::Theme& theme = store.theme();
    const bool photo = store.state().view == scene::View::photo;
    // Its filters are what one opens a photo for.
    const std::string photo_now = photo ? store.state().photo->path : "";
    const bool is_new_photo = photo && photo_now != photo_before_;
    photo_before_ = photo_now;
    if (is_new_photo) interface.tab = InspectorTab::layer;
    const std::string tabs[] = {t(photo ? "Filter" : "Layer"), t("Data"), t("View"), t("Step")};
    if (const auto clicked = choices("tab", tabs, static_cast<int>(interface.tab), style, theme))
        interface.tab = static_cast<InspectorTab>(*clicked);
    ImGui::Dummy({0, 2 * style.scale});
    // The content below the tabs scrolls; each tab keeps its scroll position, and a new photo starts at the top.
    const std::string shows = fmt::format("content {} {}", static_cast<int>(interface.tab), photo);
    ImGui::BeginChild(shows.c_str(), {0, 0}, false, ImGuiWindowFlags_None);
    if (is_new_photo) ImGui::SetScrollY(0);
    ImGui::PushID(static_cast<int>(interface.tab));
    const bool locked = store.locked() && (interface.tab == InspectorTab::layer || interface.tab == InspectorTab::data);
    if (locked) wrapped_text(style.body, locked_sentence());
    ImGui::BeginDisabled(locked);
    switch (interface.tab) {
        case InspectorTab::layer:
            photo ? draw_photo_panel(store, photo_save, style) : layer_.draw(store, style);
            break;
        case InspectorTab::data:
            draw_data_panel(store, interface, style);
            break;
        case InspectorTab::view:
            draw_view_panel(store, interface, style);
            break;
        case InspectorTab::step:
            draw_step_panel(store, style);
            break;
    }
    ImGui::EndDisabled();
    ImGui::PopID();
    ImGui::EndChild();
}

}  // namespace convloom::gui
