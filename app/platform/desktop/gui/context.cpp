#include "app/gui/shell/context.hpp"

#include <glad/gl.h>

// After glad, which replaces its OpenGL header.
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <fmt/format.h>
#include <GLFW/glfw3.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "app/files/program.hpp"
#include "app/gui/shell/monitors.hpp"
#include "core/state/base/error.hpp"

namespace convloom::gui {
namespace {

constexpr int needed_major = 3, needed_minor = 3;

Error too_old(const std::string& found) {
    return Error(fmt::format("The window needs OpenGL {}.{}, but this computer's graphics driver offers {}.",
                             needed_major, needed_minor, found.empty() ? "none" : "OpenGL " + found));
}

std::string version_string() {
    const auto* text = reinterpret_cast<const char*>(glGetString(GL_VERSION));
    return text ? text : "";
}

void load_gl(GLADloadfunc loader) {
    const int version = gladLoadGL(loader);
    if (version == 0) throw too_old("");
    const int major = GLAD_VERSION_MAJOR(version), minor = GLAD_VERSION_MINOR(version);
    if (major < needed_major || (major == needed_major && minor < needed_minor)) throw too_old(version_string());
}

std::string glfw_reason() {
    const char* reason = nullptr;
    glfwGetError(&reason);
    return reason ? reason : "no reason given";
}

// GLFW is shared by the process: initialised by the first window, terminated by the last.
class Glfw {
  public:
    Glfw() {
        if (windows > 0) {
            ++windows;
            return;
        }
#ifdef __linux__  // asked first, since Wayland's library prints a complaint of its own
        if (!files::is_set("DISPLAY") && !files::is_set("WAYLAND_DISPLAY"))
            throw Error("There is no screen to open a window on (DISPLAY is not set).");
#endif
        if (!glfwInit()) throw Error(fmt::format("No window can be opened on the screen: {}.", glfw_reason()));
        windows = 1;
    }
    ~Glfw() {
        if (--windows == 0) glfwTerminate();
    }
    Glfw(const Glfw&) = delete;
    Glfw& operator=(const Glfw&) = delete;

  private:
    static inline int windows = 0;
};

void hint_common() {
    glfwDefaultWindowHints();
    glfwWindowHint(GLFW_DEPTH_BITS, 0);
    glfwWindowHint(GLFW_STENCIL_BITS, 0);
    glfwWindowHintString(GLFW_X11_CLASS_NAME, "convloom");  // by which a desktop finds the entry and its icon
    glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "convloom");
    glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
}

// The version that the driver gives without a request, for the error's sentence.
std::string any_gl_version() {
    hint_common();
    glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
    GLFWwindow* window = glfwCreateWindow(16, 16, "", nullptr, nullptr);
    if (!window) return "";
    glfwMakeContextCurrent(window);
    // Not glad's pointer: glad may reject exactly the version to be named.
    using GetString = const unsigned char*(GLAD_API_PTR*)(unsigned);
    const auto get_string = reinterpret_cast<GetString>(glfwGetProcAddress("glGetString"));
    const auto* text = get_string ? reinterpret_cast<const char*>(get_string(GL_VERSION)) : nullptr;
    const std::string version = text ? text : "";
    glfwDestroyWindow(window);
    return version;
}

// The largest share of the screen for a window.
constexpr double part_of_screen = 0.9;

class WindowContext : public Context {
  public:
    WindowContext(const std::string& title, int width, int height) {
        hint_common();
        glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, needed_major);
        glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, needed_minor);
        glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
        glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
        fit(width, height);
        window_ = glfwCreateWindow(width, height, title.c_str(), nullptr, nullptr);
        if (!window_) fail();
        glfwMakeContextCurrent(window_);
        try {
            load_gl(glfwGetProcAddress);
        } catch (...) {
            glfwDestroyWindow(window_);
            throw;
        }
        glfwSwapInterval(1);
        const auto* renderer = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
        for (const char* name : {"llvmpipe", "softpipe", "swrast", "SWR"})
            is_software_ |= renderer && std::strstr(renderer, name);
        // A buffer that is copied to the screen instead of swapped keeps its picture. With a graphics card this has no
        // advantage, and copies do not wait for vertical sync.
        if (!is_software_ || !glfwExtensionSupported("GLX_MESA_copy_sub_buffer")) return;
        copy_ = reinterpret_cast<CopySubBuffer>(glfwGetProcAddress("glXCopySubBufferMESA"));
        display_ = reinterpret_cast<CurrentDisplay>(glfwGetProcAddress("glXGetCurrentDisplay"));
        drawable_ = reinterpret_cast<CurrentDrawable>(glfwGetProcAddress("glXGetCurrentDrawable"));
    }
    ~WindowContext() override { glfwDestroyWindow(window_); }

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
    // A swap lets the driver recreate its buffer at the window's current size. A copy does not, and copying from
    // outside the buffer is an error that ends the program. So nothing is copied before a frame was drawn into a buffer
    // known to be as large as the window.
    void present() override {
        const FramebufferSize size = framebuffer_size();
        if (can_copy() && made_anew_ == size) {
            buffer_ = size;
            made_anew_.reset();
            return present_part(0, 0, size.width, size.height);
        }
        glfwSwapBuffers(window_);
        buffer_.reset();
        made_anew_ = framebuffer_size();
    }
    bool is_software() const override { return is_software_; }
    bool keeps_picture() const override { return can_copy() && buffer_ == framebuffer_size(); }
    void present_part(int left, int top, int width, int height) override {
        copy_(display_(), drawable_(), left, buffer_->height - top - height, width, height);
    }
    GLFWwindow* glfw_window() const override { return window_; }

  private:
    bool can_copy() const { return copy_ && display_ && drawable_; }
    static void fit(int& width, int& height) {
        int x = 0, y = 0, room_wide = 0, room_high = 0;
        if (GLFWmonitor* monitor = glfwGetPrimaryMonitor()) {
            glfwGetMonitorWorkarea(monitor, &x, &y, &room_wide, &room_high);
            // GLFW handles the desktop's scale only.
            float content = 1;
            glfwGetMonitorContentScale(monitor, &content, nullptr);
            const float scale = scale_of(screen_of(monitor, content)) / std::max(1.0f, content);
            width = static_cast<int>(static_cast<float>(width) * scale);
            height = static_cast<int>(static_cast<float>(height) * scale);
        }
        if (room_wide > 0) width = std::min(width, static_cast<int>(room_wide * part_of_screen));
        if (room_high > 0) height = std::min(height, static_cast<int>(room_high * part_of_screen));
    }
    [[noreturn]] static void fail() {
        const char* text = nullptr;
        const int code = glfwGetError(&text);
        const std::string reason = text ? text : "no reason given";
        if (code == GLFW_VERSION_UNAVAILABLE || code == GLFW_API_UNAVAILABLE) throw too_old(any_gl_version());
        throw Error(fmt::format("No window can be opened on the screen: {}.", reason));
    }

    // Declared here without GLX's headers, whose macros conflict with other names.
    using CopySubBuffer = void (*)(void* display, unsigned long drawable, int x, int y, int width, int height);
    using CurrentDisplay = void* (*)();
    using CurrentDrawable = unsigned long (*)();

    Glfw glfw_;
    GLFWwindow* window_ = nullptr;
    bool is_software_ = false;
    std::optional<FramebufferSize> buffer_, made_anew_;
    CopySubBuffer copy_ = nullptr;
    CurrentDisplay display_ = nullptr;
    CurrentDrawable drawable_ = nullptr;
};

