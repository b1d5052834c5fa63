#include "app/gui/widgets/code_field.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <map>
#include <vector>

#include "app/gui/base/places.hpp"

namespace convloom::gui {
namespace {

constexpr std::size_t most_code_bytes = (1 << 16) + 1;  // one more than is ever parsed
constexpr std::size_t least_lines = 2, most_lines = 6;

float width_of_code(ImFont* font, const char* from, const char* to) {
    return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, from, to).x;
}

// The displayed text of a field, and the real text. Both have the same length; a line may end at a space.
struct CodeTyping {
    std::string text, seen, text_before, seen_before;
    std::vector<char> buffer;
    ImFont* font = nullptr;
    float width = 0;

    // Applies edits of the displayed text to the real text, and wraps its lines again.
    void take(const std::string& typed) {
        const std::size_t least = std::min(typed.size(), seen.size());
        std::size_t same = 0, after = 0;
        while (same < least && typed[same] == seen[same]) ++same;
        while (after < least - same && typed[typed.size() - 1 - after] == seen[seen.size() - 1 - after]) ++after;
        text.replace(same, text.size() - same - after, typed, same, typed.size() - same - after);
        seen = broken_at_spaces(text, font, width);
    }
};

int on_edit(ImGuiInputTextCallbackData* data) {
    auto& typing = *static_cast<CodeTyping*>(data->UserData);
    const std::string typed(data->Buf, static_cast<std::size_t>(data->BufTextLen));
    typing.take(typed);
    if (typing.seen == typed) return 0;
    std::copy(typing.seen.begin(), typing.seen.end(), data->Buf);
    data->BufDirty = true;
    return 0;
}

std::size_t line_count(const std::string& seen) {
    return 1 + static_cast<std::size_t>(std::count(seen.begin(), seen.end(), '\n'));
}

// Underlines the marked part of each line.
void draw_code_mark(const std::string& place, const CodeTyping& typing, const CodeMark& mark, ImGuiWindow& inner,
                    const scene::Theme& theme) {
    ImDrawList& list = *inner.DrawList;
    const ImVec2 padding = ImGui::GetStyle().FramePadding, origin = inner.DC.CursorStartPos;
    const char* text = typing.seen.c_str();
    const std::size_t end = std::min(mark.at + mark.length, typing.seen.size());
    list.PushClipRect(inner.InnerRect.Min, inner.InnerRect.Max, true);
    std::size_t line = 0, line_from = 0;
    for (std::size_t n = 0; n <= typing.seen.size(); ++n) {
        if (n < typing.seen.size() && text[n] != '\n') continue;
        const std::size_t from = std::max(mark.at, line_from), to = std::min(end, n);
        if (from < to) {
            const float x = origin.x + padding.x + width_of_code(typing.font, text + line_from, text + from),
                        wide = width_of_code(typing.font, text + from, text + to),
                        top = origin.y + padding.y + static_cast<float>(line) * typing.font->FontSize,
                        bottom = top + typing.font->FontSize;
            scene::Color veil = theme.refused;
            veil.a = 50;
            list.AddRectFilled({x, top}, {x + wide, bottom}, u32(veil), 2);
            list.AddLine({x, bottom}, {x + wide, bottom}, u32(theme.refused), std::max(1.5f, bottom - top) * 0.12f);
            note_box((place + " mark").c_str(), x, top, wide, bottom - top);
        }
        ++line;
        line_from = n + 1;
    }
    list.PopClipRect();
}

}  // namespace

std::string broken_at_spaces(const std::string& text, ImFont* font, float width) {
    std::string seen = text;
    std::size_t line_from = 0, last_space = std::string::npos;
    for (std::size_t n = 0; n <= seen.size(); ++n) {
        const bool ends = n == seen.size() || seen[n] == '\n';
        if (!ends && seen[n] != ' ') continue;
        if (last_space != std::string::npos && width_of_code(font, seen.data() + line_from, seen.data() + n) > width) {
            seen[last_space] = '\n';
            line_from = last_space + 1;
        }
        last_space = ends ? std::string::npos : n;
        if (ends) line_from = n + 1;
        // Leading spaces indent a line.
        if (!ends && seen.find_first_not_of(' ', line_from) >= n) last_space = std::string::npos;
    }
    return seen;
}

CodeAnswer code_field(const std::string& place, std::string& text, const CodeMark& mark, const scene::Theme& theme) {
    static std::map<std::string, CodeTyping> all;
    CodeTyping& typing = all[place];
    const ImGuiStyle& style = ImGui::GetStyle();
    typing.font = ImGui::GetFont();
    typing.width = ImGui::GetContentRegionAvail().x - 2 * style.FramePadding.x - 1;
    if (line_count(broken_at_spaces(text, typing.font, typing.width)) > most_lines) typing.width -= style.ScrollbarSize;
    ImGui::PushID(place.c_str());
    const ImGuiID id = ImGui::GetID("##code");
    const bool was_active = ImGui::GetActiveID() == id;
    if (!was_active) typing.text = text, typing.seen = broken_at_spaces(text, typing.font, typing.width);
    typing.buffer.assign(most_code_bytes, 0);
    std::copy_n(typing.seen.begin(), std::min(typing.seen.size(), most_code_bytes - 1), typing.buffer.begin());
    const auto lines = std::clamp(line_count(typing.seen), least_lines, most_lines);
    CodeAnswer answer;
    answer.enter = ImGui::InputTextMultiline(
        "##code", typing.buffer.data(), typing.buffer.size(),
        {-1, static_cast<float>(lines) * typing.font->FontSize + 2 * style.FramePadding.y + 2},
        ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_CtrlEnterForNewLine |
            ImGuiInputTextFlags_CallbackEdit | ImGuiInputTextFlags_NoHorizontalScroll,
        on_edit, &typing);
    note_place(place.c_str());
    if (!was_active && ImGui::GetActiveID() == id) typing.text_before = typing.text, typing.seen_before = typing.seen;
    // Esc restores the old text.
    const std::string shown = typing.buffer.data();
    if (was_active && shown != typing.seen) {
        if (shown == typing.seen_before)
            typing.text = typing.text_before, typing.seen = shown;
        else
            typing.take(shown);
    }
    ImGui::PopID();
    answer.edited = typing.text != text;
    text = typing.text;
    const ImVector<ImGuiWindow*>& inside = ImGui::GetCurrentWindow()->DC.ChildWindows;
    if (mark.length > 0 && !inside.empty()) draw_code_mark(place, typing, mark, *inside.back(), theme);
    return answer;
}

}  // namespace convloom::gui
