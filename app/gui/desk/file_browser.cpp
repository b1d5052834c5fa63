#include "app/gui/desk/file_browser.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/widgets/modal.hpp"
#include "app/gui/widgets/popups.hpp"
#include "app/gui/widgets/widgets.hpp"

namespace convloom::gui {
namespace {

namespace fs = std::filesystem;

constexpr float dialog_width = 760, dialog_height = 520, places_width = 168, button_width = 112;

// The end of a path that is too long, as "…/figures/dilation".
std::string shortened(const std::string& path, float room) {
    if (ImGui::CalcTextSize(path.c_str()).x <= room) return path;
    for (std::size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1)) {
        const std::string rest = "…" + path.substr(slash);
        if (ImGui::CalcTextSize(rest.c_str()).x <= room) return rest;
    }
    return "…" + path.substr(path.rfind('/'));
}

void folder_sign(ImDrawList& list, ImVec2 at, float side, ImU32 color) {
    const float r = side * 0.1f;
    list.AddRectFilled({at.x, at.y + side * 0.1f}, {at.x + side * 0.45f, at.y + side * 0.4f}, color, r);
    list.AddRectFilled({at.x, at.y + side * 0.22f}, {at.x + side, at.y + side * 0.85f}, color, r);
}

void file_sign(ImDrawList& list, ImVec2 at, float side, ImU32 color, float thick) {
    list.AddRect({at.x + side * 0.18f, at.y + side * 0.06f}, {at.x + side * 0.82f, at.y + side * 0.94f}, color,
                 side * 0.08f, 0, thick);
    for (int n = 0; n < 3; ++n) {
        const float y = at.y + side * (0.34f + 0.18f * static_cast<float>(n));
        list.AddLine({at.x + side * 0.34f, y}, {at.x + side * 0.66f, y}, color, thick);
    }
}

bool up_button(const Style& style, const scene::Theme& theme) {
    const bool clicked = icon_button(
        style, theme, {.icon = Icon::none, .place = "browse up", .says = t("One folder up (Backspace)"), .side = 26});
    const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
    const float x = (from.x + to.x) / 2, y = (from.y + to.y) / 2, r = 6 * style.scale;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 head[] = {{x - r, y}, {x, y - r}, {x + r, y}};
    list.AddPolyline(head, 3, u32(theme.text), 0, 1.5f * style.scale);
    list.AddLine({x, y - r}, {x, y + r}, u32(theme.text), 1.5f * style.scale);
    return clicked;
}

// Dimmed while the dialog asks another question.
ImU32 faded(scene::Color color) {
    color.a = static_cast<std::uint8_t>(static_cast<float>(color.a) * ImGui::GetStyle().Alpha);
    return u32(color);
}

// A selected row has the accent colour behind it.
void push_chosen(const scene::Theme& theme) {
    scene::Color color = theme.accent;
    color.a = 56;
    for (ImGuiCol part : {ImGuiCol_Header, ImGuiCol_HeaderHovered, ImGuiCol_HeaderActive})
        ImGui::PushStyleColor(part, vec(color));
}

}  // namespace

void FileBrowser::open(FileQuestion question, bool ask_first) {
    question_ = std::move(question);
    if (question_.filters.empty()) question_.filters.push_back({});
    places_ = places_to_browse(question_.recent);
    chosen_.reset();
    replaces_.clear();
    was_asked_ = false;
    filter_ = 0;
    is_open_ = true;
    closes_ = false;
    go_to(existing_folder(question_.suggested));
    std::error_code ec;
    const bool is_file = question_.suggested.has_filename() && !fs::is_directory(question_.suggested, ec);
    type(question_.saves && is_file ? question_.suggested.filename().string() : "");
    if (ask_first) replaces_ = question_.suggested;
}

void FileBrowser::go_to(const fs::path& folder) {
    folder_ = folder;
    if (!folder_.has_filename() && folder_ != folder_.root_path()) folder_ = folder_.parent_path();  // "a/" -> "a"
    listing_ = list_folder(folder_, question_.filters[static_cast<std::size_t>(filter_)]);
    selected_ = -1;
    refusal_ = listing_.fault;
    reveals_ = true;
}

void FileBrowser::go_up() {
    const std::string from = folder_.filename().string();
    go_to(folder_.parent_path());
    for (int n = 0; n < static_cast<int>(listing_.entries.size()); ++n)
        if (listing_.entries[n].name == from) selected_ = n;
}

void FileBrowser::type(const std::string& text) {
    const std::size_t length = std::min(text.size(), typed_.size() - 1);
    std::memcpy(typed_.data(), text.data(), length);
    typed_[length] = '\0';
    ++field_number_;
    focuses_ = true;
}

