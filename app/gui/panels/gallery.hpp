// The gallery at the left: every preset with a thumbnail that is drawn from its own Scene, in the article's order and
// then conv_arithmetic's. Thumbnails are made one a frame, and only those that are seen, so that the first frame
// does not wait for them.
#pragma once
#include <string>
#include <vector>

#include "app/gui/base/style.hpp"
#include "app/gui/opengl/gl_painter.hpp"
#include "app/gui/store/store.hpp"

namespace convloom::gui {

class Gallery {
  public:
    explicit Gallery(GlPainter& painter);
    ~Gallery();
    Gallery(const Gallery&) = delete;
    Gallery& operator=(const Gallery&) = delete;

    // Inside the current ImGui window.
    void draw(Store& store, const Style& style);
    // True while a thumbnail that is seen is still to be made.
    bool is_waiting() const { return wanted_ >= 0; }
    // Makes the next one. Binds a framebuffer of its own; call it between frames.
    void make_next(const Store& store);

  private:
    struct Entry {
        state::State state;
        int section = 0;
        unsigned texture = 0;
    };
    void draw_entry(int number, Store& store, const Style& style, const scene::Theme& theme);
    void forget_pictures();

    GlPainter& painter_;
    std::vector<Entry> entries_;
    std::string theme_;  // of the pictures
    int width_ = 0, height_ = 0, wanted_ = -1;
    std::string scrolled_to_;
};

}  // namespace convloom::gui
