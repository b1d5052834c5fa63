// A stage for panels and dialogs: ImGui on an OpenGL context that needs no screen, with a hand, a keyboard and a
// camera.
//
// Controls are found by the names that they note (app/gui/base/places.hpp), so that a test says what it clicks.
#pragma once
#include <imgui.h>

#include <functional>
#include <memory>
#include <string>

#include "app/gui/base/places.hpp"
#include "app/gui/base/style.hpp"
#include "app/gui/opengl/gl_painter.hpp"
#include "app/gui/shell/context.hpp"

namespace convloom::tests {

class Stage {
  public:
    // `draw` is called in every frame between ImGui::NewFrame() and Render(), `prepare` before it, and `paint` after
    // it, below what ImGui draws.
    Stage(int width, int height, float scale = 1);
    ~Stage();
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    std::function<void()> prepare, draw, paint;

    // One that is not rendered takes its input and notes its places all the same, in a fraction of the time.
    void frame(bool rendered = true);
    void frames(int count = 2);
    // Of a control that was drawn in the last frame; ImGui's frames are drawn until a click has had its effect.
    bool has(const std::string& place);
    // Throws where there is none.
    gui::PlaceBox place(const std::string& name);
    void click(const std::string& place, int times = 1);
    void key(ImGuiKey key);
    void press(int key, bool down);
    void type(const std::string& text);
    // Everything in the field that has the focus is replaced.
    void retype(const std::string& text);
    // For who paints the frame by hand.
    void bind() { context_->bind_framebuffer(); }
    scene::Pixels pixels() { return context_->pixels(); }
    void save_picture(const std::string& path);
    void set_theme(const scene::Theme& theme) { theme_ = &theme; }

    const gui::Style& style() const { return style_; }
    const scene::Theme& theme() const { return *theme_; }
    gui::GlPainter& painter() { return *painter_; }

  private:
    std::unique_ptr<gui::Context> context_;
    std::unique_ptr<gui::GlPainter> painter_;
    gui::Style style_;
    const scene::Theme* theme_;
};

}  // namespace convloom::tests
