// The whole interface without a window: the panels around the canvas, the keys, and the times at which to draw. It
// needs a current OpenGL context and ImGui context but no screen, so that tests can drive it through ImGui's io.
//
// Each frame: set_scale() and prepare() before ImGui::NewFrame(), frame() after it, paint() after ImGui::Render() and
// before its data are drawn.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "app/gui/base/commands.hpp"
#include "app/gui/base/interface.hpp"
#include "app/gui/base/style.hpp"
#include "app/gui/canvas/canvas.hpp"
#include "app/gui/opengl/gl_painter.hpp"
#include "app/gui/panels/gallery.hpp"
#include "app/gui/panels/inspector.hpp"
#include "app/gui/panels/palette.hpp"
#include "app/gui/panels/tour_panel.hpp"
#include "app/gui/shell/documents.hpp"
#include "app/gui/shell/presenting.hpp"
#include "app/gui/shell/repaint.hpp"
#include "app/gui/store/store.hpp"

namespace convloom::gui {

class Workbench {
  public:
    // `wake` is called, from any thread, when there is something to draw while the window sleeps.
    explicit Workbench(
        state::State first, std::function<void()> wake = [] {});

    Store& store() { return store_; }
    Interface& interface() { return interface_; }
    Documents& documents() { return documents_; }
    // What is kept between starts, except for the document if the start names one.
    void take(const Session& session);
    Session session() const;

    // Opens a link with what it asks of the panels; false where it is not good, which the message then says.
    bool open_link(std::string_view text);
    // The same for what is open already, as when the program starts with a link.
    void take_page(const state::PageOptions& page);

    // Of the screen, times the interface's own. True where fonts were made anew, so that their texture has to be.
    bool set_scale(float screen_scale);
    // Does the work left from the last frame, such as a thumbnail.
    void prepare();
    void frame(double now_s);
    // Paints everything, or the part in a box of pixels.
    void paint(int framebuffer_width, int framebuffer_height, double now_s, const PixelBox* part = nullptr);

    // Where this frame differs from the last one passed to it, if the framebuffer still holds that one.
    std::vector<PixelBox> changes(int framebuffer_width, int framebuffer_height, double now_s);
    // The contents of the framebuffer are unknown.
    void forget_painted() { repaint_.forget(); }
    // Instead of prepare() and frame(), if nothing happened except a slide.
    void slide_on(double now_s) { canvas_.slide_on(now_s); }

    // A key for the next frame(): only then is it known what receives it.
    void press(const KeyPress& press) { presses_.push_back(press); }
    void run(Command command);

    // When there is something to do without any input, in the window's time.
    std::optional<double> next_tick_s() const;
    // A slide is running, and nothing else is due.
    bool is_sliding() const { return canvas_.is_moving(); }
    // A whole frame is due at once.
    bool is_waiting() const { return !interface_.presenting && gallery_.is_waiting(); }
    bool is_moving() const { return is_sliding() || is_waiting(); }
    std::string title();

    // What the window has to do: switch full screen on or off.
    bool wants_full_screen() const { return full_screen_ || interface_.presenting; }

  private:
    struct Layout {
        Area top, gallery, canvas, timeline, inspector;
    };
    Layout lay_out() const;
    PixelBox canvas_box(float dense) const;
    Layout lay_out_presenting() const;
    void draw_presenting(double now_s);
    void draw_tour();
    bool is_narrow() const;
    bool gallery_shown() const;
    bool inspector_shown() const { return interface_.inspector && !interface_.page.hide_inspector; }
    void take_presses();
    void do_press(const KeyPress& press);
    bool tour_shown() const;
    bool network_shown() const { return documents_.network().is_open() && gallery_shown(); }
    void follow_network();
    void open_tour(bool on);
    void do_view(int digit);
    void open_palette();
    void change_speed(bool up);
    void zoom(double factor);

    Interface interface_;
    Style style_;
    Store store_;
    GlPainter painter_;
    Gallery gallery_;
    Inspector inspector_;
    TourPanel tour_;
    Palette palette_;
    Canvas canvas_;
    Documents documents_;
    Repaint repaint_;
    Presenting presenting_;
    Layout layout_;
    std::vector<KeyPress> presses_;
    float scale_ = 0;
    bool has_chinese_ = false;  // the fields' font, for what is typed
    bool full_screen_ = false;
    bool network_open_ = false;  // in the last frame
};

}  // namespace convloom::gui