// Initialised once and never terminated: EGL does not count users of a display, so terminating it would end every other
// context on it too.
EGLDisplay surfaceless_display() {
    static const EGLDisplay display = [] {
        EGLDisplay found = eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
        return found != EGL_NO_DISPLAY && eglInitialize(found, nullptr, nullptr) ? found : EGL_NO_DISPLAY;
    }();
    return display;
}

class OffscreenContext : public Context {
  public:
    OffscreenContext(int width, int height) : display_(surfaceless_display()) {
        if (display_ == EGL_NO_DISPLAY || !eglBindAPI(EGL_OPENGL_API))
            throw Error("Drawing without a screen needs EGL's surfaceless platform (Mesa), which is missing.");
        const EGLint wanted[] = {EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_SURFACE_TYPE, 0, EGL_NONE};
        EGLConfig config = nullptr;
        EGLint count = 0;
        eglChooseConfig(display_, wanted, &config, 1, &count);
        const EGLint version[] = {EGL_CONTEXT_MAJOR_VERSION,
                                  needed_major,
                                  EGL_CONTEXT_MINOR_VERSION,
                                  needed_minor,
                                  EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                  EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                  EGL_NONE};
        if (count > 0) context_ = eglCreateContext(display_, config, EGL_NO_CONTEXT, version);
        if (context_ == EGL_NO_CONTEXT) throw too_old("");
        try {
            make_current();
            load_gl(eglGetProcAddress);
            make_framebuffer(width, height);
        } catch (...) {
            end_context();
            throw;
        }
    }
    ~OffscreenContext() override {
        make_current();
        glDeleteFramebuffers(1, &framebuffer_);
        glDeleteTextures(1, &texture_);
        end_context();
    }

    void make_current() override { eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_); }
    void bind_framebuffer() override {
        glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
        glViewport(0, 0, size_.width, size_.height);
    }
    FramebufferSize framebuffer_size() const override { return size_; }
    void resize(int width, int height) override {
        size_ = {std::max(width, 1), std::max(height, 1)};
        glBindTexture(GL_TEXTURE_2D, texture_);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, size_.width, size_.height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
        glBindTexture(GL_TEXTURE_2D, 0);
    }
    void present() override { glFinish(); }
    bool keeps_picture() const override { return true; }
    bool is_software() const override { return true; }

  private:
    void make_framebuffer(int width, int height) {
        glGenTextures(1, &texture_);
        resize(width, height);
        glGenFramebuffers(1, &framebuffer_);
        glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
        glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_, 0);
        if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE)
            throw Error(fmt::format("The graphics driver cannot draw a picture of {} by {} pixels.", width, height));
        bind_framebuffer();
    }
    void end_context() {
        eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
        eglDestroyContext(display_, context_);
    }

    EGLDisplay display_;
    EGLContext context_ = EGL_NO_CONTEXT;
    unsigned framebuffer_ = 0, texture_ = 0;
    FramebufferSize size_;
};

}  // namespace

std::unique_ptr<Context> window_context(const std::string& title, int width, int height) {
    return std::make_unique<WindowContext>(title, width, height);
}

std::unique_ptr<Context> offscreen_context(int width, int height) {
    return std::make_unique<OffscreenContext>(width, height);
}

}  // namespace convloom::gui
