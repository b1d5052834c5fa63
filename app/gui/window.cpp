#include "app/gui/window.hpp"

#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <fmt/format.h>
#include <GLFW/glfw3.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <memory>
#include <set>
#include <thread>

#include "app/gui/context.hpp"
#include "app/gui/gl_painter.hpp"
#include "app/gui/keys.hpp"
#include "app/gui/panels.hpp"
#include "app/gui/store.hpp"
#include "app/gui/style.hpp"
#include "core/scene/parts.hpp"
#include "core/state/error.hpp"
#include "core/state/presets.hpp"

namespace convloom::gui {
namespace {

constexpr int first_width = 1280, first_height = 800, least_width = 960, least_height = 600;
// ImGui settles hover and layout in the frames after an event.
constexpr int frames_after_event = 3;
constexpr double degrees_a_px = 0.25;   // of a drag that turns the volume
constexpr double least_frame_s = 1.0 / 120;

struct KeyEvent {
    int key, scancode, action, mods;
};

struct Area {
    float x, y, width, height;
};

struct Layout {
    Area canvas, timeline, inspector;
};

Layout lay_out(ImVec2 size, float scale) {
    const float side = inspector_width * scale, below = timeline_height * scale;
    return {{0, 0, size.x - side, size.y - below},
            {0, size.y - below, size.x - side, below},
            {size.x - side, 0, side, size.y}};
}

class Window {
  public:
    Window(Context& context, state::State first) : context_(context), store_(std::move(first)), painter_() {
        GLFWwindow* window = context_.glfw_window();
        glfwSetWindowSizeLimits(window, least_width, least_height, GLFW_DONT_CARE, GLFW_DONT_CARE);
        glfwSetWindowUserPointer(window, this);
        glfwSetDropCallback(window, [](GLFWwindow* w, int count, const char** paths) {
            if (count > 0) self(w).store_.open_file(paths[count - 1]);
            self(w).wake();
        });
        glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) { self(w).draw(); });

        ImGui::CreateContext();
        ImGui::GetIO().IniFilename = nullptr;
        ImGui::GetIO().ConfigInputTextCursorBlink = false;   // nothing moves while nothing happens
        float scale = 1;
        glfwGetWindowContentScale(window, &scale, nullptr);
        style_ = make_style(std::max(1.0f, scale));
        ImGui_ImplGlfw_InitForOpenGL(window, true);   // keeps calling the callbacks set above
        glfwSetKeyCallback(window, [](GLFWwindow* w, int key, int scancode, int action, int mods) {
            self(w).keys_.push_back({key, scancode, action, mods});
        });
        ImGui_ImplOpenGL3_Init("#version 330 core");
    }
    ~Window() {
        ImGui_ImplOpenGL3_Shutdown();
        ImGui_ImplGlfw_Shutdown();
        ImGui::DestroyContext();
    }
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    void run() {
        while (!glfwWindowShouldClose(context_.glfw_window())) {
            wait();
            take_keys();
            store_.tick(glfwGetTime());
            draw();
        }
    }

  private:
    static Window& self(GLFWwindow* window) { return *static_cast<Window*>(glfwGetWindowUserPointer(window)); }

    void wake() { frames_due_ = frames_after_event; }

    // Hands on the keys that came in. ImGui before 1.87 sees only which keys are down when a frame begins, so a
    // key that is pressed and let go between two frames has to be spread over both.
    void take_keys() {
        std::set<int> changed;
        while (!keys_.empty() && changed.insert(keys_.front().key).second) {
            const KeyEvent e = keys_.front();
            keys_.pop_front();
            ImGui_ImplGlfw_KeyCallback(context_.glfw_window(), e.key, e.scancode, e.action, e.mods);
            if (e.action != GLFW_RELEASE && !ImGui::GetIO().WantTextInput)
                handle_key(store_, {e.key, (e.mods & GLFW_MOD_SHIFT) != 0, (e.mods & GLFW_MOD_CONTROL) != 0});
        }
        if (!keys_.empty()) wake();
    }

    // Sleeps until something happens or the store has something due.
    void wait() {
        const double before = glfwGetTime();
        if (frames_due_ > 0) {
            --frames_due_;
            glfwPollEvents();
            const double rest = least_frame_s - (before - drawn_s_);
            if (rest > 0) std::this_thread::sleep_for(std::chrono::duration<double>(rest));
            return;
        }
        const std::optional<double> next = store_.next_tick_s();
        if (next)
            glfwWaitEventsTimeout(std::max(0.001, *next - before));
        else
            glfwWaitEvents();
        const bool event = !next || glfwGetTime() < *next;
        if (event) wake();
    }

