#include "app/gui/export/export_form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/exporting/page_options.hpp"
#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/widgets/number_field.hpp"
#include "app/gui/widgets/views.hpp"
#include "app/gui/widgets/widgets.hpp"
#include "core/scene/words/number_text.hpp"
#include "core/state/words/title.hpp"

namespace convloom::gui {
namespace {

void whole_field(const char* place, arith::Index* value, float wide) {
    if (const auto typed = number_field(place, std::to_string(*value), wide, NumberKind::whole))
        *value = static_cast<arith::Index>(*typed);
}

void whole_field(const char* place, int* value, float wide) {
    arith::Index shown = *value;
    whole_field(place, &shown, wide);
    *value = static_cast<int>(std::clamp<arith::Index>(shown, 0, 1'000'000));
}

void real_field(const char* place, double* value, float wide) {
    if (const auto typed = number_field(place, fmt::format("{:g}", *value), wide, NumberKind::real)) *value = *typed;
}

void beside(const char* text) {
    ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(text);
    ImGui::SameLine();
}

void draw_format(ExportChoices& c, const Style& style, const scene::Theme& theme) {
    std::vector<std::string> names, endings;
    int chosen = 0;
    for (const exporting::Format& f : exporting::formats()) {
        if (&f == c.format) chosen = static_cast<int>(names.size());
        names.emplace_back(f.name);
        endings.emplace_back(f.ending);
    }
    if (const auto clicked = choices("export format", names, chosen, style, theme, endings))
        c.format = &exporting::formats()[static_cast<std::size_t>(*clicked)];
    muted_text(style, theme, t(c.format->says));
}

void draw_frames(ExportChoices& c, const state::State& shown, const Style& style, const scene::Theme& theme) {
    if (!shown.shows_steps()) return;
    const std::string names[] = {t("This step"), t("All steps"), t("A range"), t("A list")};
    row_label(style, t("Frames"));
    ImGui::BeginGroup();
    ImGui::PushFont(style.small);
    const auto clicked = choices("export frames", names, static_cast<int>(c.frames), style, theme);
    ImGui::PopFont();
    if (clicked) c.frames = static_cast<FrameChoice>(*clicked);
    if (c.frames == FrameChoice::range) {
        const float wide = 72 * style.scale;
        arith::Index from = c.first + 1, to = c.last + 1;
        whole_field("export from", &from, wide);
        beside(t("to"));
        whole_field("export to", &to, wide);
        beside(tf("of {}", scene::count_text(places_of(shown).step_count())).c_str());
        ImGui::NewLine();
        c.first = std::clamp<arith::Index>(from, 0, 1'000'000'000) - 1;
        c.last = std::clamp<arith::Index>(to, 0, 1'000'000'000) - 1;
    }
    if (c.frames == FrameChoice::list)
        if (const auto list = text_field("export list", c.list, -1, "1, 3-5")) c.list = *list;
    ImGui::Dummy({0, 0});
    if (c.frames != FrameChoice::this_moment) toggle("export taps", t("A frame for every tap as well"), &c.taps);
    ImGui::EndGroup();
}

void draw_size(ExportChoices& c, const Style& style, const scene::Theme& theme) {
    const std::string names[] = {"1920×1080", "1280×720", "600×600", t("Own size"), t("On paper")};
    row_label(style, t("Size"));
    ImGui::BeginGroup();
    ImGui::PushFont(style.small);
    if (const auto picked = choices("export size", names, static_cast<int>(c.size), style, theme))
        c.size = static_cast<SizeChoice>(*picked);
    ImGui::PopFont();
    const float wide = 72 * style.scale;
    if (c.size == SizeChoice::own) {
        whole_field("export width", &c.width, wide);
        beside("×");
        whole_field("export height", &c.height, wide);
        beside(t("pixels"));
        ImGui::NewLine();
    }
    if (c.size == SizeChoice::paper) {
        real_field("export width cm", &c.width_cm, wide);
        beside("×");
        real_field("export height cm", &c.height_cm, wide);
        beside(t("cm"));
        ImGui::NewLine();
        real_field("export dpi", &c.dpi, wide);
        beside(t("dots per inch"));
        ImGui::NewLine();
    }
    ImGui::EndGroup();
}

void draw_speed(ExportChoices& c, const Style& style) {
    if (!exporting::is_animated(*c.format)) return;
    row_label(style, t("Speed"));
    auto shown = static_cast<float>(c.per_second);
    ImGui::SetNextItemWidth(104 * style.scale);
    if (ImGui::SliderFloat("##speed", &shown, 0.5f, 30, "", ImGuiSliderFlags_Logarithmic | ImGuiSliderFlags_NoInput))
        c.per_second = shown;
    note_place("export speed slider", ControlKind::slider);
    if (const int by = nudged(); by != 0) c.per_second = std::clamp(c.per_second + 0.5 * by, 0.5, 30.0);
    ImGui::SameLine();
    real_field("export speed", &c.per_second, 56 * style.scale);
    beside(t("a second"));
    ImGui::NewLine();
    row_label(style, "");
    toggle("export smooth", t("Glides between the steps"), &c.smooth);
}

void draw_looks(ExportChoices& c, const state::State& shown, const Style& style, const scene::Theme& theme) {
    row_label(style, t("Title"));
    if (const auto title = text_field("export title", c.title, -1, title_without_own(shown))) c.title = *title;
    std::vector<std::string> names;
    int chosen = 0;
    for (const scene::Theme& other : scene::themes()) {
        if (other.name == c.theme) chosen = static_cast<int>(names.size());
        names.emplace_back(t(theme_title(other.name)));
    }
    row_label(style, t("Theme"));
    if (const auto picked = drop_down("export theme", names, chosen)) {
        take_palette(c, "");
        c.theme = scene::themes()[static_cast<std::size_t>(*picked)].name;
    }
    row_label(style, t("Palette"));
    const std::string usual = c.palette && c.palette_path.empty() ? c.palette->name : t("a JSON file of colours");
    if (const auto path = text_field("export palette", c.palette_path, -1, usual)) take_palette(c, *path);
    if (c.palette)
        for (const scene::PaletteFault& fault : scene::faults_of(*c.palette)) muted_text(style, theme, fault.sentence);
    if (shown.shows_steps() && c.frames != FrameChoice::this_moment) {
        const float wide = 40 * style.scale;
        row_label(style, t("On a page"));
        whole_field("export columns", &c.columns, wide);
        beside("×");
        whole_field("export rows", &c.rows, wide);
        beside(t("steps"));
        ImGui::NewLine();
    }
    row_label(style, t("Caption"));
    if (const auto caption = text_field("export caption", c.caption, -1, "")) c.caption = *caption;
    if (shown.shows_steps()) {
        row_label(style, t("Beside it"));
        if (const auto beside = text_field("export beside", c.beside, -1, t("a preset or a link"))) c.beside = *beside;
    }
    for (std::size_t n = 0; n < c.page_texts.size(); ++n) {
        const exporting::PageOption& option = exporting::page_options()[n];
        if (!option.title || !shown.shows_steps()) continue;
        row_label(style, t(option.title));
        const std::string place = fmt::format("export {}", option.key);
        if (const auto text = text_field(place.c_str(), c.page_texts[n], -1, option.example)) c.page_texts[n] = *text;
    }
    row_label(style, t("Shown"));
    ImGui::BeginGroup();
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {unit * style.scale / 2, 2 * style.scale});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {unit * style.scale, unit * style.scale / 2});
    for (const scene::LookSwitch& one : scene::look_switches())
        if (one.in_export) toggle(("export " + place_of(one.key)).c_str(), t(one.title), &(c.look.*one.on));
    toggle("export transparent", t("No background"), &c.transparent);
    toggle("export crop", t("Crop to the figure"), &c.crop);
    ImGui::PopStyleVar(2);
    ImGui::EndGroup();
}

}  // namespace

void draw_export_form(ExportChoices& c, const state::State& shown, const Style& style, const scene::Theme& theme) {
    draw_format(c, style, theme);
    draw_frames(c, shown, style, theme);
    draw_size(c, style, theme);
    draw_speed(c, style);
    draw_looks(c, shown, style, theme);
}

}  // namespace convloom::gui
