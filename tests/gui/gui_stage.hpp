// A stage for panels and dialogs: ImGui on an OpenGL context that needs no screen, with simulated mouse, keyboard and
// screenshots.
//
// Controls are found by the names that they record (app/gui/base/places.hpp), so a test names what it clicks.
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

// Presses or releases Ctrl, which versions of Dear ImGui take in two ways.
void hold_control(bool down);

class Stage {
  public:
    // `draw` is called in every frame between ImGui::NewFrame() and Render(), `prepare` before that, and `paint` after
    // it, below ImGui's output.
    Stage(int width, int height, float scale = 1);
    ~Stage();
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    std::function<void()> prepare, draw, paint;

    // A frame that is not rendered still takes input and records positions, in a fraction of the time.
    void frame(bool rendered = true);
    void frames(int count = 2);
    // Whether a control was drawn in the last frame. ImGui frames are run until an earlier click has had its effect.
    bool has(const std::string& place);
    // Throws if there is no such control.
    gui::PlaceBox place(const std::string& name);
    void click(const std::string& place, int times = 1);
    void key(ImGuiKey key);
    void press(int key, bool down);
    void type(const std::string& text);
    // Replaces the contents of the focused field.
    void retype(const std::string& text);
    // For tests that paint the frame themselves.
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
