#include "app/gui/network/network_panel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "app/gui/base/focus.hpp"
#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/widgets/modal.hpp"
#include "app/gui/widgets/search.hpp"
#include "app/gui/widgets/widgets.hpp"
#include "core/scene/looks/view.hpp"
#include "core/scene/words/number_text.hpp"
#include "core/state/base/error.hpp"

namespace convloom::gui {
namespace {

constexpr const char* layer_name = "layers";  // of a State made of a network's layer
constexpr std::size_t most_columns = 10;
constexpr float pad_side = 196;
constexpr int most_lanes = 6;  // more are drawn over each other

std::string total_words(const network::Summary& summary, std::size_t layers) {
    return tn({{static_cast<arith::Index>(layers), "layer"}}, "{} layers to step through", layers) + " · " +
           tf("{} parameters", scene::count_text(summary.parameters)) + " · " +
           tf("{} multiply-adds", scene::count_text(summary.multiplications));
}

}  // namespace

bool NetworkPanel::open(Store& store, const std::string& file) {
    try {
        open(networks::read_network(file, ""));
        return true;
    } catch (const std::exception& error) {
        store.say(t_sentence(sentence_of(error)), true);
        return false;
    }
}

void NetworkPanel::open(networks::NetworkFacts facts) {
    desk_.open(std::move(facts));
    typed_ = {};
    shows_first_ = true;
    // Where one draws, the first layer answers each stroke.
    picture_.begin(desk_.drawing() == nullptr);
}

bool NetworkPanel::take_photo(Store& store, const std::string& path) {
    try {
        desk_.take_photo(path);
        return true;
    } catch (const std::exception& error) {
        store.say(t_sentence(sentence_of(error)), true);
        return false;
    }
}

int NetworkPanel::shown_node(const state::State& now) const {
    if (now.name != layer_name || now.view == scene::View::photo) return -1;
    for (const auto& [node, title] : desk_.titles())
        if (now.title == title) return node;
    return -1;
}

void NetworkPanel::poll(Store& store) {
    if (!desk_.poll() || !desk_.is_open()) return;
    picture_.forget_followed();
    int node = shown_node(store.state());
    const bool first = std::exchange(shows_first_, false);
    if (node < 0 && first && !desk_.titles().empty()) node = desk_.titles().begin()->first;
    if (node >= 0 && desk_.missing(node).empty()) show(store, node);
}

// The same layer with other values keeps the step and the view; another one keeps the view if it can be drawn so.
void NetworkPanel::show(Store& store, int node) {
    try {
        state::State layer = desk_.layer(node);
        const state::State& now = store.state();
        const bool same = shown_node(now) == node && now.stages.size() == 1 && now.stages[0].layer == layer.layer();
        if (same) layer.moment = now.moment;
        // The first one opens with the maps of all its channels.
        const scene::View view = shown_node(now) >= 0 ? now.view : scene::View::maps;
        if (scene::undrawable(layer.layer(), view).empty()) layer.view = view;
        layer.look = now.look;
        if (same) return store.follow_gesture(std::move(layer));
        store.set_playing(false);
        store.open_preset(std::move(layer));
    } catch (const std::exception& error) {
        store.say(t_sentence(sentence_of(error)), true);
    }
}

// A drawing that is painted with the pointer; the right button is a rubber.
void NetworkPanel::draw_pad(Store& store, const Style& style, const scene::Theme& theme) {
    const float s = style.scale;
    const Drawing* drawing = desk_.drawing();
    const int rows = drawing ? drawing->rows : 28, columns = drawing ? drawing->columns : 28;
    const float cell = std::floor(pad_side * s / static_cast<float>(std::max(rows, columns)));
    const ImVec2 at = ImGui::GetCursorScreenPos(),
                 size{cell * static_cast<float>(columns), cell * static_cast<float>(rows)};
    ImGui::InvisibleButton("##pad", size, ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight);
    note_place("network pad");
    if (ImGui::IsItemActivated()) store.begin_gesture();  // a stroke is one undo step
    if (ImGui::IsItemActive()) {
        const ImVec2 pointer = ImGui::GetIO().MousePos;
        const scene::Point to{(pointer.x - at.x) / cell, (pointer.y - at.y) / cell};
        if (!pen_ || !(*pen_ == to)) desk_.draw_stroke(pen_.value_or(to), to, ImGui::IsMouseDown(1));
        pen_ = to;
    } else {
        pen_.reset();
    }
    hint(t("Draw here; the right button erases."));
    drawing = desk_.drawing();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(at, {at.x + size.x, at.y + size.y}, u32(theme.ground));
    for (int r = 0; drawing && r < rows; ++r)
        for (int c = 0; c < columns; ++c) {
            scene::Color ink = theme.text;
            ink.a =
                static_cast<std::uint8_t>(std::lround(255 * drawing->ink[static_cast<std::size_t>(r * columns + c)]));
            if (ink.a == 0) continue;
            const ImVec2 from{at.x + cell * static_cast<float>(c), at.y + cell * static_cast<float>(r)};
            list.AddRectFilled(from, {from.x + cell, from.y + cell}, u32(ink));
        }
    list.AddRect(at, {at.x + size.x, at.y + size.y}, u32(theme.muted), 0, 0, s);
    ImGui::SameLine();
    ImGui::BeginGroup();
    wrapped_text(style.body, t("Draw with the pointer."));
    if (text_button("network clear", t("Clear"))) {
        store.begin_gesture();
        desk_.clear_drawing();
    }
    ImGui::EndGroup();
}

bool NetworkPanel::draw_input(Store& store, const Style& style, const scene::Theme& theme) {
    if (desk_.takes_drawing()) draw_pad(store, style, theme);
    const bool asks = text_button("network picture", t("Picture …"));
    if (desk_.drawing()) return asks;
    ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    ImGui::PushStyleColor(ImGuiCol_Text, vec(theme.muted));
    ImGui::TextUnformatted(desk_.photo_name().c_str());
    ImGui::PopStyleColor();
    if (!desk_.remark().empty()) muted_text(style, theme, desk_.remark());
    if (!section(style, theme, t("How the picture becomes the input"), false)) return asks;
    row_label(style, t("Normalised"));
    std::vector<std::string> names;
    int now = -1;
    for (const network::NamedNormalisation& one : network::normalisations()) {
        if (desk_.normalisation() == one.name) now = static_cast<int>(names.size());
        names.emplace_back(one.name);
    }
    if (now < 0) {  // own numbers, from the command line
        now = static_cast<int>(names.size());
        names.push_back(desk_.normalisation());
    }
    if (const auto picked = drop_down("network normalisation", names, now))
        desk_.set_normalisation(names[static_cast<std::size_t>(*picked)]);
    row_label(style, t("Fitted"));
    const std::string fits[] = {t("the middle"), t("all of it")};
    if (const auto picked = choices("network fit", fits, desk_.fit() == network::Fit::crop ? 0 : 1, style, theme))
        desk_.set_fit(*picked == 0 ? network::Fit::crop : network::Fit::stretch);
    return asks;
}

// All values of a short list, side by side.
void NetworkPanel::draw_columns(const Style& style, const scene::Theme& theme, const std::vector<Score>& list) {
    const float s = style.scale, wide = ImGui::GetContentRegionAvail().x, high = 64 * s, text = style.small->FontSize,
                step = wide / static_cast<float>(list.size()), full = high - 2 * text - 4 * s;
    float least = 0, most = 1e-30f;
    std::size_t best = 0;
    for (std::size_t n = 0; n < list.size(); ++n) {
        least = std::min(least, list[n].value), most = std::max(most, list[n].value);
        if (list[n].value > list[best].value) best = n;
    }
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    for (std::size_t n = 0; n < list.size(); ++n) {
        const float middle = at.x + step * (static_cast<float>(n) + 0.5f),
                    part = std::clamp((list[n].value - least) / (most - least), 0.0f, 1.0f),
                    bottom = at.y + high - text - 2 * s, top = bottom - std::max(s, full * part);
        draw.AddRectFilled({middle - step * 0.3f, top}, {middle + step * 0.3f, bottom},
                           u32(n == best ? theme.accent : theme.muted), s);
        ImFont* font = n == best ? style.small_strong : style.small;
        auto centred = [&](const std::string& word, float y) {
            draw.AddText(font, text, {middle - font->CalcTextSizeA(text, FLT_MAX, 0, word.c_str()).x / 2, y},
                         u32(theme.text), word.c_str());
        };
        centred(list[n].name, at.y + high - text);
        if (n == best) centred(scene::number_text(list[n].value, 2), top - text - s);
    }
    ImGui::Dummy({wide, high});
    note_box(fmt::format("network best {}", list[best].name).c_str(), at.x, at.y, wide, high);
    ImGui::Dummy({0, unit * s / 2});
}

// The largest values with a bar each; bars begin at the smallest of them unless all are positive.
void NetworkPanel::draw_result(const Style& style, const scene::Theme& theme) {
    if (desk_.is_busy()) {
        muted_text(style, theme, tf("Computing … {} %", std::lround(100 * desk_.part_done())));
        note_place("network busy");
        return;
    }
    if (!desk_.fault().empty()) return refused_text(style, theme, desk_.fault().c_str());
    if (const std::vector<Score>& all = desk_.result(); !all.empty() && all.size() <= most_columns)
        return draw_columns(style, theme, all);
    const std::vector<Score>& scores = desk_.scores();
    if (scores.empty()) return;
    const float s = style.scale, wide = ImGui::GetContentRegionAvail().x, high = 20 * s, number = 64 * s;
    const float least = std::min(0.0f, scores.back().value), most = std::max(scores.front().value, least + 1e-30f);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    for (std::size_t n = 0; n < scores.size(); ++n) {
        const Score& score = scores[n];
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float room = wide - number, part = std::clamp((score.value - least) / (most - least), 0.0f, 1.0f);
        list.AddRectFilled({at.x, at.y + high - 5 * s}, {at.x + std::max(s, room * part), at.y + high - 2 * s},
                           u32(theme.accent), s);
        const ImVec4 clip{at.x, at.y, at.x + room - unit * s, at.y + high};
        list.AddText(n == 0 ? style.small_strong : style.small, style.small->FontSize, at, u32(theme.text),
                     score.name.c_str(), nullptr, 0, &clip);
        const std::string text = scene::number_text(score.value);
        list.AddText(
            style.small, style.small->FontSize,
            {at.x + wide - style.small->CalcTextSizeA(style.small->FontSize, FLT_MAX, 0, text.c_str()).x, at.y},
            u32(theme.text), text.c_str());
        ImGui::InvisibleButton(fmt::format("##score {}", n).c_str(), {wide, high});
        note_box(fmt::format("network score {}", n).c_str(), at.x, at.y, wide, high);
        hint(fmt::format("{}: {}", score.name, score.value));
    }
}

void NetworkPanel::draw_row(Store& store, const Style& style, const scene::Theme& theme, std::size_t number,
                            bool chosen) {
    const network::Row& row = desk_.facts().summary.rows[number];
    const network::LaneRow& lanes = desk_.lanes()[number + 1];
    const float s = style.scale, high = 40 * s, wide = ImGui::GetContentRegionAvail().x, lane_wide = 14 * s,
                pad = 8 * s;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const bool door = desk_.is_layer(row.node);
    bool hovered = false;
    if (door) {
        ImGui::PushID(static_cast<int>(number));
        if (ImGui::InvisibleButton("##layer", {wide, high})) {
            picture_.set_on(false);
            show(store, row.node);
        }
        ImGui::PopID();
        note_place(fmt::format("network layer {}", row.name).c_str());
        if (chosen) note_chosen();
        hovered = ImGui::IsItemHovered();
        if (hovered) {
            const std::string missing = desk_.missing(row.node);
            hint(missing.empty() ? tf("Step through {}", row.name) : missing);
        }
    } else {
        ImGui::Dummy({wide, high});
        if (!row.fault.empty()) hint(row.fault);
    }
    if (chosen && scrolled_to_ != row.node) {
        ImGui::SetScrollHereY(0.4f);
        scrolled_to_ = row.node;
    }
    if (!ImGui::IsItemVisible()) return;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (chosen || hovered) fill_row(at, {wide, high}, style);
    const float spacing = ImGui::GetStyle().ItemSpacing.y, top = at.y - spacing / 2, bottom = at.y + high + spacing / 2,
                middle = at.y + high / 2;
    auto x_of = [&](int lane) {
        return at.x + pad + lane_wide * (0.5f + static_cast<float>(std::min(lane, most_lanes - 1)));
    };
    const ImU32 line = u32(theme.muted);
    const ImVec2 dot{x_of(lanes.lane), middle};
    for (const int lane : lanes.through) list.AddLine({x_of(lane), top}, {x_of(lane), bottom}, line, 1.5f * s);
    for (const int lane : lanes.from)
        list.AddBezierCubic({x_of(lane), top}, {x_of(lane), middle}, {dot.x, top}, dot, line, 1.5f * s);
    for (const int lane : lanes.to)
        list.AddBezierCubic(dot, {dot.x, bottom}, {x_of(lane), middle}, {x_of(lane), bottom}, line, 1.5f * s);
    if (lanes.goes_on) list.AddLine(dot, {dot.x, bottom}, line, 1.5f * s);
    // A door is filled, what is computed in one go is a ring.
    if (door) {
        list.AddCircleFilled(dot, 5.5f * s, u32(chosen ? theme.text : theme.accent));
    } else {
        list.AddCircleFilled(dot, 4 * s, u32(theme.panel));
        list.AddCircle(dot, 4 * s, line, 0, 1.5f * s);
    }
    int widest = lanes.lane;
    for (const auto* more : {&lanes.from, &lanes.to, &lanes.through})
        for (const int lane : *more) widest = std::max(widest, lane);
    const float left = x_of(std::max(widest, 1)) + lane_wide;
    const std::string shape = row.output ? network::sizes_text(*row.output) : "?";
    const float shape_wide = style.small->CalcTextSizeA(style.small->FontSize, FLT_MAX, 0, shape.c_str()).x;
    const ImVec4 clip{left, at.y, at.x + wide - pad, at.y + high};
    list.AddText(door ? style.strong : style.body, style.body->FontSize, {left, at.y + 3 * s},
                 u32(door ? theme.text : theme.muted), row.name.c_str(), nullptr, 0, &clip);
    const float below = at.y + high - style.small->FontSize - 4 * s;
    const ImVec4 clip_kind{left, at.y, at.x + wide - pad - shape_wide - unit * s, at.y + high};
    const std::string kind = network::kind_words(row);
    list.AddText(style.small, style.small->FontSize, {left, below},
                 u32(row.fault.empty() && row.known ? theme.muted : theme.refused), kind.c_str(), nullptr, 0,
                 &clip_kind);
    list.AddText(style.small, style.small->FontSize, {at.x + wide - pad - shape_wide, below}, u32(theme.muted),
                 shape.c_str());
}

void NetworkPanel::draw_list(Store& store, const Style& style, const scene::Theme& theme) {
    ImGui::SetNextItemWidth(-1);
    if (ImGui::InputTextWithHint("##network search", t("Find a layer by name or kind"), typed_.data(), typed_.size(),
                                 ImGuiInputTextFlags_AutoSelectAll))
        note_typed(typed_.data());
    note_place("network search");
    ImGui::BeginChild("network layers");
    const FocusGroup group("network");
    const int shown = shown_node(store.state());
    const std::vector<network::Row>& rows = desk_.facts().summary.rows;
    bool found = false;
    for (std::size_t n = 0; n < rows.size(); ++n) {
        // Most of the time nothing is typed, and the list may have hundreds of rows.
        if (typed_[0] != '\0' && !is_found(rows[n], typed_.data())) continue;
        found = true;
        draw_row(store, style, theme, n, rows[n].node == shown);
    }
    if (!found) muted_text(style, theme, t("No layer's name or kind contains these words."));
    ImGui::EndChild();
}

bool NetworkPanel::draw(Store& store, const Style& style) {
    const scene::Theme& theme = store.theme();
    const float cross = 32 * style.scale, wide = ImGui::GetContentRegionAvail().x - cross - unit * style.scale;
    ImGui::BeginGroup();
    wrapped_text(style.title, std::filesystem::path(desk_.facts().file).filename().string(), wide);
    ImGui::EndGroup();
    ImGui::SameLine(ImGui::GetCursorPosX() + wide + unit * style.scale);
    if (icon_button(style, theme,
                    {.icon = Icon::close, .place = "network close", .says = t("Close the network"), .side = 28})) {
        close();
        return false;
    }
    muted_text(style, theme, total_words(desk_.facts().summary, desk_.titles().size()));
    draw_switch(style, theme);
    const bool asks = draw_input(store, style, theme);
    draw_result(style, theme);
    draw_list(store, style, theme);
    return asks;
}

}  // namespace convloom::gui
