// The gallery at the left: every preset with a thumbnail that is drawn from its own Scene, in the article's order and
// then conv_arithmetic's, below a field to find them by and the files used last. Thumbnails are made one a frame, and
// only those that are seen, so that the first frame does not wait for them.
#pragma once
#include <array>
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

    // Inside the current ImGui window. Gives the file that was picked of those used last, the newest first; else
    // nothing.
    std::string draw(Store& store, const std::vector<std::string>& recent, const Style& style);
    // True while a thumbnail that is seen is still to be made.
    bool is_waiting() const { return wanted_ >= 0; }
    // Makes the next one. Binds a framebuffer of its own; call it between frames.
    void make_next(const Store& store);

  private:
    struct Entry {
        state::State state;
        int section = 0;
        std::string names;  // that it is found by
        unsigned texture = 0;
    };
    // True where what is typed has changed.
    bool draw_search(Store& store, const Style& style, const scene::Theme& theme);
    void open(const Entry& entry, Store& store);
    void draw_examples(Store& store, const Style& style, const scene::Theme& theme);
    void draw_entry(int number, Store& store, const Style& style, const scene::Theme& theme);
    void forget_pictures();

    GlPainter& painter_;
    std::vector<Entry> entries_;
    std::string theme_;  // of the pictures
    int width_ = 0, height_ = 0, wanted_ = -1;
    std::string scrolled_to_;
    std::array<char, 128> typed_{};
};

}  // namespace convloom::gui