void FileBrowser::choose(const fs::path& path) {
    std::error_code ec;
    if (!question_.saves && !fs::exists(path, ec)) {
        refusal_ = tf("There is no file {}.", path.string());
        return;
    }
    if (!question_.saves) {
        chosen_ = path;
        return;
    }
    const fs::path file = with_ending(path, question_.filters[static_cast<std::size_t>(filter_)]);
    if (!fs::is_directory(file.parent_path(), ec))
        refusal_ = tf("There is no folder {}.", file.parent_path().string());
    else if (fs::exists(file, ec))
        replaces_ = file;
    else
        chosen_ = file;
}

void FileBrowser::activate(int entry) {
    const FolderEntry& e = listing_.entries[static_cast<std::size_t>(entry)];
    if (!e.is_folder) return choose(folder_ / e.name);
    go_to(folder_ / e.name);
    if (!question_.saves) type("");
    focuses_ = true;
}

// For Enter or the button: the selected entry, else the typed name.
void FileBrowser::submit() {
    refusal_.clear();
    focuses_ = true;  // Enter takes the focus from the field
    if (selected_ >= 0) return activate(selected_);
    const std::string text = typed_.data();
    if (text.empty()) {
        refusal_ = question_.saves ? t("Type a name for the file.") : t("Pick a file, or type its name.");
        return;
    }
    const fs::path path = typed_path(folder_, text);
    std::error_code ec;
    if (!fs::is_directory(path, ec)) return choose(path);
    go_to(path);
    type("");
}

void FileBrowser::take_keys() {
    const int count = static_cast<int>(listing_.entries.size());
    int to = selected_;
    if (key_pressed(ImGuiKey_DownArrow, true)) to = std::min(selected_ + 1, count - 1);
    if (key_pressed(ImGuiKey_UpArrow, true)) to = std::max(selected_ - 1, 0);
    if (key_pressed(ImGuiKey_PageDown, true)) to = std::min(selected_ + 10, count - 1);
    if (key_pressed(ImGuiKey_PageUp, true)) to = std::max(selected_ - 10, 0);
    if (to != selected_ && count > 0) selected_ = to, reveals_ = true;
    if (key_pressed(ImGuiKey_Backspace) && typed_[0] == '\0' && !typed_before_) go_up();
    if (enter_pressed()) submit();
}

void FileBrowser::draw_places(const Style& style, const scene::Theme& theme) {
    const FocusGroup group("places");
    ImGui::BeginChild("places", {places_width * style.scale, -bottom_height(style)});
    ImGui::PushStyleVar(ImGuiStyleVar_SelectableTextAlign, {0, 0.5f});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ImGui::GetStyle().ItemSpacing.x, 2 * style.scale});
    for (std::size_t n = 0; n < places_.size(); ++n) {
        ImGui::PushID(static_cast<int>(n));
        const bool is_here = places_[n].folder == folder_;
        if (is_here) push_chosen(theme);
        if (ImGui::Selectable(places_[n].name.c_str(), is_here, 0, {0, 24 * style.scale}))
            go_to(places_[n].folder), focuses_ = true;
        if (is_here) ImGui::PopStyleColor(3);
        hint(places_[n].folder.string());
        ImGui::PopID();
        note_place(("browse place " + std::to_string(n)).c_str());
    }
    ImGui::PopStyleVar(2);
    ImGui::EndChild();
}

void FileBrowser::draw_entries(const Style& style, const scene::Theme& theme) {
    const FocusGroup group("entries");
    ImGui::BeginChild("entries", {0, -bottom_height(style)}, false);
    const float row = 26 * style.scale, sign = 15 * style.scale, pad = 6 * style.scale;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {unit * style.scale, 0});
    ImDrawList& list = *ImGui::GetWindowDrawList();
    ImGuiListClipper clipper;
    if (reveals_ && selected_ >= 0)
        ImGui::SetScrollY(std::max(0.f, (static_cast<float>(selected_) + 0.5f) * row - ImGui::GetWindowHeight() / 2));
    else if (reveals_)
        ImGui::SetScrollY(0);
    reveals_ = false;
    int activated = -1;
    clipper.Begin(static_cast<int>(listing_.entries.size()), row);
    while (clipper.Step())
        for (int n = clipper.DisplayStart; n < clipper.DisplayEnd; ++n) {
            const FolderEntry& e = listing_.entries[static_cast<std::size_t>(n)];
            const ImVec2 at = ImGui::GetCursorScreenPos();
            const float wide = ImGui::GetContentRegionAvail().x;
            ImGui::PushID(n);
            if (n == selected_) push_chosen(theme);
            const bool was_selected = n == selected_;
            if (ImGui::Selectable("##entry", n == selected_, ImGuiSelectableFlags_AllowDoubleClick, {0, row})) {
                selected_ = n;
                if (question_.saves && !e.is_folder) type(e.name);
                if (ImGui::IsMouseDoubleClicked(0)) activated = n;
            }
            if (was_selected) ImGui::PopStyleColor(3);
            ImGui::PopID();
            note_place(("browse " + e.name).c_str());
            const ImVec2 corner_of_sign{at.x + pad, at.y + (row - sign) / 2};
            if (e.is_folder)
                folder_sign(list, corner_of_sign, sign, faded(theme.accent));
            else
                file_sign(list, corner_of_sign, sign, faded(theme.muted), style.scale);
            const float text_y = at.y + (row - ImGui::GetFontSize()) / 2;
            const std::string size = e.is_folder ? "" : bytes_text(static_cast<double>(e.bytes));
            const float size_wide = style.small->CalcTextSizeA(style.small->FontSize, FLT_MAX, 0, size.c_str()).x;
            const ImVec4 clip{at.x, at.y, at.x + wide - size_wide - 3 * pad, at.y + row};
            list.AddText(style.body, style.body->FontSize, {at.x + 2 * pad + sign, text_y}, faded(theme.text),
                         e.name.c_str(), nullptr, 0, &clip);
            list.AddText(style.small, style.small->FontSize,
                         {at.x + wide - size_wide - pad, at.y + (row - style.small->FontSize) / 2}, faded(theme.muted),
                         size.c_str());
        }
    ImGui::PopStyleVar();
    if (listing_.entries.empty() && listing_.fault.empty())
        muted_text(style, theme, t("This folder holds nothing to choose."));
    ImGui::EndChild();
    if (activated >= 0) activate(activated);
}

