#include "app/gui/widgets/number_field.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "app/files/decimal.hpp"
#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/widgets/modal.hpp"

namespace convloom::gui {
namespace {

constexpr double most_whole = 1e9;

// Typed text that is not accepted yet. If another field gets the focus, as by Tab, it does so before this one is drawn,
// and ImGui has discarded the text by then.
struct Typing {
    ImGuiID field = 0;
    std::array<char, 256> text{};
    std::string taken;  // accepted by a Tab that had no other field to go to
};
Typing typing;
std::optional<std::string> fault;

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t");
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

std::optional<double> read_decimal(std::string_view text) {
    constexpr std::string_view minus = "−";
    const bool negative = text.starts_with(minus), sign = negative || text.starts_with('+');
    if (sign) text.remove_prefix(negative ? minus.size() : 1);
    if (sign && text.starts_with('-')) return std::nullopt;
    double value = 0;
    if (files::read_decimal(text, value) != text.size() || text.empty() || !std::isfinite(value)) return std::nullopt;
    return negative ? -value : value;
}

}  // namespace

std::optional<double> read_number(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return read_decimal(text);
    const auto above = read_decimal(text.substr(0, slash)), below = read_decimal(text.substr(slash + 1));
    if (!above || !below || *below == 0) return std::nullopt;
    return *above / *below;
}

std::string field_text(double value) {
    return fmt::format("{:.4g}", value);
}

std::optional<std::string> text_field(const std::string& place, const std::string& shown, float width,
                                      const std::string& empty_says) {
    ImGui::PushID(place.c_str());
    const ImGuiID id = ImGui::GetID("##field");
    std::array<char, 256> text{};
    if (typing.field == id)
        text = typing.text;
    else
        shown.copy(text.data(), text.size() - 1);
    ImGui::SetNextItemWidth(width);
    ImGui::InputTextWithHint("##field", empty_says.c_str(), text.data(), text.size(),
                             ImGuiInputTextFlags_AutoSelectAll);
    note_place(place.c_str());
    const bool active = ImGui::IsItemActive(), tab = active && key_pressed(ImGuiKey_Tab);
    const bool left = tab || ImGui::IsItemDeactivated();
    const std::string before = typing.field == id ? typing.taken : shown;
    if (active)
        typing = {id, text, tab ? text.data() : before};
    else if (typing.field == id)
        typing.field = 0;
    ImGui::PopID();
    if (!left || before == text.data() || shown == text.data()) return std::nullopt;
    return text.data();
}

std::optional<double> number_field(const std::string& place, const std::string& shown, float width, NumberKind kind) {
    const auto typed = text_field(place, shown, width);
    if (!typed) return std::nullopt;
    const std::string text = trimmed(*typed);
    if (text.empty()) return std::nullopt;
    const auto value = read_number(text);
    const bool whole = kind == NumberKind::whole;
    if (!value || (whole && *value != std::floor(*value)))
        fault = whole ? tf("“{}” is not a whole number.", text) : tf("“{}” is not a number.", text);
    else if (std::abs(*value) > (whole ? most_whole : std::numeric_limits<float>::max()))
        fault = tf("“{}” is too large.", text);
    else
        return value;
    return std::nullopt;
}

bool has_number_fault() {
    return fault.has_value();
}

std::optional<std::string> take_number_fault() {
    return std::exchange(fault, std::nullopt);
}

}  // namespace convloom::gui
