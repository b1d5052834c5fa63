#include "app/gui/base/places.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

#include "app/files/files.hpp"
#include "app/gui/base/light.hpp"

namespace convloom::gui {
namespace {

struct Places {
    const char* path = std::getenv("CONVLOOM_PLACES");
    bool kept = path != nullptr;
    std::map<std::string, PlaceBox> now, last;
    std::string written;
};

Places& places() {
    static Places all;
    return all;
}

}  // namespace

void note_box(const char* name, float x, float y, float width, float height) {
    if (places().kept) places().now[name] = {x, y, width, height};
}

void note_place(const char* name, ControlKind kind) {
    draw_light(name);
    note_control(kind);
    if (!places().kept || !ImGui::IsItemVisible()) return;
    const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
    note_box(name, from.x, from.y, to.x - from.x, to.y - from.y);
}

std::string place_of(std::string_view key) {
    std::string place(key);
    std::replace(place.begin(), place.end(), '_', ' ');
    return place;
}

void write_places() {
    Places& p = places();
    if (!p.kept) return;
    p.last = std::exchange(p.now, {});
    if (!p.path) return;
    std::string text = "{";
    for (const auto& [name, box] : p.last)
        text += fmt::format("{}\n\"{}\": [{:.0f}, {:.0f}, {:.0f}, {:.0f}]", text.size() > 1 ? "," : "", name, box.x,
                            box.y, box.width, box.height);
    text += "\n}\n";
    if (text == p.written) return;
    files::write(p.path, text);
    p.written = std::move(text);
}

void keep_places() {
    places().kept = true;
}

std::optional<PlaceBox> place_named(const std::string& name) {
    const auto found = places().last.find(name);
    if (found == places().last.end()) return {};
    return found->second;
}

}  // namespace convloom::gui
