#include "app/gui/widgets/open_names.hpp"

#include <algorithm>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/widgets/widgets.hpp"

namespace convloom::gui {

void OpenNames::ask(const std::vector<state::OpenName>& names) {
    for (const state::OpenName& name : names) {
        const bool known =
            std::any_of(asked_.begin(), asked_.end(), [&](const auto& one) { return one.name == name.name; });
        if (!known) asked_.push_back(name);
    }
}

std::vector<state::NameGiven> OpenNames::answers() const {
    std::vector<state::NameGiven> given;
    for (const auto& [name, answer] : answers_)
        if (!answer.empty()) given.push_back({name, answer});
    return given;
}

bool OpenNames::draw(const Style& style, const scene::Theme& theme) {
    bool enter = false;
    if (!asked_.empty()) muted_text(style, theme, t("These names are not given in the code:"));
    for (const state::OpenName& one : asked_) {
        char buffer[64] = "";
        std::string& answer = answers_[one.name];
        answer.copy(buffer, sizeof buffer - 1);
        ImGui::PushID(one.name.c_str());
        ImGui::AlignTextToFramePadding();
        ImGui::TextUnformatted((one.name + " =").c_str());
        ImGui::SameLine();
        ImGui::SetNextItemWidth(-1);
        enter |= ImGui::InputTextWithHint("##answer", one.example.c_str(), buffer, sizeof buffer,
                                          ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
        answer = buffer;
        note_place(("open name " + one.name).c_str());
        hint(tf("{} of {}", one.argument, one.layer).c_str());
        ImGui::PopID();
    }
    return enter;
}

}  // namespace convloom::gui
