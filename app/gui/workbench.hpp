// The whole interface, without a window: the panels around the canvas, what keys do, and when there is something to
// draw. It needs an OpenGL context and an ImGui context, current both, and nothing of a screen, so that tests drive it
// by feeding ImGui's io.
//
// Each frame: set_scale() and prepare() before ImGui::NewFrame(), frame() after it, paint() after ImGui::Render() and
// before its data are drawn.
#pragma once
#include <optional>
#include <string>

#include "app/gui/canvas.hpp"
#include "app/gui/commands.hpp"
#include "app/gui/documents.hpp"
#include "app/gui/gallery.hpp"
#include "app/gui/gl_painter.hpp"
#include "app/gui/interface.hpp"
#include "app/gui/store.hpp"
#include "app/gui/style.hpp"
#include "app/gui/tour_panel.hpp"

namespace convloom::gui {

class Workbench {
  public:
    // `wake` is called, from any thread, when there is something to draw while the window sleeps.
    explicit Workbench(
        state::State first, std::function<void()> wake = [] {});

    Store& store() { return store_; }
    Interface& interface() { return interface_; }
    Documents& documents() { return documents_; }
    // What is kept from one start to the next, but for the document that a start may name.
    void take(const Session& session);
    Session session() const;

    // Of the screen, times the interface's own. True where fonts were made anew, so that their texture has to be.
    bool set_scale(float screen_scale);
    // Makes what the last frame missed, as a thumbnail.
    void prepare();
    void frame(double now_s);
    void paint(int framebuffer_width, int framebuffer_height, double now_s);

    // A key, for the next frame(): only then is it known whose it is.
    void press(const KeyPress& press) { presses_.push_back(press); }
    void run(Command command);

    // Something moves: the next frame is due at once.
    bool is_moving() const;
    std::string title();

    // What the window has to do: full screen on or off.
    bool wants_full_screen() const { return full_screen_ || interface_.presenting; }

  private:
    struct Layout {
        Area top, gallery, canvas, timeline, inspector;
    };
    Layout lay_out() const;
    bool is_narrow() const;
    bool gallery_shown() const;
    void take_presses();
    void do_press(const KeyPress& press);
    void open_tour(bool on);
    void do_view(int digit);
    void change_speed(bool up);
    void zoom(double factor);

    Interface interface_;
    Style style_;
    Store store_;
    GlPainter painter_;
    Gallery gallery_;
    TourPanel tour_;
    Canvas canvas_;
    Documents documents_;
    Layout layout_;
    std::vector<KeyPress> presses_;
    float scale_ = 0;
    bool full_screen_ = false;
};

}  // namespace convloom::gui
