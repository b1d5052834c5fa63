#include "app/paint/xml.hpp"

#include <fmt/format.h>

#include "core/scene/measure/text_metrics.hpp"

namespace convloom::paint {

std::string xml_escaped(std::string_view text) {
    std::string out;
    for (char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                if (static_cast<unsigned char>(c) >= 0x20) out += c;
        }
    }
    return out;
}

std::string num(double value) {
    std::string text = fmt::format("{:.3f}", value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
}

std::string hex_of(scene::Color c) {
    return fmt::format("{:02x}{:02x}{:02x}", c.r, c.g, c.b);
}

std::string heading_of(const scene::Scene& scene) {
    std::string title, moment;
    for (const scene::Plane& plane : scene.planes)
        for (const scene::Item& item : plane.items)
            if (const scene::Text* text = std::get_if<scene::Text>(&item)) {
                if (text->role.mark == scene::Mark::title && title.empty()) title = text->text;
                if (text->role.mark == scene::Mark::moment && moment.empty()) moment = text->text;
            }
    if (title.empty()) return scene.title;
    return moment.empty() ? title : title + ", " + moment;
}

bool has_chinese(const scene::Scene& scene) {
    for (const scene::Plane& plane : scene.planes)
        for (const scene::Item& item : plane.items)
            if (const scene::Text* text = std::get_if<scene::Text>(&item))
                for (std::string_view rest = text->text; !rest.empty();)
                    if (scene::next_character(rest) >= 0x2E80) return true;
    return false;
}

}  // namespace convloom::paint
