#include "app/gui/export/export_dialog.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <thread>
#include <utility>

#include "app/exporting/page_options.hpp"
#include "app/files/files.hpp"
#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/export/export_form.hpp"
#include "app/gui/export/export_job.hpp"
#include "app/gui/widgets/modal.hpp"
#include "app/gui/widgets/number_field.hpp"
#include "app/gui/widgets/popups.hpp"
#include "app/gui/widgets/widgets.hpp"

namespace convloom::gui {
namespace {

namespace fs = std::filesystem;

constexpr float export_width = 912, export_height = 612, form_width = 392, export_button_width = 112, card_width = 336;
// The size is not estimated until a gesture has ended.
constexpr auto estimate_after = std::chrono::milliseconds(200);
constexpr std::size_t most_copied = 16 << 20;  // bytes of text that a window offers to others at once
constexpr double most_measured_pixels = 20e6;  // larger frames would take as much memory as an export

std::string time_text(double s) {
    constexpr double most_s = 1e9;
    const auto whole = static_cast<long long>(std::ceil(std::min(s, most_s)));
    if (whole < 60) return tf("{} s", whole);
    return fmt::format("{}:{:02} min", whole / 60, whole % 60);
}

}  // namespace

void ExportDialog::open(const state::State& shown, const std::string& folder, const std::vector<std::string>& recent) {
    shown_ = shown;
    recent_ = recent;
    std::error_code ec;
    begin_with(choices_, shown, !folder_.empty() && fs::is_directory(folder_, ec) ? folder_ : folder);
    take_path();
    agreed_.clear();
    replaces_.clear();
    closes_ = false;
    is_open_ = true;
    opened_s_ = ImGui::GetTime();
    looked_at_ = {};
    looked_at_.per_second = -1;  // no choices were examined yet
}

// The field shows the path of the choices.
void ExportDialog::take_path() {
    const std::size_t length = std::min(choices_.path.size(), path_.size() - 1);
    std::memcpy(path_.data(), choices_.path.data(), length);
    path_[length] = '\0';
}

// Computes what follows from the choices, once per change.
void ExportDialog::look_again() {
    if (choices_ == looked_at_) return;
    const state::State state = state_to_export(choices_, shown_);
    refusal_ = refused(choices_, state);
    ExportChoices but_path = looked_at_;
    but_path.path = choices_.path;
    const bool same_picture = but_path == choices_;
    looked_at_ = choices_;
    if (same_picture && !estimate_ && refusal_.empty()) ask_size();
    if (same_picture) return;
    if (estimate_) {
        estimate_->stop();
        left_.push_back(std::move(estimate_));
    }
    const exporting::ExportOptions options = options_of(choices_);
    const bool range_holds =
        options.steps.empty() || exporting::are_steps(options.steps, places_of(state).step_count());
    const bool size_holds =
        options.frame.width >= exporting::least_side_px && options.frame.height >= exporting::least_side_px;
    const auto why = exporting::refusal_of(options);
    const bool page_holds = !why || why->field != exporting::OptionField::page;
    if (!range_holds || !size_holds || !page_holds || !exporting::page_refused(options, state).empty()) return;
    frames_ = exporting::frame_count(state, options);
    preview_.show(state, options, frames_);
    if (refusal_.empty()) ask_size();
}

void ExportDialog::ask_size() {
    const exporting::ExportOptions options = options_of(choices_);
    if (static_cast<double>(options.frame.width) * options.frame.height > most_measured_pixels) return;
    estimate_ = std::make_unique<Job>(
        [state = state_to_export(choices_, shown_), options](const exporting::GoOn& go_on) {
            std::this_thread::sleep_for(estimate_after);
            return Job::Ended{true, false, "", exporting::estimated_bytes(state, options, go_on)};
        },
        wake_);
}

void ExportDialog::begin() {
    if (!refusal_.empty() || export_) return;
    const state::State state = state_to_export(choices_, shown_);
    if (agreed_ != choices_.path) replaces_ = replaced_by(choices_, state, frames_);
    if (!replaces_.empty()) return;
    const fs::path path = choices_.path;
    folder_ = path.parent_path().string();
    exported_ = path.filename().string();
    if (estimate_) estimate_->stop();
    export_ = export_job(name_of(choices_, frames_), state, options_of(choices_), wake_);
    closes_ = true;
}

std::optional<ExportDialog::Note> ExportDialog::copy(const state::State& state,
                                                     const exporting::ExportOptions& options) {
    if (export_) return Note{t("An export is running; copy when it has finished."), true};
    if (const auto refusal = exporting::refusal_of(options)) return Note{t_sentence(refusal->sentence), true};
    copied_ = std::make_shared<std::string>();
    exported_ = options.format->name;
    export_ = std::make_unique<Job>(
        [state, options, text = copied_](const exporting::GoOn& go_on) {
            *text = exporting::bytes(state, options, go_on);
            const auto bytes = static_cast<double>(text->size());
            if (text->size() > most_copied)
                throw Error(tf("{} are too much for the clipboard; export a file instead.", bytes_text(bytes)));
            return Job::Ended{true, false, tf("Copied as {} text, {}.", options.format->name, bytes_text(bytes)),
                              bytes};
        },
        wake_);
    return std::nullopt;
}

void ExportDialog::draw_facts(const Style& style, const scene::Theme& theme, float width) {
    const bool animated = exporting::is_animated(*choices_.format);
    std::string text = frames_ == 1 ? t("One frame") : tf("{} frames", frames_);
    if (animated && frames_ > 1 && choices_.per_second > 0)
        text += tf(", {} long", time_text(static_cast<double>(frames_) / choices_.per_second));
    if (exporting::has_pages(*choices_.format) && frames_ > 1) text = tf("{} pages", frames_);
    const auto size = estimate_ ? estimate_->ended() : std::nullopt;
    if (size && size->well)
        text += tf(" · about {}", bytes_text(size->number));
    else if (estimate_ && !size)
        text += t(" · measuring the size …");
    wrapped_text(style.strong, text, width);
    if (frames_ > 1 && !exporting::is_one_file(*choices_.format)) {
        const files::Sequence names(name_of(choices_, frames_));
        const state::State state = state_to_export(choices_, shown_);
        const exporting::ExportOptions options = options_of(choices_);
        muted_text(style, theme,
                   tf("Files {} to {}", names.at(exporting::file_number(state, options, 0)).filename().string(),
                      names.at(exporting::file_number(state, options, frames_ - 1)).filename().string()),
                   width);
    }
}

void ExportDialog::draw_path(const Style& style, const scene::Theme& theme) {
    const float browse = export_button_width * style.scale;
    row_label(style, t("File"));
    ImGui::SetNextItemWidth(-browse - ImGui::GetStyle().ItemSpacing.x);
    if (ImGui::InputText("##path", path_.data(), path_.size())) {
        choices_.path = path_.data();
        // A typed file extension selects the format.
        if (const auto* format = exporting::format_of(choices_.path)) choices_.format = format;
    }
    note_place("export path");
    ImGui::SameLine();
    if (text_button("export browse", t("Browse …"), browse) && !browse_.is_waiting())
        browse_.open({true, t("Export to"), export_filters(*choices_.format), fs::path(choices_.path), recent_});
    if (const auto file = browse_.draw(style, theme)) {
        choices_.path = agreed_ = *file;
        if (const auto* format = exporting::format_of(*file)) choices_.format = format;
        take_path();
    }
}

void ExportDialog::draw_buttons(const Style& style, const scene::Theme& theme) {
    const float wide = export_button_width * style.scale, top = ImGui::GetCursorPosY();
    const bool asks = !replaces_.empty(), copies = choices_.format->is_text && !asks;
    const int buttons = copies ? 3 : 2;
    const float room = ImGui::GetWindowWidth() - static_cast<float>(buttons) * (wide + 4 * unit * style.scale);
    if (asks)
        wrapped_text(style.strong, tf("{} already exists.", replaces_), room);
    else if (export_)
        muted_text(style, theme, t("An export is running; start this one when it has finished."), room);
    else if (!refusal_.empty())
        refused_text(style, theme, refusal_.c_str(), room);
    ImGui::SetCursorPosY(top);
    align_right(wide, buttons);
    if (copies) {
        ImGui::BeginDisabled(!refusal_.empty() || export_ || !exporting::is_one_text(*choices_.format, frames_));
        if (text_button("export copy", t("Copy"), wide)) {
            copy(state_to_export(choices_, shown_), options_of(choices_));
            closes_ = true;
        }
        ImGui::EndDisabled();
        hint(t("Copy the file's text, to paste it into a page or a document"));
        ImGui::SameLine();
    }
    if (text_button("export cancel", asks ? t("Keep it") : t("Cancel"), wide))
        asks ? replaces_.clear() : void(closes_ = true);
    ImGui::SameLine();
    ImGui::BeginDisabled(!refusal_.empty() || export_);
    const bool pressed = text_button("export begin", asks ? t("Replace") : t("Export"), wide, true);
    ImGui::EndDisabled();
    if (!pressed) return;
    if (asks) agreed_ = choices_.path, replaces_.clear();
    begin();
}

void ExportDialog::draw_modal(const Style& style, const scene::Theme& theme) {
    // A key for the file browser must not reach this dialog.
    const bool browsing = browse_.is_open();
    if (!begin_modal("export", t("Export"), export_width, export_height, style, theme, &closes_)) return;
    if (escape_pressed() && !browsing) {
        if (replaces_.empty())
            closes_ = true;
        else
            replaces_.clear();
    }
    // Enter first accepts typed text, below; on a button or a list it belongs to them.
    const bool theirs = focus_is_shown() && !ImGui::GetIO().WantTextInput && focused_kind() == ControlKind::button;
    const bool enters = enter_pressed() && dialog_is_in_front() && !browsing && replaces_.empty() && !theirs;
    const float gap = 3 * unit * style.scale, bottom = 2 * ImGui::GetFrameHeight() + 2 * unit * style.scale;
    const float form = std::min(form_width * style.scale, ImGui::GetContentRegionAvail().x / 2),
                high = ImGui::GetContentRegionAvail().y - bottom - unit * style.scale;
    const ImVec2 at = ImGui::GetCursorPos();
    const float left = ImGui::GetContentRegionAvail().x - form - gap;
    ImGui::BeginGroup();
    const float facts = style.strong->FontSize + 2 * style.small->FontSize + 2 * unit * style.scale;
    preview_.draw(style, theme, {left, std::max(40.f, high - facts)});
    draw_facts(style, theme, left);
    ImGui::EndGroup();
    ImGui::SetCursorPos({at.x + left + gap, at.y});
    ImGui::BeginChild("form", {form, high});
    draw_export_form(choices_, shown_, style, theme);
    ImGui::EndChild();
    if (choices_.format != looked_at_.format && looked_at_.per_second > 0) {
        set_format(choices_, *choices_.format);
        take_path();
    }
    ImGui::SetCursorPos(
        {at.x, ImGui::GetWindowHeight() - ImGui::GetStyle().WindowPadding.y - bottom + unit * style.scale});
    draw_path(style, theme);
    draw_buttons(style, theme);
    if (choices_ != looked_at_) replaces_.clear();
    look_again();
    if (enters && !has_number_fault()) begin();
    if (closes_) {
        is_open_ = closes_ = false;
        browse_.close();
        if (estimate_) estimate_->stop(), left_.push_back(std::move(estimate_));
        ImGui::CloseCurrentPopup();
    }
    end_modal();
    if (ImGui::GetTime() - opened_s_ < fade_s && wake_) wake_();
}

std::optional<ExportDialog::Note> ExportDialog::draw_card(const Style& style, const scene::Theme& theme,
                                                          ImVec2 corner_at) {
    const auto ended = export_->ended();
    if (ended) {
        export_.reset();
        const auto text = std::exchange(copied_, nullptr);
        if (text && ended->well) ImGui::SetClipboardText(text->c_str());
        if (text && ended->stopped) return Note{t("Stopped. Nothing was copied."), false};
        if (ended->stopped) return Note{t("Stopped. Nothing was written."), false};
        return Note{ended->well ? ended->says : t_sentence(ended->says), !ended->well, ended->file};
    }
    const float margin = 2 * unit * style.scale;
    ImGui::SetNextWindowPos({corner_at.x - margin, corner_at.y - margin}, 0, {1, 1});
    ImGui::SetNextWindowSize({card_width * style.scale, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, (corner + 2) * style.scale);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, style.scale);
    ImGui::Begin("exporting", nullptr,
                 ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav |
                     ImGuiWindowFlags_AlwaysAutoResize);
    ImGui::PushFont(style.body);
    wrapped_text(style.strong, copied_ ? tf("Copying as {}", exported_) : tf("Exporting {}", exported_));
    note_box("exported name", ImGui::GetItemRectMin().x, ImGui::GetItemRectMin().y, ImGui::GetItemRectSize().x,
             ImGui::GetItemRectSize().y);
    const exporting::Progress progress = export_->progress();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float wide = ImGui::GetContentRegionAvail().x, high = 6 * style.scale;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(at, {at.x + wide, at.y + high}, ImGui::GetColorU32(ImGuiCol_FrameBgActive), high / 2);
    const float filled = std::max(high, wide * static_cast<float>(progress.part));
    list.AddRectFilled(at, {at.x + filled, at.y + high}, u32(theme.accent), high / 2);
    ImGui::Dummy({wide, high});
    std::string text = export_->stops() ? t("Stopping …")
                       : progress.looking
                           ? t("Looking for the figure's edges …")
                           : tf("Frame {} of {}", progress.frame + 1, std::max<std::size_t>(1, progress.count));
    if (const auto left = export_->seconds_left(); left && !export_->stops()) text += tf(", {} left", time_text(*left));
    ImGui::AlignTextToFramePadding();
    ImGui::PushStyleColor(ImGuiCol_Text, vec(theme.muted));
    ImGui::TextUnformatted(text.c_str());
    ImGui::PopStyleColor();
    ImGui::SameLine();
    align_right(88 * style.scale, 1);
    if (text_button("export stop", t("Cancel"), 88 * style.scale)) export_->stop();
    ImGui::PopFont();
    ImGui::End();
    ImGui::PopStyleVar(2);
    return std::nullopt;
}

std::optional<ExportDialog::Note> ExportDialog::draw(const Style& style, const scene::Theme& theme, ImVec2 corner_at) {
    std::erase_if(left_, [](const auto& job) { return job->ended().has_value(); });
    if (is_open_) draw_modal(style, theme);
    return export_ ? draw_card(style, theme, corner_at) : std::nullopt;
}

}  // namespace convloom::gui
