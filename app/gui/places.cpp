#include "app/gui/places.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include <cstdlib>
#include <map>
#include <string>

#include "app/files/files.hpp"

namespace convloom::gui {
namespace {

struct Places {
    const char* path = std::getenv("CONVLOOM_PLACES");
    std::map<std::string, std::string> now;
    std::string written;
};

Places& places() {
    static Places all;
    return all;
}

}  // namespace

void note_box(const char* name, float x, float y, float width, float height) {
    if (places().path) places().now[name] = fmt::format("[{:.0f}, {:.0f}, {:.0f}, {:.0f}]", x, y, width, height);
}

void note_place(const char* name) {
    if (!places().path) return;
    const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
    if (ImGui::IsItemVisible()) note_box(name, from.x, from.y, to.x - from.x, to.y - from.y);
}

void write_places() {
    Places& p = places();
    if (!p.path) return;
    std::string text = "{";
    for (const auto& [name, box] : p.now) text += fmt::format("{}\n\"{}\": {}", text.size() > 1 ? "," : "", name, box);
    text += "\n}\n";
    p.now.clear();
    if (text == p.written) return;
    files::write(p.path, text);
    p.written = std::move(text);
}

}  // namespace convloom::gui
