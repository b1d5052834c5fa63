// A canvas with WebGL 2, as large as the page in the device's pixels.
#include "app/gui/shell/context.hpp"

#include <emscripten.h>
#include <glad/gl.h>
#include <GLFW/glfw3.h>

#include "core/state/base/error.hpp"

namespace convloom::gui {
namespace {

// clang-format off
EM_JS(int, renders_in_software, (), {
    const gl = Module["ctx"];
    const about = gl.getExtension("WEBGL_debug_renderer_info");
    const name = about ? gl.getParameter(about["UNMASKED_RENDERER_WEBGL"]) : "";
    return new RegExp("swiftshader|llvmpipe|softpipe|software|basic render", "i").test(name);
});
// clang-format on

class CanvasContext : public Context {
  public:
    CanvasContext(const std::string& title, int width, int height) {
        if (!glfwInit()) throw Error("The page gives no canvas to draw on.");
        glfwWindowHint(GLFW_DEPTH_BITS, 0);
        glfwWindowHint(GLFW_STENCIL_BITS, 0);
        glfwWindowHint(GLFW_ALPHA_BITS, 0);
        window_ = glfwCreateWindow(width, height, title.c_str(), nullptr, nullptr);
        if (!window_) throw Error("The window needs WebGL 2, which this browser does not offer");
        glfwMakeContextCurrent(window_);
        is_software_ = renders_in_software() != 0;
    }
    ~CanvasContext() override { glfwDestroyWindow(window_); }

    void make_current() override { glfwMakeContextCurrent(window_); }
    void bind_framebuffer() override {
        const FramebufferSize size = framebuffer_size();
        glBindFramebuffer(GL_FRAMEBUFFER, 0);
        glViewport(0, 0, size.width, size.height);
    }
    FramebufferSize framebuffer_size() const override {
        FramebufferSize size;
        glfwGetFramebufferSize(window_, &size.width, &size.height);
        return size;
    }
    void resize(int width, int height) override { glfwSetWindowSize(window_, width, height); }
    void present() override {}  // the browser does, once the frame's callback has returned
    bool is_software() const override { return is_software_; }
    GLFWwindow* glfw_window() const override { return window_; }

  private:
    GLFWwindow* window_ = nullptr;
    bool is_software_ = false;
};

}  // namespace

std::unique_ptr<Context> window_context(const std::string& title, int width, int height) {
    return std::make_unique<CanvasContext>(title, width, height);
}

}  // namespace convloom::gui
