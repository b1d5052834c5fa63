// An OpenGL 3.3 core context with a framebuffer to draw into: a window on the screen, or an offscreen one.
//
// Drawing code only needs a bound framebuffer and its size, so the whole window can be run, tested and captured without
// an X server. This is not an event loop; that belongs to the owner of glfw_window().
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "core/scene/page/scene.hpp"

struct GLFWwindow;

namespace convloom::gui {

struct FramebufferSize {
    int width = 0, height = 0;  // in pixels, which on some screens are finer than a window's units
    friend bool operator==(const FramebufferSize&, const FramebufferSize&) = default;
};

class Context {
  public:
    virtual ~Context() = default;
    Context() = default;
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    virtual void make_current() = 0;
    // Binds the framebuffer that is shown and sets the viewport to all of it. It is 0 only for a window.
    virtual void bind_framebuffer() = 0;
    virtual FramebufferSize framebuffer_size() const = 0;
    virtual void resize(int width, int height) = 0;
    virtual void present() = 0;  // shows what was drawn; does nothing without a screen
    // Whether the framebuffer still holds what was shown, so that a part of it can be redrawn and shown by
    // present_part(): `width` by `height` pixels from (left, top). Ask before a frame is drawn.
    virtual bool keeps_picture() const { return false; }
    virtual void present_part(int, int, int, int) { present(); }
    // The processor does all drawing.
    virtual bool is_software() const { return false; }
    virtual GLFWwindow* glfw_window() const { return nullptr; }

    // The drawn pixels, top row first. Call it before present(), whose swap loses the picture.
    scene::Pixels pixels();
};

// A window is no larger than the screen allows. Both make the new context current and throw an Error with one sentence
// if there is none.
std::unique_ptr<Context> window_context(const std::string& title, int width, int height);
std::unique_ptr<Context> offscreen_context(int width, int height);  // EGL, no X server needed

}  // namespace convloom::gui
