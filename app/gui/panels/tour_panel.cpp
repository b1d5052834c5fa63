#include "app/gui/panels/tour_panel.hpp"

#include <algorithm>

#include "app/gui/base/language.hpp"
#include "app/gui/base/light.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/widgets/widgets.hpp"

namespace convloom::gui {
namespace {

constexpr const char* tour_name = "tour";  // of a State that is the picture of a page

void heading(const Style& style, const scene::Theme& theme, const char* text) {
    ImGui::Dummy({0, unit * style.scale / 2});
    ImGui::PushStyleColor(ImGuiCol_Text, vec(theme.accent));
    strong_text(style, text);
    ImGui::PopStyleColor();
}

}  // namespace

void TourPanel::load(Store& store, const TourPlace& place) {
    if (!chapters_.empty() && language_ == language()) return;
    const bool other_language = !chapters_.empty();
    language_ = language();
    chapters_ = tour::chapters(language_);
    begin_question(place, spot_of(place));
    // The picture's title is the page's, whatever is edited.
    const state::State& now = store.state();
    if (other_language && now.name == tour_name && !now.own_title && !now.title.empty()) {
        const Spot spot = spot_of(place);
        state::State renamed = store.state();
        renamed.title = chapters_[spot.chapter].pages[spot.page].title;
        store.dispatch(state::OpenState{std::move(renamed)});
    }
}

TourPanel::Spot TourPanel::spot_of(const TourPlace& place) const {
    Spot spot;
    for (int n = 0; n < static_cast<int>(chapters_.size()); ++n)
        if (chapters_[n].name == place.chapter) spot.chapter = n;
    spot.page = std::clamp(place.page, 0, static_cast<int>(chapters_[spot.chapter].pages.size()) - 1);
    return spot;
}

TourPanel::Spot TourPanel::beside(Spot spot, int direction) const {
    const int next = spot.page + direction;
    if (next >= 0 && next < static_cast<int>(chapters_[spot.chapter].pages.size())) return {spot.chapter, next};
    const int chapter = spot.chapter + direction;
    if (chapter < 0 || chapter >= static_cast<int>(chapters_.size())) return spot;
    return {chapter, direction > 0 ? 0 : static_cast<int>(chapters_[chapter].pages.size()) - 1};
}

std::string TourPanel::id_of(Spot spot) const {
    return fmt::format("{}/{}", chapters_[spot.chapter].name, spot.page);
}

bool TourPanel::is_answered(const TourPlace& place, Spot spot) const {
    return std::find(place.answered.begin(), place.answered.end(), id_of(spot)) != place.answered.end();
}

void TourPanel::open_page(Store& store, const TourPlace& place) {
    load(store, place);
    const Spot spot = spot_of(place);
    store.dispatch(state::OpenState{chapters_[spot.chapter].pages[spot.page].state});
    store.set_playing(false);
}

void TourPanel::open(Store& store, TourPlace& place) {
    place.open = true;
    own_ = Own{store.state(), store.file(), store.playing()};
    open_page(store, place);
    store.set_file("");  // saving must not write to that document
}

void TourPanel::close(Store& store, TourPlace& place) {
    place.open = false;
    light_up({});
    const state::State& shown = store.state();
    if (own_ && shown.name == tour_name && shown.view != scene::View::photo) {
        store.dispatch(state::OpenState{std::move(own_->state)});
        store.set_file(std::move(own_->file));
        store.set_playing(own_->playing);
    }
    own_.reset();
}

void TourPanel::begin_question(const TourPlace& place, Spot spot) {
    const tour::Question& question = chapters_[spot.chapter].pages[spot.page].question;
    const bool answered = is_answered(place, spot);
    typed_[answered ? question.answers.front().copy(typed_, sizeof typed_ - 1) : 0] = 0;
    reply_ = answered ? question.explanation : "";
    verdict_ = answered ? Verdict::right : Verdict::none;
    tries_ = 0;
}

void TourPanel::turn(Store& store, TourPlace& place, int direction) {
    load(store, place);
    const Spot spot = spot_of(place), other = beside(spot, direction);
    if (other.chapter != spot.chapter || other.page != spot.page) go_to(store, place, other);
}

void TourPanel::go_to(Store& store, TourPlace& place, Spot spot) {
    place.chapter = chapters_[spot.chapter].name;
    place.page = spot.page;
    begin_question(place, spot);
    open_page(store, place);
}

void TourPanel::draw_head(Store& store, TourPlace& place, Spot spot, const Style& style) {
    std::vector<std::string> titles;
    for (int c = 0; c < static_cast<int>(chapters_.size()); ++c) {
        int answered = 0;
        const int pages = static_cast<int>(chapters_[c].pages.size());
        for (int p = 0; p < pages; ++p) answered += is_answered(place, {c, p});
        titles.push_back(answered == 0 ? chapters_[c].title
                                       : fmt::format("{}  {}/{}", chapters_[c].title, answered, pages));
    }
    ImGui::BeginGroup();
    const float cross = 32 * style.scale, wide = ImGui::GetContentRegionAvail().x - cross - unit * style.scale;
    ImGui::BeginChild("chapters", {wide, ImGui::GetFrameHeight()}, false, ImGuiWindowFlags_NoScrollbar);
    if (const auto picked = drop_down("tour chapter", titles, spot.chapter)) go_to(store, place, {*picked, 0});
    ImGui::EndChild();
    ImGui::SameLine();
    if (icon_button(style, store.theme(),
                    {.icon = Icon::close, .place = "tour close", .says = t("Close the tour"), .side = 28}))
        close(store, place);
    ImGui::EndGroup();
}

void TourPanel::draw_question(const Store& store, TourPlace& place, Spot spot, const Style& style) {
    const scene::Theme& theme = store.theme();
    const tour::Question& question = chapters_[spot.chapter].pages[spot.page].question;
    heading(style, theme, t("Question"));
    wrapped_text(style.body, question.prompt);
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x * 0.5f);
    const bool entered = ImGui::InputTextWithHint(
        "##answer", question.kind == tour::Question::Kind::shape ? t("Type sizes such as 3×3.") : t("Type a number."),
        typed_, sizeof typed_, ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    note_place("tour answer");
    ImGui::SameLine();
    const bool checked = text_button("tour check", t("Check"), 0, true);
    if ((entered || checked) && typed_[0] != 0) check(place, spot);
    if (verdict_ == Verdict::none) return;
    ImGui::Dummy({0, 2 * style.scale});
    if (verdict_ != Verdict::unread) {
        ImGui::PushStyleColor(ImGuiCol_Text, vec(verdict_ == Verdict::right ? theme.accent : theme.refused));
        strong_text(style, verdict_ == Verdict::right ? t("Right.")
                           : tries_ < 2               ? t("Not quite; try again.")
                                                      : t("Not quite."));
        ImGui::PopStyleColor();
        note_place(verdict_ == Verdict::right ? "tour right" : "tour wrong");
    }
    wrapped_text(style.body, reply_);
    note_place(verdict_ == Verdict::unread ? "tour unread" : "tour reply");
    if (verdict_ == Verdict::wrong && tries_ < 2 && text_button("tour show answer", t("Show the answer"))) {
        verdict_ = Verdict::right;
        reply_ = question.explanation;
        typed_[question.answers.front().copy(typed_, sizeof typed_ - 1)] = 0;
    }
}

// After the first wrong answer a hint, after the second the result.
void TourPanel::check(TourPlace& place, Spot spot) {
    const tour::Question& question = chapters_[spot.chapter].pages[spot.page].question;
    if (!is_answer(question, typed_)) {
        verdict_ = Verdict::unread;
        reply_ = question.kind == tour::Question::Kind::shape
                     ? tf("“{}” is not a size; type sizes such as 3×3.", typed_)
                     : tf("“{}” is not a number; type one such as 12 or 0.5.", typed_);
        return;
    }
    if (accepts(question, typed_)) {
        verdict_ = Verdict::right;
        reply_ = question.explanation;
        if (!is_answered(place, spot)) place.answered.push_back(id_of(spot));
        return;
    }
    verdict_ = Verdict::wrong;
    ++tries_;
    if (tries_ < 2) {
        reply_ = hint_for(question, typed_, language_);
        return;
    }
    reply_ = explanation_for(question, typed_);
    if (reply_ != question.explanation) reply_ += "\n" + question.explanation;
}

// Marked until the layer is edited.
void TourPanel::show_controls(Interface& interface, const tour::TourPage& page) {
    if (!text_button("tour show where", t("Show me where"))) return;
    interface.inspector = true, interface.page.hide_inspector = false;
    interface.tab = page.controls.front() == "all at once" ? InspectorTab::view : InspectorTab::layer;
    bring_light_into_sight();
}

void TourPanel::draw_try(Store& store, Interface& interface, Spot spot, const Style& style) {
    const tour::TourPage& page = chapters_[spot.chapter].pages[spot.page];
    heading(style, store.theme(), t("Try it"));
    wrapped_text(style.body, page.try_this);
    const bool untouched =
        store.state().stages == page.state.stages && store.state().look.all_at_once == page.state.look.all_at_once;
    light_up(untouched ? page.controls : std::vector<std::string>{});
    // Those of the timeline are always visible; while presenting, no others are.
    if (!page.controls.empty() && !interface.presenting && !page.controls.front().ends_with("forward")) {
        show_controls(interface, page);
        ImGui::SameLine();
    }
    if (text_button("tour reset", t("Restore the picture"))) open_page(store, interface.tour);
}

// Dots for the chapter's pages, and the buttons.
void TourPanel::draw_way(Store& store, TourPlace& place, Spot spot, const Style& style) {
    const scene::Theme& theme = store.theme();
    const float s = style.scale, wide = ImGui::GetContentRegionAvail().x;
    int number = 0, count = 0, answered = 0;
    for (int c = 0; c < static_cast<int>(chapters_.size()); ++c)
        for (int p = 0; p < static_cast<int>(chapters_[c].pages.size()); ++p) {
            ++count;
            answered += is_answered(place, {c, p});
            if (c < spot.chapter || (c == spot.chapter && p <= spot.page)) ++number;
        }
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float gap = 14 * s, r = 4 * s;
    for (int p = 0; p < static_cast<int>(chapters_[spot.chapter].pages.size()); ++p) {
        const ImVec2 middle{at.x + r + gap * static_cast<float>(p), at.y + 9 * s};
        if (is_answered(place, {spot.chapter, p}))
            list.AddCircleFilled(middle, r, u32(theme.accent));
        else
            list.AddCircle(middle, r, u32(theme.muted), 0, 1.5f * s);
        if (p == spot.page) list.AddCircle(middle, r + 3 * s, u32(theme.text), 0, 1.5f * s);
    }
    const std::string says = fmt::format("{} / {}", number, count) + " · " + tf("{} of {} answered", answered, count);
    ImGui::PushFont(style.small);
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + wide - ImGui::CalcTextSize(says.c_str()).x);
    ImGui::TextUnformatted(says.c_str());
    ImGui::PopFont();
    const float half = (wide - unit * s) / 2;
    if (text_button("tour previous", t("Previous"), half)) turn(store, place, -1);
    ImGui::SameLine(0, unit * s);
    if (text_button("tour next", t("Next"), half, true)) turn(store, place, 1);
}

void TourPanel::draw(Store& store, Interface& interface, const Style& style) {
    TourPlace& place = interface.tour;
    load(store, place);
    const Spot spot = spot_of(place);
    draw_head(store, place, spot, style);
    if (!place.open) return;
    const float foot = 74 * style.scale;
    ImGui::BeginChild(id_of(spot).c_str(), {0, ImGui::GetContentRegionAvail().y - foot});
    const tour::TourPage& page = chapters_[spot.chapter].pages[spot.page];
    wrapped_text(style.title, page.title);
    wrapped_text(style.body, page.text);
    draw_try(store, interface, spot, style);
    draw_question(store, place, spot, style);
    ImGui::EndChild();
    draw_way(store, place, spot_of(place), style);
}

}  // namespace convloom::gui
