#include "app/gui/widgets/number_row.hpp"

#include <algorithm>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/widgets/number_field.hpp"
#include "app/gui/widgets/widgets.hpp"

namespace convloom::gui {
namespace {

using arith::Index;

constexpr float field_width = 48, lock_side = 26, callout_width = 320;
constexpr Index most_typed = 1'000'000'000;

}  // namespace

void NumberRows::note_row(const NumberRow& row) const {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    memory.row_places[row.field] = {ImGui::GetWindowPos().x, at.y + ImGui::GetFrameHeight() / 2};
}

void NumberRows::field(const NumberRow& row, const std::string& place, Index value, int axis, float width,
                       const std::function<state::Action(Index)>& action) const {
    ImGui::PushID(place.c_str());
    // Accepted when the field is left, since a partly typed number is not meant.
    if (const auto typed = number_field(place, std::to_string(value), width, NumberKind::whole)) {
        const auto number = static_cast<Index>(*typed);
        store.begin_gesture();
        if (number != value) store.dispatch_number(row.field, axis, row.label, number, action(number));
    }
    // The wheel and the up and down arrows change it by one.
    if (ImGui::IsItemHovered() && ImGui::GetIO().MouseWheel != 0 && ImGui::GetIO().KeyCtrl) {
        store.begin_gesture();
        const Index next = value + (ImGui::GetIO().MouseWheel > 0 ? 1 : -1);
        store.dispatch_number(row.field, axis, row.label, next, action(next));
    }
    ImGui::PopID();
}

void NumberRows::slider(const NumberRow& row, Index value, float width,
                        const std::function<state::Action(Index)>& action) const {
    const std::string place = row.place;
    ImGui::PushID(row.place);
    ImGui::SetNextItemWidth(width - field_width * style.scale - 4 * style.scale);
    int number = static_cast<int>(std::min(value, most_typed));
    const int most = static_cast<int>(std::max(row.most, std::min<Index>(value, most_typed)));
    const bool moved =
        ImGui::SliderInt("##slider", &number, static_cast<int>(row.least), most, "", ImGuiSliderFlags_NoInput);
    // Before the value that the press itself sets, which would otherwise merge with the previous edit.
    if (ImGui::IsItemActivated()) store.begin_gesture();
    note_place((place + " slider").c_str(), ControlKind::slider);
    if (moved && number != value)
        store.dispatch_number(row.field, state::every_axis, row.label, number, action(number));
    if (const int by = nudged(); by != 0) {
        store.begin_gesture();
        store.dispatch_number(row.field, state::every_axis, row.label, value + by, action(value + by));
    }
    ImGui::SameLine(0, 4 * style.scale);
    ImGui::PopID();
    field(row, place, value, state::every_axis, field_width * style.scale, action);
}

void NumberRows::fields(const NumberRow& row, const arith::Layer& layer, const Value& value, const ToAction& action,
                        float width) const {
    const float gap = 4 * style.scale, each = (width - gap * static_cast<float>(rank - 1)) / static_cast<float>(rank);
    for (int a = 0; a < rank; ++a) {
        if (a > 0) ImGui::SameLine(0, gap);
        field(row, fmt::format("{} {}", row.place, a), value(layer.axes[a]), a, each,
              [&](Index v) { return action(v, a); });
        hint(t(std::string(arith::axis_name(rank, a)).c_str()));
    }
}

bool NumberRows::lock(const NumberRow& row, bool alike) const {
    if (!alike) memory.open_locks.insert(row.place);
    const bool open = memory.open_locks.contains(row.place);
    const float right = ImGui::GetWindowContentRegionMax().x - lock_side * style.scale;
    ImGui::SameLine(right);
    const std::string place = fmt::format("{} lock", row.place);
    const char* says = !alike ? t("The axes differ; click to make them equal")
                       : open ? t("One number per axis; click to use one number for all axes")
                              : t("The same on every axis; click to use one number per axis");
    return icon_button(
        style, theme,
        {.icon = open ? Icon::unlock : Icon::lock, .place = place.c_str(), .says = says, .side = lock_side});
}

void NumberRows::one(const NumberRow& row, Index value, const std::function<state::Action(Index)>& action) const {
    note_row(row);
    row_label(style, row.label);
    slider(row, value, ImGui::GetContentRegionAvail().x - (rank > 1 ? (lock_side + 4) * style.scale : 0), action);
}

void NumberRows::axes(const NumberRow& row, const arith::Layer& layer, const Value& value,
                      const ToAction& action) const {
    if (rank == 1) return one(row, value(layer.axes[0]), [&](Index v) { return action(v, state::every_axis); });
    note_row(row);
    row_label(style, row.label);
    const bool alike = std::all_of(layer.axes.begin(), layer.axes.end(),
                                   [&](const arith::Axis& a) { return value(a) == value(layer.axes[0]); });
    if (!alike) memory.open_locks.insert(row.place);
    const float width = ImGui::GetContentRegionAvail().x - (lock_side + 4) * style.scale;
    if (memory.open_locks.contains(row.place))
        fields(row, layer, value, action, width);
    else
        slider(row, value(layer.axes[0]), width, [&](Index v) { return action(v, state::every_axis); });
    if (!lock(row, alike)) return;
    if (!memory.open_locks.contains(row.place))
        memory.open_locks.insert(row.place);
    else if (alike || (store.begin_gesture(),
                       store.dispatch_number(row.field, state::every_axis, row.label, value(layer.axes[0]),
                                             action(value(layer.axes[0]), state::every_axis))))
        memory.open_locks.erase(row.place);
}

void NumberRows::sides(const NumberRow& row, const arith::Layer& layer) const {
    const arith::Axis& first = layer.axes[0];
    const bool alike = std::all_of(layer.axes.begin(), layer.axes.end(), [&](const arith::Axis& a) {
        return a.pad_before == first.pad_before && a.pad_after == first.pad_before;
    });
    if (!alike) memory.open_locks.insert(row.place);
    const bool open = memory.open_locks.contains(row.place);
    auto set = [](state::Side side) {
        return [side](Index v, int axis) -> state::Action { return state::SetPadding{v, axis, side}; };
    };
    note_row(row);
    row_label(style, open ? t("Padding before") : row.label);
    const float width = ImGui::GetContentRegionAvail().x - (lock_side + 4) * style.scale;
    if (open)
        fields(
            row, layer, [](const arith::Axis& a) { return a.pad_before; }, set(state::Side::before), width);
    else
        slider(row, first.pad_before, width, [](Index v) -> state::Action { return state::SetPadding{v}; });
    if (lock(row, alike)) {
        if (!open)
            memory.open_locks.insert(row.place);
        else if (alike ||
                 (store.begin_gesture(), store.dispatch_number(row.field, state::every_axis, row.label,
                                                               first.pad_before, state::SetPadding{first.pad_before})))
            memory.open_locks.erase(row.place);
    }
    if (open) {
        NumberRow after = row;
        after.place = "padding after";
        row_label(style, t("Padding after"));
        fields(
            after, layer, [](const arith::Axis& a) { return a.pad_after; }, set(state::Side::after), width);
    }
    // The padding conventions by name.
    row_label(style, "");
    const std::string names[] = {"valid", "same", "full"};
    constexpr arith::PaddingRule rules[] = {arith::PaddingRule::valid, arith::PaddingRule::same_upper,
                                            arith::PaddingRule::full};
    int now = -1;
    for (int n = 0; n < 3; ++n) {
        arith::Layer padded = layer;
        arith::set_padding(padded, rules[n]);
        if (padded == layer && now < 0) now = n;
    }
    ImGui::BeginGroup();
    ImGui::PushFont(style.small);
    if (const auto clicked = choices("padding rule", names, now, style, theme))
        store.dispatch(state::SetPaddingRule{rules[*clicked]});
    ImGui::PopFont();
    ImGui::EndGroup();
}

void draw_callout(const NumberRowsMemory& memory, const Style& style, const scene::Theme& theme,
                  const Refusal& refusal) {
    const auto place = memory.row_places.find(refusal.field);
    const float s = style.scale, pad = 12 * s, width = callout_width * s;
    const ImVec2 display = ImGui::GetIO().DisplaySize;
    const Lines title = lines_of(style.strong, refusal.title, width - 2 * pad),
                text = lines_of(style.body, refusal.sentence, width - 2 * pad);
    const float height = title.height() + text.height() + 2 * pad;
    const float right = (place == memory.row_places.end() ? ImGui::GetWindowPos().x : place->second.x) - 2 * unit * s;
    const float row = place == memory.row_places.end() ? display.y / 2 : place->second.y;
    // Over the canvas, and under whatever opens in front of the window.
    const float least_top = top_height * s + 8 * s, most_top = display.y - timeline_height * s - height - 8 * s;
    const float top = std::clamp(row - height / 2, least_top, std::max(least_top, most_top));
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.PushClipRectFullScreen();
    const ImVec2 from{right - width, top}, to{right, top + height};
    list.AddRectFilled(from, to, u32(theme.panel), corner * s);
    list.AddTriangleFilled({right - 1, row - 8 * s}, {right - 1, row + 8 * s}, {right + 9 * s, row},
                           u32(theme.refused));
    list.AddRectFilled(from, {from.x + 5 * s, to.y}, u32(theme.refused), corner * s, ImDrawFlags_RoundCornersLeft);
    list.AddRect(from, to, u32(theme.refused), corner * s, 0, s);
    const float x = from.x + pad + 2 * s;
    title.draw(list, {x, top + pad}, u32(theme.refused));
    text.draw(list, {x, top + pad + title.height()}, u32(theme.text));
    list.PopClipRect();
    note_box("refusal", from.x, from.y, width, height);
}

void fault_text(const Style& style, const scene::Theme& theme, const std::string& sentence) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::Indent(12 * style.scale);
    ImGui::PushStyleColor(ImGuiCol_Text, vec(theme.refused));
    wrapped_text(style.body, sentence);
    ImGui::PopStyleColor();
    ImGui::Unindent(12 * style.scale);
    const ImVec2 to = ImGui::GetItemRectMax();
    ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + 4 * style.scale, to.y}, u32(theme.refused), 2 * style.scale);
}

}  // namespace convloom::gui
