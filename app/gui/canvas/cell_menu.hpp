// The actions for a cell on the canvas: the menu of a right click or a long press, and the field for typing a value
// over the cell.
#pragma once
#include <optional>

#include "app/gui/base/style.hpp"
#include "app/gui/store/store.hpp"
#include "core/scene/pointing/pointing.hpp"

namespace convloom::gui {

// A value of the document that is visible on the page.
struct SeenValue {
    state::TensorName tensor = state::TensorName::input;
    arith::Index place = 0;
    scene::Rect box;  // on the page
};

// The reason why the cell's value cannot be typed; empty if it can.
std::string why_not_typed(const state::State& state, const scene::Pointed& at);

class CellMenu {
  public:
    // With the box of the cell on the page.
    void open(const scene::Pointed& at, const scene::Rect& box);
    // Starts typing into a cell or a bias.
    void edit(const SeenValue& value);
    bool is_typing() const { return typed_.has_value(); }
    // The cell whose menu is open.
    const std::optional<scene::Pointed>& at() const { return at_; }

    // Inside an ImGui frame. `pinned` is the pinned cell, which the menu can set and clear.
    void draw(Store& store, const Style& style, const scene::Affine& page_to_window,
              std::optional<scene::Pointed>& pinned);

  private:
    void draw_menu(Store& store, const Style& style, std::optional<scene::Pointed>& pinned);
    void draw_rows(Store& store, const Style& style, std::optional<scene::Pointed>& pinned);
    void draw_field(Store& store, const Style& style, const scene::Affine& page_to_window);

    std::optional<scene::Pointed> at_;
    scene::Rect box_;
    bool opens_ = false, why_ = false;
    std::optional<SeenValue> typed_;
    bool begins_ = false;
};

}  // namespace convloom::gui
