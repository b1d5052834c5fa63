#include "app/gui/widgets/popups.hpp"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <iterator>

#include "app/gui/base/focus.hpp"
#include "app/gui/widgets/modal.hpp"

namespace convloom::gui {
namespace {

int answered_in = -1;  // the frame in which Esc closed a popup

}  // namespace

bool keys_are_taken() {
    // WantTextInput is from the previous frame, in which the field may have been left.
    return ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel) ||
           (ImGui::GetIO().WantTextInput && ImGui::IsAnyItemActive());
}

namespace {

struct FocusKey {
    ImGuiKey key;
    FocusMove move;
};
constexpr FocusKey focus_arrows[] = {{ImGuiKey_LeftArrow, FocusMove::left},
                                     {ImGuiKey_RightArrow, FocusMove::right},
                                     {ImGuiKey_UpArrow, FocusMove::up},
                                     {ImGuiKey_DownArrow, FocusMove::down}};

bool any_arrow_pressed() {
    return std::any_of(std::begin(focus_arrows), std::end(focus_arrows),
                       [](const FocusKey& arrow) { return key_pressed(arrow.key); });
}

bool take_focus_arrow() {
    for (const FocusKey& arrow : focus_arrows) {
        if (!key_pressed(arrow.key, true)) continue;
        const bool sideways = arrow.move == FocusMove::left || arrow.move == FocusMove::right;
        if (focused_kind() == ControlKind::slider && sideways)
            nudge_focused(arrow.move == FocusMove::right ? 1 : -1);
        else
            move_focus(arrow.move);
        return true;
    }
    return false;
}

}  // namespace

bool take_focus_keys() {
    const ImGuiIO& io = ImGui::GetIO();
    if (io.KeyCtrl || io.KeyAlt || io.KeySuper) return false;
    // In a slow frame ImGui would treat a short press as a held key; the window's own repeats are commands.
    if (key_pressed(ImGuiKey_Tab)) return move_focus(io.KeyShift ? FocusMove::previous : FocusMove::next), true;
    const bool typing = io.WantTextInput && ImGui::IsAnyItemActive();
    const bool popup = ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
    if (typing || io.KeyShift) return false;
    // An arrow key enters a popup that the mouse opened.
    if (!focus_is_shown()) return popup && !dialog_is_in_front() && any_arrow_pressed() && move_focus(FocusMove::next);
    if (!popup && key_pressed(ImGuiKey_Escape)) return hide_focus(), true;
    // In a dialog Enter confirms, unless a button or a list has the focus.
    const ControlKind kind = focused_kind();
    const bool leaves_enter = dialog_is_in_front() && kind != ControlKind::button && kind != ControlKind::way_out;
    if (key_pressed(ImGuiKey_Space) || (enter_pressed() && !leaves_enter)) return press_focused(), true;
    return take_focus_arrow();
}

bool dialog_is_in_front() {
    const ImVector<ImGuiPopupData>& open = ImGui::GetCurrentContext()->OpenPopupStack;
    return !open.empty() && open.back().Window && (open.back().Window->Flags & ImGuiWindowFlags_Modal) != 0;
}

void close_popup_on_escape() {
    const int open = ImGui::GetCurrentContext()->OpenPopupStack.Size;
    if (open == 0 || dialog_is_in_front() || !key_pressed(ImGuiKey_Escape)) return;
    ImGui::ClosePopupToLevel(open - 1, true);
    answered_in = ImGui::GetFrameCount();
}

bool escape_pressed() {
    return key_pressed(ImGuiKey_Escape) && answered_in != ImGui::GetFrameCount();
}

}  // namespace convloom::gui
