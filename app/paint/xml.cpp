#include "app/paint/xml.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>

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

void add_num(std::string& out, double value) {
    // Most coordinates are plainly nearer to one thousandth than to the next; the formatter decides between the rest.
    const double thousandths = std::abs(value) * 1000, whole = std::floor(thousandths), rest = thousandths - whole;
    if (!(thousandths < 1e9) || std::abs(rest - 0.5) < 1e-4) {
        std::string text = fmt::format("{:.3f}", value);
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') text.pop_back();
        out += text == "-0" ? "0" : text;
        return;
    }
    const auto number = static_cast<std::uint32_t>(whole) + (rest > 0.5 ? 1u : 0u);
    if (value < 0 && number > 0) out += '-';
    const fmt::format_int integer(number / 1000);
    out.append(integer.data(), integer.size());
    std::uint32_t part = number % 1000;
    if (part == 0) return;
    out += '.';
    for (std::uint32_t unit = 100; part > 0; unit /= 10) {
        out += static_cast<char>('0' + part / unit);
        part %= unit;
    }
}

std::string num(double value) {
    std::string text;
    add_num(text, value);
    return text;
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
