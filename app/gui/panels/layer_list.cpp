#include <algorithm>
#include <cmath>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/panels/panels.hpp"
#include "app/gui/widgets/widgets.hpp"
#include "core/arith/chain/between_kinds.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/scene/words/between_words.hpp"

namespace convloom::gui {
namespace {

constexpr int most_rows = 8;
constexpr float drag_begins_px = 4;

int dragged_layer = -1;

std::string kernel_text(const arith::Layer& layer) {
    if (layer.has_sized_windows()) {
        arith::Shape size = arith::output_shape(layer);
        size.erase(size.begin());
        return tf("to {}", arith::to_text(size));
    }
    std::string text;
    for (const arith::Axis& axis : layer.axes) text += (text.empty() ? "" : "×") + std::to_string(axis.kernel);
    return text;
}

std::string row_text(const state::State& s, int number) {
    const state::Stage& stage = s.stages[static_cast<std::size_t>(number)];
    const arith::Layer& layer = stage.layer;
    std::string text = fmt::format("{}. {} {}", number + 1, t(layer.kind().title), kernel_text(layer));
    if (layer.mixes_channels()) text += fmt::format(", {} → {}", layer.in_channels, layer.out_channels);
    return text;
}

// What stands after a layer, line by line: "↳ BatchNorm2d(64)", each with a button that removes it.
void draw_betweens(Store& store, const Style& style, const scene::Theme& theme, int layer, float high) {
    const state::Stage& stage = store.state().stages[static_cast<std::size_t>(layer)];
    const float wide = ImGui::GetContentRegionAvail().x, side = high / style.scale;
    arith::Shape shape = arith::output_shape(stage.layer);
    for (std::size_t n = 0; n < stage.after.size(); ++n) {
        const arith::Between& between = stage.after[n];
        const std::string place = fmt::format("between {} {}", layer, n);
        const std::string says = scene::between_text(between, shape, language());
        shape = arith::shape_after(between, shape).shape;
        const ImVec2 at = ImGui::GetCursorPos();
        ImGui::SetCursorPos({at.x + 2 * unit * style.scale, at.y});
        ImGui::PushFont(style.small);
        ImGui::PushStyleColor(ImGuiCol_Text, u32(theme.muted));
        const Lines lines = lines_of(style.small, arith::title_of(between), wide - 5 * unit * style.scale);
        ImGui::Selectable(lines.lines.empty() ? "" : (lines.lines.front() + "##" + place).c_str(), false,
                          ImGuiSelectableFlags_AllowItemOverlap, {wide - 2 * unit * style.scale - high, high});
        note_place(place.c_str());
        ImGui::PopStyleColor();
        ImGui::PopFont();
        hint(says);
        ImGui::SetCursorPos({at.x + wide - high, at.y});
        const std::string remove = fmt::format("between remove {} {}", layer, n);
        if (icon_button(
                style, theme,
                {.icon = Icon::close, .place = remove.c_str(), .says = t("Remove from the chain"), .side = side}))
            store.dispatch(state::RemoveBetween{layer, static_cast<int>(n)});
        ImGui::SetCursorPos({at.x, at.y + high});
    }
}

// A short menu of what can be added after the current layer.
void draw_add_between(Store& store) {
    const state::State& s = store.state();
    std::vector<std::string> names{t("Add an activation or another layer without a window …")};
    std::vector<const arith::BetweenKind*> kinds{nullptr};
    const state::Stage& stage = s.stages[static_cast<std::size_t>(s.shown)];
    const arith::Shape own = arith::output_shape(stage.layer), shape = arith::shapes_after(stage.after, own).last(own);
    for (const arith::BetweenKind& kind : arith::between_kinds()) {
        if (!kind.offered) continue;
        const arith::Between between = arith::between_to_add(kind, shape);
        names.push_back(arith::title_of(between));
        kinds.push_back(&kind);
    }
    const auto picked = drop_down("between add", names, 0);
    if (picked && *picked > 0)
        store.dispatch(
            state::AddBetween{s.shown, arith::between_to_add(*kinds[static_cast<std::size_t>(*picked)], shape)});
}

// Where the dragged row would be dropped: a line above or below the row under the pointer.
void draw_landing(const scene::Theme& theme, float scale, float x, float y) {
    const float wide = ImGui::GetContentRegionAvail().x;
    ImGui::GetWindowDrawList()->AddLine({x, y - 1}, {x + wide, y - 1}, u32(theme.accent), 2 * scale);
}

void draw_rows(Store& store, const Style& style, const scene::Theme& theme) {
    const state::State& s = store.state();
    const int count = static_cast<int>(s.stages.size());
    const float high = ImGui::GetFrameHeight(), high_between = std::round(high * 0.8f);
    std::size_t betweens = 0;
    for (const state::Stage& stage : s.stages) betweens += stage.after.size();
    const float all_high = high * static_cast<float>(count) + high_between * static_cast<float>(betweens);
    static int shown_before = -1, drawn_in = 0;
    // A drag that was still active when the panel was hidden has no effect.
    if (ImGui::GetFrameCount() > drawn_in + 1) dragged_layer = -1;
    drawn_in = ImGui::GetFrameCount();
    ImGui::BeginChild("layers", {0, std::min(all_high, high * most_rows) + 2}, false);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ImGui::GetStyle().ItemSpacing.x, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_SelectableTextAlign, {0, 0.5f});
    const ImVec2 first = ImGui::GetCursorScreenPos();
    std::vector<float> ends{first.y};  // the lower edges of the layers with what follows them, after the upper edge
    for (int n = 0; n < count; ++n) {
        if (ImGui::Selectable(row_text(s, n).c_str(), n == s.shown, 0, {0, high})) store.dispatch(state::ShowLayer{n});
        note_place(fmt::format("layer {}", n).c_str());
        if (ImGui::IsItemActive() && std::abs(ImGui::GetMouseDragDelta(0).y) > drag_begins_px * style.scale)
            dragged_layer = n;
        if (dragged_layer < 0) hint(t("Click to show this layer, drag it to reorder the chain."));
        if (n == s.shown && s.shown != shown_before) ImGui::SetScrollHereY();
        draw_betweens(store, style, theme, n, high_between);
        ends.push_back(ImGui::GetCursorScreenPos().y);
    }
    shown_before = s.shown;
    if (dragged_layer >= 0) {
        int to = 0;
        while (to + 1 < count && ImGui::GetIO().MousePos.y >= ends[static_cast<std::size_t>(to) + 1]) ++to;
        if (to != dragged_layer)
            draw_landing(theme, style.scale, first.x,
                         ends[static_cast<std::size_t>(to + (to > dragged_layer ? 1 : 0))]);
        if (!ImGui::IsMouseDown(0)) {
            if (to != dragged_layer && dragged_layer < count) store.dispatch(state::MoveLayer{dragged_layer, to});
            dragged_layer = -1;
        }
    }
    ImGui::PopStyleVar(2);
    ImGui::EndChild();
}

}  // namespace

