#include <algorithm>
#include <cmath>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/panels/panels.hpp"
#include "app/gui/widgets/widgets.hpp"
#include "core/arith/layer/output_size.hpp"

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
    if (stage.after == arith::Activation::relu) text += " + ReLU";
    return text;
}

// Where the dragged row would be dropped: a line above or below the row under the pointer.
void draw_landing(const scene::Theme& theme, float scale, ImVec2 first, float high, int to) {
    const float wide = ImGui::GetContentRegionAvail().x,
                y = first.y + high * static_cast<float>(to + (to > dragged_layer ? 1 : 0)) - 1;
    ImGui::GetWindowDrawList()->AddLine({first.x, y}, {first.x + wide, y}, u32(theme.accent), 2 * scale);
}

void draw_rows(Store& store, const Style& style, const scene::Theme& theme) {
    const state::State& s = store.state();
    const int count = static_cast<int>(s.stages.size());
    const float high = ImGui::GetFrameHeight();
    static int shown_before = -1, drawn_in = 0;
    // A drag that was still active when the panel was hidden has no effect.
    if (ImGui::GetFrameCount() > drawn_in + 1) dragged_layer = -1;
    drawn_in = ImGui::GetFrameCount();
    ImGui::BeginChild("layers", {0, high * static_cast<float>(std::min(count, most_rows)) + 2}, false);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ImGui::GetStyle().ItemSpacing.x, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_SelectableTextAlign, {0, 0.5f});
    const ImVec2 first = ImGui::GetCursorScreenPos();
    for (int n = 0; n < count; ++n) {
        if (ImGui::Selectable(row_text(s, n).c_str(), n == s.shown, 0, {0, high})) store.dispatch(state::ShowLayer{n});
        note_place(fmt::format("layer {}", n).c_str());
        if (ImGui::IsItemActive() && std::abs(ImGui::GetMouseDragDelta(0).y) > drag_begins_px * style.scale)
            dragged_layer = n;
        if (dragged_layer < 0) hint(t("Click to show this layer, drag it to reorder the chain."));
        if (n == s.shown && s.shown != shown_before) ImGui::SetScrollHereY();
    }
    shown_before = s.shown;
    if (dragged_layer >= 0) {
        const int to =
            std::clamp(static_cast<int>(std::floor((ImGui::GetIO().MousePos.y - first.y) / high)), 0, count - 1);
        if (to != dragged_layer) draw_landing(theme, style.scale, first, high, to);
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
    if (count > 1) draw_rows(store, style, theme);
    ImGui::PushFont(style.small);
    if (text_button("layer add", t("Add a layer"))) store.dispatch(state::AddLayer{shown});
    hint(t("Add a 3×3 convolution after this layer that keeps the size"));
    ImGui::SameLine(0, 4 * style.scale);
    if (text_button("layer duplicate", t("Duplicate"))) store.dispatch(state::DuplicateLayer{shown});
    hint(t("Insert a copy of this layer after it"));
    ImGui::PopFont();
    if (count == 1) return;
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
    bool relu = s.stages[static_cast<std::size_t>(shown)].after == arith::Activation::relu;
    if (shown + 1 < count && toggle("relu", t("ReLU before the next layer"), &relu))
        store.dispatch(state::SetActivation{relu ? arith::Activation::relu : arith::Activation::none});
}

}  // namespace convloom::gui
