#include "app/paint/tikz/styles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "app/paint/xml.hpp"

namespace convloom::paint::tikz {
namespace {

using namespace scene;

// The theme's roles in the order in which a colour is looked up; several roles may have one colour.
struct Role {
    const char* name;
    Color Theme::*color;
};
constexpr Role fills[] = {{"input", &Theme::input},
                          {"output", &Theme::output},
                          {"kernel", &Theme::kernel},
                          {"covered", &Theme::covered},
                          {"input second", &Theme::input_second},
                          {"input third", &Theme::input_third},
                          {"tap", &Theme::tap},
                          {"shade", &Theme::shade},
                          {"page", &Theme::ground},
                          {"panel", &Theme::panel},
                          {"hairline", &Theme::hairline},
                          {"accent", &Theme::accent},
                          {"refused", &Theme::refused},
                          {"hatch", &Theme::hatch},
                          {"window", &Theme::window}};
constexpr Role lines[] = {{"window", &Theme::window}, {"grid", &Theme::grid},     {"hairline", &Theme::hairline},
                          {"hatch", &Theme::hatch},   {"accent", &Theme::accent}, {"tap", &Theme::tap},
                          {"muted", &Theme::muted},   {"page", &Theme::ground},   {"refused", &Theme::refused},
                          {"input", &Theme::input},   {"output", &Theme::output}, {"kernel", &Theme::kernel}};
constexpr Role texts[] = {{"text", &Theme::text},       {"muted", &Theme::muted},
                          {"accent", &Theme::accent},   {"on cell", &Theme::on_cell},
                          {"on tap", &Theme::on_tap},   {"on accent", &Theme::on_accent},
                          {"tap", &Theme::tap},         {"kernel hint", &Theme::on_kernel_hint},
                          {"refused", &Theme::refused}, {"hatch", &Theme::hatch}};

bool same_rgb(Color a, Color b) {
    return a.r == b.r && a.g == b.g && a.b == b.b;
}

template <class Roles>
std::string role_name(const Roles& roles, Color color, Color ground, const Theme* own) {
    for (const Theme& theme : own ? std::span(own, 1) : themes())
        if (same_rgb(theme.ground, ground))
            for (const Role& role : roles)
                if (same_rgb(theme.*role.color, color)) return role.name;
    return "";
}

// "input second" -> "convloomInputSecond".
std::string color_name(const std::string& role) {
    std::string name = "convloom";
    bool begins = true;
    for (const char c : role) {
        if (c != ' ') name += begins ? static_cast<char>(c - 'a' + 'A') : c;
        begins = c == ' ';
    }
    return name;
}

std::string opacity(const char* of, Color c) {
    return c.a == 255 ? "" : fmt::format(",{} opacity={}", of, num(c.a / 255.0));
}

}  // namespace

std::string Styles::fill(Color c) {
    const std::string role = role_name(fills, c, ground_, theme_);
    const std::string look = "fill=" + named(role, c) + opacity("fill", c);
    return role.empty() ? look : styled("convloom " + role, look);
}

std::string Styles::stroke(const Stroke& s) {
    const std::string role = role_name(lines, s.color, ground_, theme_);
    const std::string look = fmt::format(
        "draw={},line width={}\\convloomunit{}{}", named(role, s.color), num(s.width_px), opacity("draw", s.color),
        s.dash_px > 0 ? fmt::format(",dash pattern=on {0}\\convloomunit off {0}\\convloomunit", num(s.dash_px)) : "");
    return role.empty() ? look : styled("convloom " + role + " line", look);
}

std::string Styles::text(Color c) {
    return "text=" + named(role_name(texts, c, ground_, theme_), c) + opacity("text", c);
}

std::string Styles::written() const {
    std::string out;
    for (const auto& [name, hex] : colors_) out += fmt::format("\\definecolor{{{}}}{{HTML}}{{{}}}\n", name, hex);
    out +=
        "\\tikzset{\n  convloom/.style={x=\\convloomunit,y=-\\convloomunit,inner sep=0pt,outer sep=0pt},\n"
        "  convloom text/.style={font=\\sffamily\\fontsize{#1\\convloomunit}{#1\\convloomunit}\\selectfont},\n"
        "  convloom "
        "bold/.style={font=\\sffamily\\bfseries\\fontsize{#1\\convloomunit}{#1\\convloomunit}\\selectfont},\n"
        "  convloom place/.style={shape=rectangle,draw=none},\n";
    for (const auto& [name, look] : styles_) out += fmt::format("  {}/.style={{{}}},\n", name, look);
    return out + "}\n";
}

std::string Styles::named(const std::string& role, Color c) {
    if (role.empty()) return fmt::format("{{rgb,255:red,{};green,{};blue,{}}}", c.r, c.g, c.b);
    std::string name = color_name(role);
    const std::pair<std::string, std::string> one{name, hex_of(c)};
    if (std::find(colors_.begin(), colors_.end(), one) == colors_.end()) colors_.push_back(one);
    return name;
}

// A name stands for one look; others of the same role are numbered.
std::string Styles::styled(const std::string& name, const std::string& look) {
    for (int n = 1;; ++n) {
        const std::string tried = n == 1 ? name : fmt::format("{} {}", name, n);
        const auto found =
            std::find_if(styles_.begin(), styles_.end(), [&](const auto& style) { return style.first == tried; });
        if (found != styles_.end() && found->second != look) continue;
        if (found == styles_.end()) styles_.emplace_back(tried, look);
        return tried;
    }
}

}  // namespace convloom::paint::tikz