    void draw() {
        drawn_s_ = glfwGetTime();
        int pixels_wide = 0, pixels_high = 0;
        glfwGetFramebufferSize(context_.glfw_window(), &pixels_wide, &pixels_high);
        if (pixels_wide == 0 || pixels_high == 0) return;   // minimised
        ImGui_ImplOpenGL3_NewFrame();
        ImGui_ImplGlfw_NewFrame();
        ImGui::NewFrame();
        apply_theme(*view_options_of(store_.state()).theme);
        const Layout layout = lay_out(ImGui::GetIO().DisplaySize, style_.scale);
        panel("timeline", layout.timeline, ImGuiWindowFlags_NoScrollbar, [&] { draw_timeline(store_, style_); });
        panel("inspector", layout.inspector, 0, [&] { draw_inspector(store_, style_); });
        turn_volume(layout.canvas);
        draw_message(store_, style_, {layout.canvas.x, layout.canvas.y}, {layout.canvas.width, layout.canvas.height});
        ImGui::Render();

        const scene::Scene& scene = store_.scene();
        painter_.clear(scene.background);
        painter_.draw(scene, page_to_pixels(scene, layout.canvas), pixels_wide, pixels_high);
        ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
        set_title();
        glfwSwapBuffers(context_.glfw_window());
    }

    // Dragging on the canvas looks at the volume from another side; a drag is one step of undo.
    void turn_volume(const Area& canvas) {
        const ImGuiIO& io = ImGui::GetIO();
        const state::State& s = store_.state();
        const ImVec2 from = io.MouseClickedPos[0];
        const bool on_canvas = from.x >= canvas.x && from.x < canvas.x + canvas.width && from.y >= canvas.y && from.y < canvas.y + canvas.height;
        if (s.view != scene::View::volume || io.WantCaptureMouse || !on_canvas) return;
        if (ImGui::IsMouseClicked(0)) {
            store_.begin_gesture();
            turned_from_ = {s.turn_deg, s.tilt_deg};
        }
        const ImVec2 moved = ImGui::GetMouseDragDelta(0);
        if (!ImGui::IsMouseDragging(0) || (moved.x == 0 && moved.y == 0)) return;
        store_.dispatch_drag(state::SetTurn{turned_from_[0] + moved.x * degrees_a_px, turned_from_[1] + moved.y * degrees_a_px});
    }

    template <class Draw>
    void panel(const char* name, const Area& area, ImGuiWindowFlags more, Draw draw_inside) {
        ImGui::SetNextWindowPos({area.x, area.y});
        ImGui::SetNextWindowSize({area.width, area.height});
        ImGui::Begin(name, nullptr,
                     ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoCollapse |
                         ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                         ImGuiWindowFlags_NoBringToFrontOnFocus | more);
        ImGui::PushFont(style_.body);
        draw_inside();
        ImGui::PopFont();
        // A hairline towards the canvas.
        const ImVec2 far = area.x > 0 ? ImVec2(area.x, area.y + area.height) : ImVec2(area.x + area.width, area.y);
        ImGui::GetWindowDrawList()->AddLine({area.x, area.y}, far, ImGui::GetColorU32(ImGuiCol_Separator), style_.scale);
        ImGui::End();
    }

    // The page as large as the canvas allows, in its middle, in pixels of the framebuffer.
    scene::Affine page_to_pixels(const scene::Scene& scene, const Area& canvas) const {
        const ImVec2 dense = ImGui::GetIO().DisplayFramebufferScale;
        const double wide = canvas.width * dense.x, high = canvas.height * dense.y;
        const double scale = std::min(wide / scene.width, high / scene.height);
        return scene::Affine::scale_and_move(scale, canvas.x * dense.x + (wide - scale * scene.width) / 2,
                                             canvas.y * dense.y + (high - scale * scene.height) / 2);
    }

    void set_title() {
        const state::State& s = store_.state();
        std::string title =
            s.view == scene::View::photo
                ? fmt::format("{} – {} – Convloom", s.photo->path.substr(s.photo->path.find_last_of('/') + 1), s.photo->filter)
                : fmt::format("{} – {} – Convloom", s.title, scene::moment_text(places_of(s), s.moment));
        if (title == title_) return;
        title_ = std::move(title);
        glfwSetWindowTitle(context_.glfw_window(), title_.c_str());
    }

    Context& context_;
    Store store_;
    Style style_;
    GlPainter painter_;
    std::string title_;
    std::deque<KeyEvent> keys_;
    std::array<double, 2> turned_from_{};   // turn and tilt where the drag began
    int frames_due_ = frames_after_event;
    double drawn_s_ = 0;
};

state::State first_state(const std::string& preset, const std::string& file) {
    state::State first = state::preset(preset.empty() ? state::opening_preset : preset);
    if (file.empty()) return first;
    return state::update(first, open_action(file)).state;
}

}  // namespace

bool run_window(const std::string& preset, const std::string& file) {
    state::State first = first_state(preset, file);
    std::unique_ptr<Context> context;
    try {
        context = window_context("Convloom", first_width, first_height);
    } catch (const Error& error) {
        std::string why = error.what();
        if (why.ends_with('.')) why.pop_back();
        fmt::print(stderr, "convloom: {}; `convloom list` and `convloom export` work without a window.\n", why);
        return false;
    }
    Window(*context, std::move(first)).run();
    return true;
}

}  // namespace convloom::gui
