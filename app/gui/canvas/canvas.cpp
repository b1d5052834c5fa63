#include "app/gui/canvas/canvas.hpp"

#include <algorithm>
#include <cmath>

#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "core/scene/page/tween.hpp"
#include "core/scene/pointing/cell_facts.hpp"

namespace convloom::gui {
namespace {

constexpr double least_zoom = 0.5, most_zoom = 64, wheel_step = 1.15;
constexpr double degrees_a_px = 0.25;  // of a drag that turns the volume
constexpr double most_slide_s = 0.16;
constexpr float drag_threshold_px = 4;
constexpr double long_press_s = 0.6;

double eased(double t) {
    return 1 - std::pow(1 - std::clamp(t, 0.0, 1.0), 3);
}

}  // namespace

scene::Affine Canvas::page_to_window(const scene::Scene& scene, const Area& area) const {
    const double high = std::max(1.0f, area.height - area.kept_free);
    const double scale = std::min(area.width / scene.width, high / scene.height) * zoom_;
    return scene::Affine::scale_and_move(scale, area.x + (area.width - scale * scene.width) / 2 + pan_.x,
                                         area.y + (high - scale * scene.height) / 2 + pan_.y);
}

scene::Point Canvas::page_point(Store& store, const Area& area, float x, float y) const {
    return inverse(page_to_window(page(store), area), {x, y});
}

void Canvas::zoom_at(const scene::Scene& scene, const Area& area, float x, float y, double factor) {
    const scene::Point fixed = inverse(page_to_window(scene, area), {x, y});
    zoom_ = std::clamp(zoom_ * factor, least_zoom, most_zoom);
    if (std::abs(zoom_ - 1) < 0.02) zoom_ = 1;
    const scene::Point now = page_to_window(scene, area)(fixed);
    pan_.x += x - now.x;
    pan_.y += y - now.y;
    // Keeps some of the page visible.
    pan_.x = std::clamp(pan_.x, -area.width * zoom_ / 2, area.width * zoom_ / 2);
    pan_.y = std::clamp(pan_.y, -area.height * zoom_ / 2, area.height * zoom_ / 2);
    if (zoom_ == 1 && std::hypot(pan_.x, pan_.y) < 12) pan_ = {};
}

void Canvas::zoom_by(double factor, const Area& area) {
    zoom_ = std::clamp(zoom_ * factor, least_zoom, most_zoom);
    pan_.x = std::clamp(pan_.x * factor, -area.width * zoom_ / 2, area.width * zoom_ / 2);
    pan_.y = std::clamp(pan_.y * factor, -area.height * zoom_ / 2, area.height * zoom_ / 2);
}

void Canvas::slide_on(double now_s) {
    if (sliding_from_ && now_s >= slide_end_s_) sliding_from_.reset(), drawn_.reset();
}

// Notices a new Scene and starts the slide of the window's markers.
void Canvas::follow(Store& store, bool slides, double now_s) {
    slide_on(now_s);
    if (version_ == store.version()) return;
    version_ = store.version();
    if (pinned_ && store.state().layer() != pinned_layer_) pinned_.reset();
    const scene::Scene& now = store.scene_on_canvas();
    if (last_ && *last_ == now) return;
    sliding_from_.reset();
    if (slides && last_ && is_near(*last_, now)) {
        sliding_from_ = std::move(last_);
        slide_begin_s_ = now_s;
        slide_end_s_ = now_s + std::min(most_slide_s, store.playing() ? 0.6 / store.steps_per_second : most_slide_s);
    }
    last_ = now;
}

void Canvas::set_page(const scene::Scene* page) {
    if ((page == nullptr) != (page_ == nullptr)) {
        fit();
        unpin();
        held_ = Held::nothing;
    }
    page_ = page;
    hovered_on_page_.reset();
    clicked_on_page_.reset();
}

// It is moved and zoomed; a click without a movement is told.
void Canvas::interact_with_page(const Area& area, bool over) {
    const ImGuiIO& io = ImGui::GetIO();
    hovered_.reset();
    if (over) hovered_on_page_ = pointer_;
    if (over && io.MouseWheel != 0)
        zoom_at(*page_, area, io.MousePos.x, io.MousePos.y, std::pow(wheel_step, io.MouseWheel));
    for (const int button : {0, 2})
        if (over && held_ == Held::nothing && ImGui::IsMouseClicked(button)) {
            held_ = button == 0 ? Held::press : Held::pan;
            pan_from_ = pan_;
        }
    if (held_ == Held::nothing) return;
    const int button = io.MouseDown[0] ? 0 : 2;
    if (!io.MouseDown[0] && !io.MouseDown[2]) {
        if (held_ == Held::press && over) clicked_on_page_ = pointer_;
        held_ = Held::nothing;
        return;
    }
    const ImVec2 moved{io.MousePos.x - io.MouseClickedPos[button].x, io.MousePos.y - io.MouseClickedPos[button].y};
    if (held_ == Held::press && std::hypot(moved.x, moved.y) > drag_threshold_px) held_ = Held::pan;
    if (held_ == Held::pan) pan_ = {pan_from_.x + moved.x, pan_from_.y + moved.y};
}

const scene::Scene& Canvas::shown(Store& store, double now_s) {
    if (page_) return *page_;
    const std::optional<scene::Pointed>& at = menu_.at() ? menu_.at() : pinned_ ? pinned_ : hovered_;
    if (!sliding_from_ && !at) return store.scene_on_canvas();
    const bool same_time = !sliding_from_ || drawn_s_ == now_s;
    if (same_time && drawn_ && drawn_version_ == store.version() && drawn_at_ == at) return *drawn_;
    const double t = sliding_from_ ? eased((now_s - slide_begin_s_) / (slide_end_s_ - slide_begin_s_)) : 1;
    drawn_ = sliding_from_ ? scene::between(*sliding_from_, store.scene_on_canvas(), t) : store.scene_on_canvas();
    if (at) drawn_ = scene::lit(std::move(*drawn_), shown_of(store.state()), *at, store.theme());
    drawn_version_ = store.version();
    drawn_at_ = at;
    drawn_s_ = now_s;
    return *drawn_;
}

void Canvas::interact(Store& store, const Interface& interface, const Style& style, const Area& area, double now_s) {
    const ImGuiIO& io = ImGui::GetIO();
    store.set_canvas(area.width, area.height - area.kept_free);
    follow(store, !interface.reduced_motion, now_s);
    now_s_ = now_s;
    const bool over = area.holds(io.MousePos.x, io.MousePos.y) && !io.WantCaptureMouse;
    const state::State& s = store.state();
    hovered_.reset();
    pointer_ = page_point(store, area, io.MousePos.x, io.MousePos.y);
    if (page_) {
        interact_with_page(area, over);
        return note_boxes(*page_, area);
    }
    // With the laser pointer, no tooltips appear.
    if (over && !interface.laser && held_ != Held::pan && held_ != Held::turn)
        hovered_ = scene::pointed(store.scene_on_canvas(), shown_of(s), pointer_);
    if (over && io.MouseWheel != 0) {
        const double factor = std::pow(wheel_step, io.MouseWheel);
        if (!PhotoPointer::zoom(store, pointer_, factor))
            zoom_at(store.scene_on_canvas(), area, io.MousePos.x, io.MousePos.y, factor);
    }
    if (over && held_ == Held::nothing)
        for (int button : {0, 1, 2})
            if (ImGui::IsMouseClicked(button)) {
                press(store, interface);
                if (button == 2) held_ = photo_.holds_part() ? Held::photo : Held::pan;
                if (button == 1) held_ = Held::menu;
            }
    if (over && !interface.brush && ImGui::IsMouseDoubleClicked(0)) edit_here(store);
    if (held_ != Held::nothing) drag(store, interface);
    if (over && ImGui::IsMouseDoubleClicked(0) && !hovered_ && !menu_.is_typing() && s.view != scene::View::photo)
        fit();
    const std::optional<scene::Pointed> pinned_before = pinned_;
    menu_.draw(store, style, page_to_window(store.scene_on_canvas(), area), pinned_);
    if (pinned_ && pinned_ != pinned_before) pinned_layer_ = store.state().layer();
    tell(store, style, area);
    note_boxes(store.scene_on_canvas(), area);
    if (interface.brush && over && hovered_) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
}

void Canvas::note_boxes(const scene::Scene& page, const Area& area) const {
    note_box("canvas", area.x, area.y, area.width, area.height);
    const scene::Affine to_window = page_to_window(page, area);
    const scene::Point top_left = to_window({0, 0}), opposite = to_window({page.width, page.height});
    note_box("page", static_cast<float>(top_left.x), static_cast<float>(top_left.y),
             static_cast<float>(opposite.x - top_left.x), static_cast<float>(opposite.y - top_left.y));
}

// The document's value under the pointer, for typing over it.
void Canvas::edit_here(Store& store) {
    const state::State& s = store.state();
    std::optional<SeenValue> value;
    if (hovered_) {
        if (hovered_->cell.part == arith::Part::output) return;
        if (store.locked()) return store.say(locked_sentence(), true);
        if (const std::string why = why_not_typed(s, *hovered_); !why.empty()) return store.say(why, true);
        value =
            SeenValue{hovered_->cell.part == arith::Part::input ? state::TensorName::input : state::TensorName::weight,
                      *scene::place_in_tensor(s.layer(), *hovered_), box_here(store)};
    } else if (s.view != scene::View::photo) {
        if (const auto box = scene::bias_at(store.scene_on_canvas(), s.layer(), pointer_))
            value = SeenValue{state::TensorName::bias, places_of(s).step(s.moment.step).channel, *box};
    }
    if (!value) return;
    // The first of the two clicks has pinned or unpinned the cell.
    pinned_.reset();
    held_ = Held::nothing;
    menu_.edit(*value);
}

scene::Rect Canvas::box_here(Store& store) const {
    return scene::box_of_pointed(store.scene_on_canvas(), shown_of(store.state()), pointer_)
        .value_or(scene::Rect{pointer_.x, pointer_.y, 0, 0});
}

std::optional<double> Canvas::next_tick_s() const {
    return held_ == Held::press && hovered_ ? std::optional(pressed_s_ + long_press_s) : std::nullopt;
}

void Canvas::press(Store& store, const Interface& interface) {
    store.begin_gesture();
    pressed_s_ = now_s_;
    turned_from_ = {store.state().look.turn_deg, store.state().look.tilt_deg};
    pan_from_ = pan_;
    stroke_.clear();
    held_ = photo_.press(store, pointer_) ? Held::wipe : Held::press;
    if (!interface.brush || !hovered_ || hovered_->cell.part == arith::Part::output) return;
    held_ = Held::paint;
    stroke_on_ = hovered_->cell.part == arith::Part::input ? state::TensorName::input : state::TensorName::weight;
    paint_cell(store, interface.brush_value);
}

void Canvas::drag(Store& store, const Interface& interface) {
    const ImGuiIO& io = ImGui::GetIO();
    if (!io.MouseDown[0] && !io.MouseDown[1] && !io.MouseDown[2]) return let_go(store);
    const int button = io.MouseDown[0] ? 0 : io.MouseDown[1] ? 1 : 2;
    const ImVec2 moved{io.MousePos.x - io.MouseClickedPos[button].x, io.MousePos.y - io.MouseClickedPos[button].y};
    if (held_ == Held::press && std::hypot(moved.x, moved.y) > drag_threshold_px)
        held_ = store.state().view == scene::View::volume ? Held::turn : photo_.holds_part() ? Held::photo : Held::pan;
    if (held_ == Held::menu && std::hypot(moved.x, moved.y) > drag_threshold_px)
        held_ = photo_.holds_part() ? Held::photo : Held::pan;
    if (held_ == Held::press && hovered_ && now_s_ >= pressed_s_ + long_press_s) {
        menu_.open(*hovered_, box_here(store));
        held_ = Held::nothing;
    }
    if (held_ == Held::turn)
        store.dispatch_drag(
            state::SetTurn{turned_from_[0] + moved.x * degrees_a_px, turned_from_[1] + moved.y * degrees_a_px});
    if (held_ == Held::pan) pan_ = {pan_from_.x + moved.x, pan_from_.y + moved.y};
    if (held_ == Held::paint) paint_cell(store, interface.brush_value);
    if (held_ == Held::wipe) photo_.move_wipe(store, pointer_);
    if (held_ == Held::photo) photo_.move_part(store, pointer_);
}

void Canvas::let_go(Store& store) {
    if (held_ == Held::press) click(store);
    if (held_ == Held::menu && hovered_) menu_.open(*hovered_, box_here(store));
    held_ = Held::nothing;
}

// A click on an output cell goes to its step; on another cell it pins the highlight until the next click.
void Canvas::click(Store& store) {
    const scene::View view = store.state().view;
    if (view == scene::View::photo) return PhotoPointer::click(store, pointer_);
    // Where a chain's tensors stand side by side, any cell that a layer makes is gone to, and one of the input followed
    // forward.
    if (view == scene::View::receptive || view == scene::View::chain)
        if (const auto cell = scene::pointed_in_chain(store.scene_on_canvas(), chain_of(store.state()), pointer_);
            cell && (cell->tensor > 0 || view == scene::View::receptive)) {
            pinned_.reset();
            return store.move(state::ChooseCell{cell->tensor, cell->channel, cell->at});
        }
    if (!hovered_) return pinned_.reset();
    if (hovered_->cell.part == arith::Part::output) {
        pinned_.reset();
        const arith::Recording places = places_of(store.state());
        return store.move(state::GoToStep{places.step_at(hovered_->cell.channel, hovered_->cell.at)});
    }
    if (pinned_ == hovered_) return pinned_.reset();
    pinned_ = hovered_;
    pinned_layer_ = store.state().layer();
}

// Adds the cell under the pointer to the stroke. Every cell of it is set anew from the state before the stroke, so that
// the stroke is one step of undo.
void Canvas::paint_cell(Store& store, float value) {
    if (!hovered_ || (hovered_->cell.part == arith::Part::input) != (stroke_on_ == state::TensorName::input)) return;
    if (stroke_on_ == state::TensorName::input && store.state().shown > 0)
        return store.say(t("This layer's input comes from the layer before; paint the first layer's input instead."),
                         true);
    const auto place = scene::place_in_tensor(store.state().layer(), *hovered_);
    if (!place ||
        std::any_of(stroke_.begin(), stroke_.end(), [&](const state::CellValue& c) { return c.at == *place; }))
        return;
    stroke_.push_back({*place, value});
    store.dispatch_drag(state::SetCells{stroke_on_, stroke_});
}

// The cell's value and related cells: beside the pointer, or for a pinned cell in the canvas's corner.
void Canvas::tell(Store& store, const Style& style, const Area& area) {
    const scene::Theme& theme = store.theme();
    auto write = [&](const scene::Pointed& at) {
        const scene::PointedWords words =
            scene::words(store.recording(), store.state().moment, at, store.state().language);
        ImGui::PushFont(style.small_strong);
        ImGui::TextUnformatted(words.cell.c_str());
        ImGui::PopFont();
        ImGui::PushFont(style.small);
        ImGui::PushStyleColor(ImGuiCol_Text, vec(theme.muted));
        if (!words.ties.empty()) ImGui::TextUnformatted(words.ties.c_str());
        return words;
    };
    if (hovered_ && held_ == Held::nothing && hovered_ != pinned_ && !menu_.is_typing() && !menu_.at()) {
        ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {unit * style.scale * 1.25f, unit * style.scale});
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 2 * style.scale});
        ImGui::BeginTooltip();
        write(*hovered_);
        if (hovered_->cell.part == arith::Part::output) ImGui::TextUnformatted(t("Click to go to this step"));
        ImGui::PopStyleColor();
        ImGui::PopFont();
        ImGui::EndTooltip();
        ImGui::PopStyleVar(2);
    }
    if (!pinned_) return;
    ImGui::SetNextWindowPos({area.x + 2 * unit * style.scale, area.y + area.height - 2 * unit * style.scale},
                            ImGuiCond_Always, {0, 1});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {unit * style.scale * 1.5f, unit * style.scale});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 2 * style.scale});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, corner * style.scale);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
    ImGui::Begin("pinned", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoInputs | ImGuiWindowFlags_NoFocusOnAppearing);
    write(*pinned_);
    ImGui::TextUnformatted(t("Pinned. Press Esc to unpin."));
    ImGui::PopStyleColor();
    ImGui::PopFont();
    ImGui::End();
    ImGui::PopStyleVar(4);
}

scene::Affine Canvas::page_to_pixels(const scene::Scene& scene, const Area& area, float dense) const {
    return scene::Affine::scale_and_move(dense, 0, 0).after(page_to_window(scene, area));
}

}  // namespace convloom::gui
