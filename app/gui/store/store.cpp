#include "app/gui/store/store.hpp"

#include <algorithm>

#include "app/exporting/formats.hpp"
#include "app/files/files.hpp"
#include "app/gui/base/language.hpp"
#include "core/scene/compare/compose_refused.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/json.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/update/set_pixels.hpp"
#include "core/state/words/title.hpp"
#include "core/state/words/torch_words.hpp"

namespace convloom::gui {

using state::Action;

namespace {

constexpr double note_s = 4, fault_s = 10;  // how long messages are shown

}  // namespace

const scene::Theme& Store::theme() const {
    return colors_of(state());
}

Store::Store(state::State first) : history_(std::move(first)) {
    changed();
    opened_ = shown_;
}

bool Store::refuses(const Action& action) {
    if (!locked_ || !state::is_locked_out(action)) return false;
    say(locked_sentence(), true);
    return true;
}

bool Store::dispatch(const Action& action) {
    if (refuses(action)) return false;
    const auto problems = history_.apply(action);
    for (const arith::Problem& problem : problems) say(t_sentence(problem.sentence), true);
    if (problems.empty() && state::is_edit(action)) forget_refusal();
    changed();
    return problems.empty();
}

bool Store::dispatch_drag(const Action& action) {
    if (refuses(action)) return false;
    const bool taken = history_.apply(action, gesture_).empty();
    changed();
    return taken;
}

bool Store::dispatch_number(arith::LayerField field, int axis, const std::string& label, arith::Index value,
                            const Action& action) {
    if (refuses(action)) return false;
    const auto problems = history_.apply(action, gesture_);
    forget_refusal();
    if (problems.empty()) {
        changed();
        return true;
    }
    // The reason for the edited field, with the nearest valid value.
    auto own = std::find_if(problems.begin(), problems.end(), [&](const auto& p) { return p.field == field; });
    const arith::Problem& problem = own == problems.end() ? problems.front() : *own;
    std::string sentence = t_sentence(problem.sentence);
    if (own != problems.end() && problem.nearest) sentence += tf(" The nearest that works is {}.", *problem.nearest);
    refusal_ =
        Refusal{field, axis, value, tf("{} = {} is refused", label, value), std::move(sentence), now_s_ + fault_s};
    if (problems.tried) show_refused(*problems.tried);
    return false;
}

void Store::show_refused(const arith::Layer& layer) {
    const std::vector<arith::Problem> problems = arith::check(layer);
    if (!scene::has_refused_picture(layer, problems) || state().view == scene::View::photo) return;
    scene::ViewOptions options = view_options_of(state());
    options.title = state::torch_code(layer);
    refused_scene_ = scene::compose_refused(layer, problems, options);
    ++version_;
}

void Store::forget_refusal() {
    refusal_.reset();
    if (!refused_scene_) return;
    refused_scene_.reset();
    ++version_;
}

void Store::move(const Action& action) {
    set_playing(false);
    dispatch(action);
}

void Store::undo(int count) {
    if (!history_.can_undo()) return;
    for (; count > 0; --count) history_.undo();
    forget_refusal();
    changed();
}

void Store::redo() {
    if (!history_.can_redo()) return;
    history_.redo();
    forget_refusal();
    changed();
}

void Store::changed() {
    scene_.reset();
    scene_on_canvas_.reset();
    ++version_;
    if (shown_) kept_.push_back(std::move(shown_));
    shown_ = std::make_shared<const state::State>(history_.now());
}

const scene::Scene& Store::scene() {
    if (!scene_) scene_ = scenes_.scene(state());
    return *scene_;
}

const scene::Scene& Store::scene_on_canvas() {
    if (refused_scene_) return *refused_scene_;
    const bool photo = state().view == scene::View::photo;
    if (!photo && (page_.is_slide() || !scene::info_of(state().view).any_page)) return scene();
    if (!scene_on_canvas_) scene_on_canvas_ = scenes_.scene(state(), page_, room_);
    return *scene_on_canvas_;
}

// A photo's page keeps a slide's scale, so that its texts keep their size.
void Store::set_canvas(double width, double height) {
    if (width < 1 || height < 1) return;
    const double scale = std::min(width / scene::page_width, height / scene::page_height);
    const scene::Room room{std::max(scene::page_width, std::floor(width / scale)),
                           std::max(scene::page_height, std::floor(height / scale))};
    const scene::PageSize page = scene::page_for(width, height);
    if (room == room_ && page == page_) return;
    room_ = room;
    page_ = page;
    scene_on_canvas_.reset();
    ++version_;
}

const char* locked_sentence() {
    return t("This page is locked: its layer and data cannot be changed.");
}

state::State state_of_link(const state::Link& link, const state::State& before) {
    state::State state = link.state;
    if (!link.page.says_theme) state.theme = before.theme;
    if (!link.page.language) state.language = before.language;
    if (!state.photo) return state;
    if (!before.photo || !before.photo->image)
        throw Error("The link's filters are over a photo, which no link carries; open a photo first, then the link.");
    state.photo->path = before.photo->path;
    set_pixels(state, before.photo->image);
    return state;
}

state::Action open_action(const std::string& path) {
    if (path.ends_with(".json")) return state::OpenState{files::load_state(path)};
    return state::OpenPhoto{path, files::load_image(path)};
}

bool Store::open_file(const std::string& path) {
    try {
        if (!dispatch(open_action(path))) return false;
        locked_ = false;
        if (path.ends_with(".json"))
            note_opened(path);
        else
            opened_ = shown_;
        return true;
    } catch (const std::exception& error) {
        const std::string name = std::filesystem::path(path).filename().string(), why = sentence_of(error);
        say(why.find(name) == std::string::npos ? fmt::format("{}: {}", name, why) : why, true);
        return false;
    }
}

bool Store::open_link(const state::Link& link) {
    try {
        if (!dispatch(state::OpenState{state_of_link(link, state()), true})) return false;
        begin_document();
        return true;
    } catch (const Error& error) {
        say(t_sentence(error.what()), true);
        return false;
    }
}

std::optional<Store::Known> Store::stamp_of(const std::string& path) {
    std::error_code ec;
    const auto time = std::filesystem::last_write_time(path, ec);
    if (ec) return std::nullopt;
    return Known{time, std::filesystem::file_size(path, ec), nullptr};
}

void Store::note_opened(const std::string& path) {
    file_ = path;
    compared_version_ = 0;
    Known known = stamp_of(path).value_or(Known{});
    known.document = shown_;
    known_[path] = std::move(known);
}

void Store::set_file(std::string path) {
    file_ = std::move(path);
    compared_version_ = 0;
    if (file_.empty()) opened_ = shown_;
    if (file_.empty() || known_.contains(file_)) return;
    // For a session: the file may have been changed since it was written, so overwriting it must be confirmed.
    try {
        known_[file_].document = std::make_shared<const state::State>(files::load_state(file_));
    } catch (const std::exception&) {
        known_.erase(file_);
    }
}

void Store::compare_with_preset() {
    const std::vector<std::string>& names = state::preset_names();
    if (std::find(names.begin(), names.end(), state().name) == names.end()) return opened_.reset();
    state::State preset = state::preset(state().name);
    preset.photo = state().photo;
    opened_ = std::make_shared<const state::State>(std::move(preset));
    compared_version_ = 0;
}

bool Store::may_write_over(const std::string& path) const {
    const auto now = stamp_of(path);
    if (!now) return true;
    const auto known = known_.find(path);
    return known != known_.end() && known->second.time == now->time && known->second.bytes == now->bytes;
}

void Store::open_preset(state::State preset) {
    if (dispatch(state::OpenState{std::move(preset)})) begin_document();
}

void Store::follow_gesture(state::State state) {
    if (dispatch_drag(state::OpenState{std::move(state)})) begin_document();
}

void Store::begin_document() {
    file_.clear();
    opened_ = shown_;
    compared_version_ = 0;
}

namespace {

// Parts of a State that do not count as unsaved changes: the moment and the language; before there is a file, also how
// it is shown.
bool same_work(const state::State& a, const state::State& b, bool in_a_file) {
    state::State like = a;
    like.moment = b.moment, like.other_moment = b.other_moment, like.language = b.language;
    if (!in_a_file)
        like.theme = b.theme, like.view = b.view, like.look = b.look, like.shown = b.shown, like.compared = b.compared;
    return like == b;
}

}  // namespace

bool Store::is_changed() {
    if (compared_version_ == version_) return changed_;
    compared_version_ = version_;
    const auto known = known_.find(file_);
    const auto& before = file_.empty() ? opened_ : known == known_.end() ? nullptr : known->second.document;
    changed_ = !before || !same_work(state(), *before, !file_.empty());
    return changed_;
}

bool Store::save_file(const std::string& path) {
    try {
        files::write(path, to_json(state()));
        note_opened(path);
        say(tf("Saved {}", path), false, path);
        return true;
    } catch (const std::exception& error) {
        say(t_sentence(sentence_of(error)), true);
        return false;
    }
}

void Store::save_frame(const char* ending) {
    const state::State& s = state();
    const bool photo = s.view == scene::View::photo;
    const std::string stem =
        photo ? fmt::format("{}_{}", std::filesystem::path(s.photo->path).stem().string(), s.photo->pass().filter)
              : fmt::format("{}_{}_{:03}", file_stem(s), scene::name_of(s.view), s.moment.step);
    save_picture(scene(), stem, ending);
}

void Store::save_picture(const scene::Scene& picture, const std::string& stem, const char* ending) {
    try {
        // A free name, so that nothing is overwritten.
        std::filesystem::path path = std::filesystem::current_path() / (stem + ending);
        for (int n = 2; std::filesystem::exists(path); ++n)
            path.replace_filename(fmt::format("{}-{}{}", stem, n, ending));
        files::write(path, exporting::frame(*exporting::format_of(ending), picture, {}));
        say(tf("Saved {}", path.string()), false, path.string());
    } catch (const std::exception& error) {
        say(t_sentence(sentence_of(error)), true);
    }
}

bool Store::is_at_end() const {
    const state::State& s = state();
    return s.moment.step + 1 == places_of(s).step_count() && (!by_taps || s.moment.tap == scene::Moment::whole_window);
}

void Store::set_playing(bool on) {
    if (on && !playing_) {
        backwards_ = repeat == Repeat::ping_pong && is_at_end();
        if (!backwards_ && is_at_end()) dispatch(state::GoToFirst{});
    }
    playing_ = on;
    next_step_s_ = now_s_ + 1 / steps_per_second;
}

void Store::play_on() {
    const bool at_first = state().moment.step == 0 && (!by_taps || state().moment.tap <= 0);
    if (backwards_ && (at_first || repeat != Repeat::ping_pong)) backwards_ = false;
    if (!backwards_ && is_at_end()) {
        if (repeat == Repeat::once) return set_playing(false);
        if (repeat == Repeat::loop) {
            dispatch(state::GoToFirst{});
            if (by_taps) dispatch(state::GoToTap{0});
            return;
        }
        backwards_ = true;
    }
    if (!by_taps) return void(dispatch(backwards_ ? Action{state::StepBack{}} : Action{state::StepForward{}}));
    // Product by product, then the whole window with its value.
    const state::State& s = state();
    const arith::Recording places = places_of(s);
    const bool last_tap = s.moment.tap >= 0 && s.moment.tap + 1 == places.tap_count(places.step(s.moment.step));
    if (last_tap && !backwards_) return void(dispatch(state::GoToTap{scene::Moment::whole_window}));
    if (s.moment.tap == scene::Moment::whole_window && !backwards_) dispatch(state::StepForward{});
    dispatch(backwards_ ? Action{state::TapBack{}} : Action{state::TapForward{}});
}

void Store::tick(double now_s) {
    kept_.clear();
    if (now_s_ == 0) next_step_s_ = now_s + 1 / steps_per_second;  // the first frame is shown for its full time
    now_s_ = now_s;
    if (message_ && now_s >= message_->until_s) message_.reset();
    if (refusal_ && now_s >= refusal_->until_s) forget_refusal();
    if (!playing() || now_s < next_step_s_) return;
    play_on();
    next_step_s_ = std::max(next_step_s_ + 1 / steps_per_second, now_s);  // no bursts after a pause
}

std::optional<double> Store::next_tick_s() const {
    std::optional<double> next;
    if (playing()) next = next_step_s_;
    if (message_) next = std::min(next.value_or(message_->until_s), message_->until_s);
    if (refusal_) next = std::min(next.value_or(refusal_->until_s), refusal_->until_s);
    return next;
}

void Store::say(std::string text, bool is_fault, std::string file) {
    // Longer if it has a button.
    const double shown_s = is_fault || !file.empty() ? fault_s : note_s;
    message_ = Message{std::move(text), is_fault, now_s_ + shown_s, std::move(file)};
}

}  // namespace convloom::gui
