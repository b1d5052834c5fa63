// The canvas: the Scene between the panels, fitted to the room or zoomed.
//
// It pans, zooms at the pointer and turns the volume; slides the window from step to step; highlights the cells related
// to the one under the pointer and pins them on a click; and opens the cell's menu. It reads the Scene and the State
// and dispatches Actions.
#pragma once
#include <array>
#include <optional>

#include "app/gui/base/interface.hpp"
#include "app/gui/base/style.hpp"
#include "app/gui/canvas/cell_menu.hpp"
#include "app/gui/canvas/photo_pointer.hpp"
#include "app/gui/store/store.hpp"
#include "core/scene/pointing/pointing.hpp"

namespace convloom::gui {

struct Area {
    float x = 0, y = 0, width = 0, height = 0;
    float kept_free = 0;  // height at the bottom that the page leaves free unless it is zoomed or moved
    bool holds(float px, float py) const { return px >= x && px < x + width && py >= y && py < y + height; }
};

class Canvas {
  public:
    // Handles the pointer's input of this frame and draws tooltips; inside an ImGui frame, after the panels.
    void interact(Store& store, const Interface& interface, const Style& style, const Area& area, double now_s);

    // The Scene of this moment, to be painted below what ImGui draws, and where it lies among the pixels, of which a
    // window unit has `dense`.
    const scene::Scene& shown(Store& store, double now_s);
    scene::Affine page_to_pixels(const scene::Scene& scene, const Area& area, float dense) const;
    // Advances a slide if there is no frame with input.
    void slide_on(double now_s);
    // The time at which a press that is still held becomes a long press.
    std::optional<double> next_tick_s() const;

    // A page in place of the layer's, which is only zoomed and moved; null for none. It has to stay until the next
    // frame.
    void set_page(const scene::Scene* page);
    // Where the pointer is on it, and where it was clicked in this frame.
    const std::optional<scene::Point>& hovered_on_page() const { return hovered_on_page_; }
    const std::optional<scene::Point>& clicked_on_page() const { return clicked_on_page_; }
    scene::Affine page_to_window(const scene::Scene& scene, const Area& area) const;

    void fit() { zoom_ = 1, pan_ = {}; }
    void zoom_by(double factor, const Area& area);
    bool is_pinned() const { return pinned_.has_value(); }
    void unpin() { pinned_.reset(); }
    // True during a slide; the window keeps drawing until it ends.
    bool is_moving() const { return sliding_from_.has_value(); }

  private:
    const scene::Scene& page(Store& store) const { return page_ ? *page_ : store.scene_on_canvas(); }
    void interact_with_page(const Area& area, bool over);
    void note_boxes(const scene::Scene& page, const Area& area) const;
    scene::Point page_point(Store& store, const Area& area, float x, float y) const;
    void follow(Store& store, bool slides, double now_s);
    void zoom_at(const scene::Scene& scene, const Area& area, float x, float y, double factor);
    void press(Store& store, const Interface& interface);
    void edit_here(Store& store);
    scene::Rect box_here(Store& store) const;
    void drag(Store& store, const Interface& interface);
    void let_go(Store& store);
    void click(Store& store);
    void paint_cell(Store& store, float value);
    void tell(Store& store, const Style& style, const Area& area);

    const scene::Scene* page_ = nullptr;
    std::optional<scene::Point> hovered_on_page_, clicked_on_page_;
    double zoom_ = 1;
    scene::Point pan_;      // in window units
    scene::Point pointer_;  // on the page
    std::optional<scene::Pointed> hovered_, pinned_;
    arith::Layer pinned_layer_;

    CellMenu menu_;

    enum class Held { nothing, press, menu, pan, turn, paint, wipe, photo };
    Held held_ = Held::nothing;
    double now_s_ = 0, pressed_s_ = 0;
    std::array<double, 2> turned_from_{};
    scene::Point pan_from_;
    PhotoPointer photo_;
    std::vector<state::CellValue> stroke_;
    state::TensorName stroke_on_ = state::TensorName::input;

    // The slide between two Scenes, and the Scene that is drawn if it is not the store's own.
    std::uint64_t version_ = 0, drawn_version_ = 0;
    std::optional<scene::Scene> last_, sliding_from_, drawn_;
    std::optional<scene::Pointed> drawn_at_;
    double slide_begin_s_ = 0, slide_end_s_ = 0, drawn_s_ = 0;
};

}  // namespace convloom::gui
