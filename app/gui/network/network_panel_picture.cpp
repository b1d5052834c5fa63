// What the panel does for the network's picture on the canvas.
#include <imgui.h>

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/network/network_panel.hpp"
#include "app/gui/widgets/widgets.hpp"

namespace convloom::gui {

const scene::Scene* NetworkPanel::picture(Store& store, double width, double height) {
    if (picture_.is_on() && !picture_.is_followed()) store.set_playing(false);
    picture_.follow(store.state());
    if (!desk_.is_open() || !picture_.is_on()) return nullptr;
    const std::vector<network::Row>& rows = desk_.facts().summary.rows;
    const int node = shown_node(store.state());
    int shown = -1;
    std::set<int> found;
    for (std::size_t n = 0; n < rows.size(); ++n) {
        if (node >= 0 && rows[n].node == node) shown = static_cast<int>(n);
        if (typed_[0] != '\0' && is_found(rows[n], typed_.data())) found.insert(static_cast<int>(n));
    }
    return &picture_.page(desk_, store.state(), store.theme(), width, height, shown, std::move(found));
}

std::optional<scene::Scene> NetworkPanel::saved_picture(const Store& store) const {
    if (!desk_.is_open() || !picture_.is_on()) return {};
    return picture_.saved(desk_, store.state(), store.theme());
}

void NetworkPanel::point(Store& store, const Style& style, const scene::Affine& to_window,
                         const std::optional<scene::Point>& hovered, const std::optional<scene::Point>& clicked) {
    for (const scene::PlacedBox& one : picture_.boxes()) {
        const scene::Point at = to_window({one.place.x, one.place.y}),
                           end = to_window({one.place.right(), one.place.bottom()});
        const std::string name = one.box.rows.empty()
                                     ? desk_.facts().graph.tensors[static_cast<std::size_t>(one.box.tensor)].name
                                     : desk_.facts().summary.rows[static_cast<std::size_t>(one.box.rows.front())].name;
        note_box(("network box " + name).c_str(), static_cast<float>(at.x), static_cast<float>(at.y),
                 static_cast<float>(end.x - at.x), static_cast<float>(end.y - at.y));
    }
    if (const scene::PlacedBox* box = hovered ? picture_.at(*hovered) : nullptr) {
        tell_box(desk_, box->box, style, store.theme());
        if (box->box.kind == scene::BoxKind::block || door_of(desk_, box->box) >= 0)
            ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    }
    const scene::PlacedBox* box = clicked ? picture_.at(*clicked) : nullptr;
    if (box == nullptr) return;
    if (box->box.kind == scene::BoxKind::block) return picture_.open_block(box->box);
    const int node = door_of(desk_, box->box);
    if (node < 0) return;
    if (const std::string missing = desk_.missing(node); !missing.empty()) return store.say(t_sentence(missing), true);
    picture_.set_on(false);
    show(store, node);
}

// Between the picture of the network and the layer that is shown.
void NetworkPanel::draw_switch(const Style& style, const scene::Theme& theme) {
    const std::string names[] = {t("Network"), t("Layer")}, keys[] = {"picture", "layer"};
    if (const auto chosen = choices("network shown", names, picture_.is_on() ? 0 : 1, style, theme, keys))
        picture_.set_on(*chosen == 0);
    ImGui::Dummy({0, 0});
    if (!picture_.is_on() || !picture_.has_open_blocks()) return;
    if (text_button("network close blocks", t("Close all blocks"))) picture_.close_blocks();
}

}  // namespace convloom::gui