void FileBrowser::draw_field(const Style& style) {
    row_label(style, question_.saves ? t("Name") : t("Name or path"));
    ImGui::SetNextItemWidth(question_.filters.size() > 1 ? -240 * style.scale : -1);
    if (focuses_) ImGui::SetKeyboardFocusHere();
    focuses_ = false;
    typed_before_ = typed_[0] != '\0';
    ImGui::PushID(field_number_);
    if (ImGui::InputText("##name", typed_.data(), typed_.size())) selected_ = -1, refusal_.clear();
    ImGui::PopID();
    note_place("browse name");
    if (question_.filters.size() < 2) return;
    ImGui::SameLine();
    std::vector<std::string> names;
    for (const FileFilter& filter : question_.filters) names.push_back(filter.name);
    if (const auto picked = drop_down("browse filter", names, filter_)) {
        filter_ = *picked;
        go_to(folder_);
    }
}

void FileBrowser::draw_buttons(const Style& style, const scene::Theme& theme) {
    const float wide = button_width * style.scale, top = ImGui::GetCursorPosY();
    if (!refusal_.empty())
        refused_text(style, theme, refusal_.c_str(), ImGui::GetWindowWidth() - 2 * (wide + 4 * unit * style.scale));
    ImGui::SetCursorPosY(top);
    align_right(wide, 2);
    if (text_button("browse cancel", t("Cancel"), wide)) closes_ = true;
    ImGui::SameLine();
    if (text_button("browse take", question_.saves ? t("Save") : t("Open"), wide, true)) submit();
}

// Replaces the buttons.
void FileBrowser::draw_question(const Style& style) {
    const float wide = button_width * style.scale;
    ImGui::AlignTextToFramePadding();
    strong_text(style, tf("{} already exists. Replace it?", replaces_.filename().string()));
    ImGui::SameLine();
    align_right(wide, 2);
    const bool back = text_button("browse keep", t("Keep it"), wide);
    ImGui::SameLine();
    if (text_button("browse replace", t("Replace"), wide, true) ||
        (was_asked_ && enter_pressed() && !focus_is_shown())) {
        chosen_ = replaces_;
    } else if (back || closes_) {
        closes_ = false;
        replaces_.clear();
        focuses_ = true;
    }
    was_asked_ = !replaces_.empty();
}

float FileBrowser::bottom_height(const Style& style) const {
    return 2 * ImGui::GetFrameHeight() + 2 * unit * style.scale;
}

std::optional<fs::path> FileBrowser::draw(const Style& style, const scene::Theme& theme) {
    if (!is_open_) return std::nullopt;
    if (!begin_modal("browse", question_.title.c_str(), dialog_width, dialog_height, style, theme, &closes_))
        return std::nullopt;
    if (escape_pressed()) closes_ = true;
    const bool asks = !replaces_.empty();
    // A control with the focus ring handles its keys itself.
    const bool typing = ImGui::GetIO().WantTextInput && ImGui::IsAnyItemActive();
    if (!asks && dialog_is_in_front() && (typing || !focus_is_shown())) take_keys();
    ImGui::BeginDisabled(asks);
    if (up_button(style, theme)) go_up(), focuses_ = true;
    ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(shortened(folder_.string(), ImGui::GetContentRegionAvail().x).c_str());
    draw_places(style, theme);
    ImGui::SameLine();
    draw_entries(style, theme);
    draw_field(style);
    ImGui::EndDisabled();
    asks ? draw_question(style) : draw_buttons(style, theme);
    if (closes_ || chosen_) {
        is_open_ = false;
        ImGui::CloseCurrentPopup();
    }
    end_modal();
    return std::exchange(chosen_, std::nullopt);
}

}  // namespace convloom::gui
