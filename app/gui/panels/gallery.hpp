// The gallery on the left: every preset with a thumbnail of its own Scene, first the kinds of convolution, then
// conv_arithmetic's figures, below a search field and the recent files. Thumbnails are rendered one per frame, and only
// visible ones, so that the first frame does not wait for them.
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

    // Inside the current ImGui window. Returns the recent file that was picked, else nothing; `recent` has the newest
    // first.
    std::string draw(Store& store, const std::vector<std::string>& recent, const Style& style);
    // True while a visible thumbnail is missing.
    bool is_waiting() const { return wanted_ >= 0; }
    // Renders the next one. Binds its own framebuffer; call it between frames.
    void make_next(const Store& store);

  private:
    struct Entry {
        state::State state;
        int section = 0;
        std::string names;  // the words to search for it
        unsigned texture = 0;
    };
    // True if the search text has changed.
    bool draw_search(Store& store, const Style& style, const scene::Theme& theme);
    void open(const Entry& entry, Store& store);
    std::string draw_networks(const Style& style, const scene::Theme& theme);
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
