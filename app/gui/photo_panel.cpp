#include <fmt/format.h>

#include "app/gui/language.hpp"
#include "app/gui/panels.hpp"
#include "app/gui/places.hpp"
#include "app/gui/widgets.hpp"

namespace convloom::gui {
namespace {

void draw_filters(Store& store) {
    const state::Photo& photo = *store.state().photo;
    const image::NamedFilter* current = image::filter_named(photo.filter);
    ImGui::SetNextItemWidth(-1);
    const bool open = ImGui::BeginCombo("##filter", current ? t(std::string(current->title).c_str()) : t("Your own kernel"));
    if (!open) note_place("filter");
    if (!open) return;
    for (const image::NamedFilter& filter : image::named_filters()) {
        if (ImGui::Selectable(scene::tr(language(), filter.title).c_str(), &filter == current))
            store.dispatch(state::SetFilter{std::string(filter.name)});
        note_place(fmt::format("filter {}", filter.name).c_str());
    }
    ImGui::EndCombo();
}

// The kernel's weights as fields to type in, laid out as the kernel is.
void draw_weights(Store& store, const Style& style) {
    const image::Kernel kernel = store.state().photo->kernel;
    const float gap = 4 * style.scale;
    const float width = (ImGui::GetContentRegionAvail().x - gap * static_cast<float>(kernel.side - 1)) / static_cast<float>(kernel.side);
    for (int r = 0; r < kernel.side; ++r)
        for (int c = 0; c < kernel.side; ++c) {
            ImGui::PushID(r * kernel.side + c);
            if (c > 0) ImGui::SameLine(0, gap);
            ImGui::SetNextItemWidth(width);
            float weight = kernel.weights[static_cast<std::size_t>(r) * kernel.side + c];
            if (ImGui::InputFloat("##weight", &weight, 0, 0, "%.4g", ImGuiInputTextFlags_AutoSelectAll | ImGuiInputTextFlags_EnterReturnsTrue))
                store.dispatch(state::SetFilterWeight{r, c, weight});
            // Leaving a field with another value keeps it too, as tabbing through a table does.
            else if (ImGui::IsItemDeactivatedAfterEdit())
                store.dispatch(state::SetFilterWeight{r, c, weight});
            note_place(fmt::format("weight {} {}", r, c).c_str());
            ImGui::PopID();
        }
}

}  // namespace

void draw_photo_panel(Store& store, const Style& style) {
    const scene::Theme& theme = store.theme();
    draw_filters(store);
    const image::NamedFilter* filter = image::filter_named(store.state().photo->filter);
    muted_text(style, theme, scene::tr(language(), filter ? filter->says : image::own_kernel_says));
    ImGui::PushFont(style.strong);
    ImGui::TextUnformatted(t("Kernel 3×3"));
    ImGui::PopFont();
    draw_weights(store, style);
    float sum = 0;
    for (float weight : store.state().photo->kernel.weights) sum += weight;
    muted_text(style, theme, sum == 1   ? tf("The weights sum to {:.4g}: brightness is kept.", sum)
                             : sum == 0 ? tf("The weights sum to {:.4g}: even areas become 0.", sum)
                                        : tf("The weights sum to {:.4g}.", sum));
    ImGui::PushFont(style.strong);
    ImGui::TextUnformatted(t("Shown"));
    ImGui::PopFont();
    const std::string ways[] = {t("As it is"), t("Absolute"), t("Signed")};
    if (const auto clicked = choices("shown", ways, static_cast<int>(store.state().photo->shown_as), style, theme))
        store.dispatch(state::SetShownAs{static_cast<image::ShownAs>(*clicked)});
    muted_text(style, theme, t("Drop another photo on the window to open it."));
}

}  // namespace convloom::gui
