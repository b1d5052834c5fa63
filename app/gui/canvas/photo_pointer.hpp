// What pointing at a photo on the canvas does: a click takes the window to the pixel, a drag moves the wipe's line or
// the part that is shown, the wheel shows more or less of it. Places are on the page of store.scene_on_canvas().
#pragma once
#include <optional>

#include "app/gui/store/store.hpp"

namespace convloom::gui {

class PhotoPointer {
  public:
    // Nearer where the pointer is on a picture of a photo, else false.
    static bool zoom(Store& store, const scene::Point& page, double factor);

    // True where the press takes the wipe's line. Forgets the press before, whatever is shown.
    bool press(Store& store, const scene::Point& page);
    // A drag from there moves the part that is shown.
    bool holds_part() const { return part_from_.has_value(); }

    void move_wipe(Store& store, const scene::Point& page) const;
    void move_part(Store& store, const scene::Point& page) const;
    // The window goes to the pixel.
    static void click(Store& store, const scene::Point& page);

  private:
    std::optional<image::Box> part_from_;  // where the drag began
    scene::Point pressed_at_;
};

}  // namespace convloom::gui
