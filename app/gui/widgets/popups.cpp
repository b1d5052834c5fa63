#include "app/gui/widgets/popups.hpp"

#include <imgui.h>
#include <imgui_internal.h>

#include "app/gui/widgets/modal.hpp"

namespace convloom::gui {
namespace {

int answered_in = -1;  // the frame in which Esc closed a popup

}  // namespace

bool keys_are_taken() {
    // WantTextInput is of the frame before, in which the field may have been left.
    return ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel) ||
           (ImGui::GetIO().WantTextInput && ImGui::IsAnyItemActive());
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
