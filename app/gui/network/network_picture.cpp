#include "app/gui/network/network_picture.hpp"

#include <imgui.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

#include "app/gui/base/language.hpp"
#include "app/gui/widgets/search.hpp"
#include "core/scene/graph/box_words.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::gui {

void NetworkPicture::set_on(bool on) {
    on_ = on;
    followed_.reset();
}

void NetworkPicture::begin(bool on) {
    set_on(on);
    opened_ = {};
    picture_.reset();
}

void NetworkPicture::follow(const state::State& now) {
    if (!on_) return;
    Followed seen{now.moment, now.view, now.shown, now.title};
    if (followed_ && *followed_ != seen) return set_on(false);
    followed_ = std::move(seen);
}

const scene::Scene& NetworkPicture::page(const NetworkDesk& desk, const state::State& now, const scene::Theme& theme,
                                         double width, double height, int shown_row, std::set<int> found_rows) {
    Key key{desk.facts().file,     now.theme, now.language, scene::page_for(width, height), shown_row,
            std::move(found_rows), opened_};
    if (picture_ && key == key_) return picture_->scene;
    picture_ = picture_of(desk, key, theme);
    key_ = std::move(key);
    return picture_->scene;
}

scene::Scene NetworkPicture::saved(const NetworkDesk& desk, const state::State& now, const scene::Theme& theme) const {
    const Key key{desk.facts().file, now.theme, now.language, {}, -1, {}, opened_};
    return picture_of(desk, key, theme).scene;
}

scene::GraphPicture NetworkPicture::picture_of(const NetworkDesk& desk, const Key& key, const scene::Theme& theme) {
    const networks::NetworkFacts& facts = desk.facts();
    scene::GraphOptions options;
    options.page.theme = &theme;
    options.page.language = key.language;
    options.page.title = std::filesystem::path(facts.file).filename().string();
    options.page.page = key.page;
    options.opened = key.opened;
    options.found = key.found;
    options.shown = key.shown;
    return compose_graph({facts.graph, facts.inference, facts.summary}, options);
}

const scene::PlacedBox* NetworkPicture::at(scene::Point point) const {
    if (!picture_) return nullptr;
    for (const scene::PlacedBox& one : picture_->boxes)
        if (point.x >= one.place.x && point.x < one.place.right() && point.y >= one.place.y &&
            point.y < one.place.bottom())
            return &one;
    return nullptr;
}

bool is_found(const network::Row& row, const char* typed) {
    const std::string kind = lower(network::kind_words(row));
    std::string typeable = kind;  // "conv 3x3"
    constexpr std::string_view times = "×";
    for (std::size_t at = typeable.find(times); at != typeable.npos; at = typeable.find(times))
        typeable.replace(at, times.size(), "x");
    return found_by(lower(row.name) + "\n" + kind + "\n" + typeable, typed) > 0;
}

int door_of(const NetworkDesk& desk, const scene::GraphBox& box) {
    if (box.kind == scene::BoxKind::block || box.kind == scene::BoxKind::rest) return -1;
    for (const int row : box.rows)
        if (const int node = desk.facts().summary.rows[static_cast<std::size_t>(row)].node; desk.is_layer(node))
            return node;
    return -1;
}

void tell_box(const NetworkDesk& desk, const scene::GraphBox& box, const Style& style, const scene::Theme& theme) {
    const networks::NetworkFacts& facts = desk.facts();
    const scene::NetworkFigure network{facts.graph, facts.inference, facts.summary};
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {unit * style.scale * 1.25f, unit * style.scale});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 2 * style.scale});
    ImGui::BeginTooltip();
    const auto say = [](ImFont* font, const std::string& text) {
        ImGui::PushFont(font);
        ImGui::TextUnformatted(text.c_str());
        ImGui::PopFont();
    };
    const bool block = box.kind == scene::BoxKind::block;
    const std::vector<std::string> lines = box_lines(network, box, language());
    say(style.small_strong, block ? lines[0] : box_text(network, box, language()));
    ImGui::PushStyleColor(ImGuiCol_Text, vec(theme.muted));
    for (std::size_t n = 1; block && n < lines.size(); ++n) say(style.small, lines[n]);
    arith::Index parameters = 0, multiplications = 0;
    for (const int n : box.rows) {
        const network::Row& row = facts.summary.rows[static_cast<std::size_t>(n)];
        if (!block && box.kind != scene::BoxKind::rest)
            say(style.small, fmt::format("{} · {} · {}", row.name, network::kind_words(row),
                                         row.output ? network::sizes_text(*row.output) : "?"));
        parameters += row.parameters.value_or(0);
        multiplications += row.multiplications.value_or(0);
    }
    if (box.tensor >= 0) say(style.small, shape_text(network, box.tensor));
    if (parameters > 0) say(style.small, tf("{} parameters", scene::count_text(parameters)));
    if (multiplications > 0) say(style.small, tf("{} multiply-adds", scene::count_text(multiplications)));
    if (block) {
        say(style.small, t("Click to open this block."));
    } else if (const int node = door_of(desk, box); node >= 0) {
        const std::string missing = desk.missing(node);
        say(style.small, missing.empty() ? t("Click to step through this layer.") : t_sentence(missing));
    }
    ImGui::PopStyleColor();
    ImGui::EndTooltip();
    ImGui::PopStyleVar(2);
}

}  // namespace convloom::gui
