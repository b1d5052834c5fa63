// A stage for panels and dialogs: ImGui on an OpenGL context that needs no screen, with a hand, a keyboard and a camera.
//
// Controls are found by the names that they note (app/gui/places.hpp), so that a test says what it clicks.
#pragma once
#include <imgui.h>

#include <functional>
#include <memory>
#include <string>

#include "app/gui/context.hpp"
#include "app/gui/gl_painter.hpp"
#include "app/gui/style.hpp"

namespace convloom::tests {

class Stage {
  public:
    // `draw` is called in every frame between ImGui::NewFrame() and Render(), `prepare` before it.
    Stage(int width, int height, float scale = 1);
    ~Stage();

    std::function<void()> prepare, draw;

    void frames(int count = 2);
    // Of a control that was drawn in the last frame; ImGui's frames are drawn until a click has had its effect.
    bool has(const std::string& place);
    void click(const std::string& place, int times = 1);
    void key(ImGuiKey key);
    void type(const std::string& text);
    // Everything in the field that has the focus is replaced.
    void retype(const std::string& text);
    void save_picture(const std::string& path);
    void set_theme(const scene::Theme& theme) { theme_ = &theme; }

    const gui::Style& style() const { return style_; }
    const scene::Theme& theme() const { return *theme_; }
    gui::GlPainter& painter() { return *painter_; }

  private:
    void frame();
    void press(int key, bool down);

    std::unique_ptr<gui::Context> context_;
    std::unique_ptr<gui::GlPainter> painter_;
    gui::Style style_;
    const scene::Theme* theme_;
};

}  // namespace convloom::tests