void draw_layer_list(Store& store, const Style& style) {
    const scene::Theme& theme = store.theme();
    const state::State& s = store.state();
    const int count = static_cast<int>(s.stages.size()), shown = s.shown;
    const bool has_rows = count > 1 || !s.stages.front().after.empty();
    if (has_rows) draw_rows(store, style, theme);
    ImGui::PushFont(style.small);
    if (text_button("layer add", t("Add a layer"))) store.dispatch(state::AddLayer{shown});
    hint(t("Add a 3×3 convolution after this layer that keeps the size"));
    ImGui::SameLine(0, 4 * style.scale);
    if (text_button("layer duplicate", t("Duplicate"))) store.dispatch(state::DuplicateLayer{shown});
    hint(t("Insert a copy of this layer after it"));
    ImGui::PopFont();
    if (count == 1) return draw_add_between(store);
    const float side = ImGui::GetFrameHeight() / style.scale;
    auto button = [&](const char* place, Icon icon, const char* says, bool enabled) {
        ImGui::SameLine(0, 4 * style.scale);
        return icon_button(style, theme,
                           {.icon = icon, .place = place, .says = says, .enabled = enabled, .side = side});
    };
    if (button("layer earlier", Icon::back, t("Move earlier in the chain"), shown > 0))
        store.dispatch(state::MoveLayer{shown, shown - 1});
    if (button("layer later", Icon::forward, t("Move later in the chain"), shown + 1 < count))
        store.dispatch(state::MoveLayer{shown, shown + 1});
    if (button("layer remove", Icon::close, t("Remove from the chain"), true))
        store.dispatch(state::RemoveLayer{shown});
    draw_add_between(store);
}

}  // namespace convloom::gui
