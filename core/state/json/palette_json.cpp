#include "core/state/json/palette_json.hpp"

#include <algorithm>

#include "core/scene/page/scene_json.hpp"
#include "core/state/base/edit_distance.hpp"

namespace convloom::state {
namespace {

constexpr std::string_view not_a_palette = "This is not a palette";

std::string theme_names() {
    std::string names;
    for (const scene::Theme& theme : scene::themes())
        names += fmt::format("{}{}", names.empty() ? "" : ", ", theme.name);
    return names;
}

}  // namespace

scene::Palette read_palette(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) throw Error(fmt::format("{}: the file is not JSON.", not_a_palette));
    return read_palette(JsonReader(json, not_a_palette));
}

scene::Palette read_palette(const JsonReader& in) {
    for (const auto& [key, value] : in.object().items())
        if (key != "name" && key != "based_on" && key != "colours")
            in.fail(key, "is none of name, based_on and colours");
    const std::string name = in.has("name") ? in.text("name") : "",
                      based_on = in.has("based_on") ? in.text("based_on") : std::string(scene::default_theme().name);
    const scene::Theme* base = scene::theme_named(based_on);
    if (!base) in.fail("based_on", fmt::format("is none of {}", theme_names()));
    const JsonReader colors = in.inner("colours");
    scene::PaletteColors given;
    for (const auto& [role, value] : colors.object().items()) {
        std::vector<std::string> names;
        for (const scene::PaletteRole& one : scene::palette_roles()) names.emplace_back(one.key);
        if (std::find(names.begin(), names.end(), role) == names.end()) {
            std::string all;
            for (const std::string& one : names) all += (all.empty() ? "" : ", ") + one;
            const std::string guess = meant(role, names, ", perhaps {}", "");
            colors.fail(role, guess.empty() ? "is no role; the roles are " + all : "is no role" + guess);
        }
        const auto color = scene::color_written(colors.text(role.c_str()));
        if (!color) colors.fail(role, fmt::format("is “{}”, not a colour such as #1f77b4", value.get<std::string>()));
        given.emplace_back(role, *color);
    }
    if (given.empty()) in.fail("colours", "is empty");
    scene::Palette palette = scene::palette_of(name, *base, std::move(given));
    for (const scene::PaletteFault& fault : scene::faults_of(palette))
        if (fault.unreadable) colors.fail("", "cannot be read: " + fault.sentence);
    return palette;
}

Json palette_json(const scene::Palette& palette) {
    Json json;
    if (!palette.name.empty()) json["name"] = palette.name;
    json["based_on"] = palette.based_on;
    for (const auto& [role, color] : palette.given) json["colours"][role] = to_hex(color);
    return json;
}

}  // namespace convloom::state
