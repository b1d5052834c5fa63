#include "app/gui/canvas/cell_menu.hpp"

#include <algorithm>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/widgets/number_field.hpp"
#include "app/gui/widgets/widgets.hpp"
#include "core/scene/pointing/cell_facts.hpp"

namespace convloom::gui {
namespace {

constexpr float menu_width = 264, least_field_width = 72;

// A row of the menu; a disabled row says why in its tooltip.
bool menu_row(const char* place, const char* text, const std::string& why_not = "", bool closes = true) {
    ImGui::PushID(place);
    ImGui::BeginDisabled(!why_not.empty());
    // Requires press and release on the row, since the long press that opened the menu may end over it.
    const bool picked =
        ImGui::Selectable(text, false, closes ? ImGuiSelectableFlags_None : ImGuiSelectableFlags_DontClosePopups,
                          {0, ImGui::GetTextLineHeight() * 1.3f});
    ImGui::EndDisabled();
    note_place(place);
    hint(why_not);
    ImGui::PopID();
    return picked;
}

}  // namespace

std::string why_not_typed(const state::State& state, const scene::Pointed& at) {
    if (at.cell.part == arith::Part::output)
        return t("Outputs are computed; type into the input or the kernel instead.");
    if (at.put_in || at.padding) return t("Padding and inserted zeros cannot be edited.");
    if (at.cell.part == arith::Part::input && state.shown > 0)
        return t("This layer's input comes from the layer before; type into the first layer's input instead.");
    return "";
}

void CellMenu::open(const scene::Pointed& at, const scene::Rect& box) {
    at_ = at;
    box_ = box;
    opens_ = true;
    why_ = false;
    typed_.reset();
}

void CellMenu::edit(const SeenValue& value) {
    typed_ = value;
    begins_ = true;
}

void CellMenu::draw(Store& store, const Style& style, const scene::Affine& page_to_window,
                    std::optional<scene::Pointed>& pinned) {
    if (opens_) ImGui::OpenPopup("cell menu");
    opens_ = false;
    if (at_) draw_menu(store, style, pinned);
    if (typed_) draw_field(store, style, page_to_window);
}

void CellMenu::draw_menu(Store& store, const Style& style, std::optional<scene::Pointed>& pinned) {
    ImGui::SetNextWindowSize({menu_width * style.scale, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {unit * style.scale, unit * style.scale});
    if (ImGui::BeginPopup("cell menu")) {
        draw_rows(store, style, pinned);
        // The menu may have grown since it opened.
        const ImVec2 from = ImGui::GetWindowPos();
        const float lowest = ImGui::GetIO().DisplaySize.y - ImGui::GetWindowHeight() - unit * style.scale;
        if (from.y > lowest) ImGui::SetWindowPos({from.x, std::max(0.0f, lowest)});
        ImGui::EndPopup();
    } else {
        at_.reset();
    }
    ImGui::PopStyleVar();
}

void CellMenu::draw_rows(Store& store, const Style& style, std::optional<scene::Pointed>& pinned) {
    const scene::Theme& theme = store.theme();
    const state::State& s = store.state();
    const scene::Pointed at = *at_;
    const arith::Recording& recording = store.recording();
    const scene::PointedWords words = scene::words(recording, s.moment, at, s.language);
    wrapped_text(style.small_strong, words.cell);
    if (!words.ties.empty()) muted_text(style, theme, words.ties);
    ImGui::Separator();
    if (menu_row("cell copy value", t("Copy the value"))) {
        const std::string value = fmt::format("{}", scene::value_of(recording, at));
        ImGui::SetClipboardText(value.c_str());
        store.say(tf("Copied {}.", value));
    }
    const bool output = at.cell.part == arith::Part::output;
    const auto sum =
        scene::sum_text(recording, output ? recording.step_at(at.cell.channel, at.cell.at) : s.moment.step);
    if (menu_row("cell copy sum", output ? t("Copy its sum") : t("Copy this step's sum"),
                 sum ? "" : t("The sum has too many products to read."))) {
        ImGui::SetClipboardText(sum->c_str());
        store.say(t("Copied the sum."));
    }
    if (menu_row("cell edit", t("Type a value"), store.locked() ? locked_sentence() : why_not_typed(s, at)))
        edit({at.cell.part == arith::Part::input ? state::TensorName::input : state::TensorName::weight,
              *scene::place_in_tensor(s.layer(), at), box_});
    if (menu_row("cell pin", pinned == at ? t("Unpin") : t("Pin the highlight"))) {
        if (pinned == at)
            pinned.reset();
        else
            pinned = at;
    }
    const auto moment = scene::moment_of(recording, s.moment, at);
    if (menu_row("cell go", output ? t("Go to its step") : t("Go to a product that uses it"),
                 moment ? "" : t("It takes part in no product."))) {
        store.move(state::GoToStep{moment->step});
        if (moment->tap != scene::Moment::whole_window) store.move(state::GoToTap{moment->tap});
    }
    if (!at.padding && !at.put_in) return;
    if (menu_row("cell why", t("Why is there padding?"), "", false)) why_ = true;
    if (!why_) return;
    ImGui::Separator();
    wrapped_text(style.small, scene::why_padded(s.layer(), at, s.language));
    note_place("cell why text");
}

// Over the cell, but at least as large as a number needs.
void CellMenu::draw_field(Store& store, const Style& style, const scene::Affine& page_to_window) {
    const state::State& s = store.state();
    const auto* tensor = tensor_of(s, typed_->tensor);
    if (!tensor || typed_->place >= static_cast<arith::Index>((*tensor)->values.size())) return typed_.reset();
    const scene::Point from = page_to_window({typed_->box.x, typed_->box.y}),
                       to = page_to_window({typed_->box.right(), typed_->box.bottom()});
    const float width = std::max(least_field_width * style.scale, static_cast<float>(to.x - from.x));
    const ImVec2 middle{static_cast<float>(from.x + to.x) / 2, static_cast<float>(from.y + to.y) / 2};
    ImGui::SetNextWindowPos(middle, ImGuiCond_Always, {0.5f, 0.5f});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {2 * style.scale, 2 * style.scale});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, corner * style.scale);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 2 * style.scale);
    ImGui::PushStyleColor(ImGuiCol_Border, vec(store.theme().accent));
    ImGui::Begin("cell field", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoMove);
    if (begins_) ImGui::SetKeyboardFocusHere();
    const auto value = number_field(
        "cell value", field_text((*tensor)->values[static_cast<std::size_t>(typed_->place)]), width, NumberKind::real);
    const bool left = ImGui::IsItemDeactivated();
    ImGui::End();
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(4);
    begins_ = false;
    if (value) store.dispatch(state::SetCells{typed_->tensor, {{typed_->place, static_cast<float>(*value)}}});
    if (value || left) typed_.reset();
}

}  // namespace convloom::gui
