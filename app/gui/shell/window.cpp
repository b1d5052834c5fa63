#include "app/gui/shell/window.hpp"

#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <fmt/format.h>
#include <GLFW/glfw3.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "app/files/link.hpp"
#include "app/files/standard_output.hpp"
#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/desk/clipboard.hpp"
#include "app/gui/opengl/shader_version.hpp"
#include "app/gui/session/session.hpp"
#include "app/gui/session/session_keeper.hpp"
#include "app/gui/shell/context.hpp"
#include "app/gui/shell/input_queue.hpp"
#include "app/gui/shell/loop.hpp"
#include "app/gui/shell/monitors.hpp"
#include "app/gui/shell/page.hpp"
#include "app/gui/shell/start.hpp"
#include "app/gui/shell/workbench.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/presets.hpp"

namespace convloom::gui {
namespace {

constexpr int first_width = 1600, first_height = 1000, least_width = 960, least_height = 600;
// Frame rates of slides: as often as a screen refreshes, and half as often if the processor paints.
constexpr double slide_frame_s = 1.0 / 60, slow_slide_frame_s = 1.0 / 30;
constexpr long most_copied_at_once = 2'000'000;  // pixels
// ImGui needs further frames after an event for hover and layout.
constexpr int frames_after_event = 3;
constexpr double least_frame_s = 1.0 / 120;

struct Pointer {
    double x = 0, y = 0;
};

class Window : public Frames {
  public:
    // `kept` is the session's file, empty for none.
    Window(std::unique_ptr<Context> context, state::State first, const Session& session, std::filesystem::path kept)
        : context_(std::move(context)), keeper_(std::move(kept)) {
        GLFWwindow* window = context_->glfw_window();
        glfwSetWindowUserPointer(window, this);
        glfwSetWindowPosCallback(window, [](GLFWwindow* w, int, int) { self(w).screen_scale_.reset(); });
        glfwSetWindowSizeCallback(window, [](GLFWwindow* w, int, int) { self(w).screen_scale_.reset(); });
        watch_scale(window, [](GLFWwindow* w) { self(w).screen_scale_.reset(); });
        glfwSetDropCallback(window, [](GLFWwindow* w, int count, const char** paths) {
            if (count > 0) self(w).workbench_->documents().open(self(w).workbench_->store(), paths[count - 1]);
            self(w).wake();
        });
        glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) {
            self(w).workbench_->forget_painted();
            self(w).draw();
        });
        // During a slide, frames without input are drawn, unless there was some.
        glfwSetCursorPosCallback(window, [](GLFWwindow* w, double, double) { self(w).wake(); });
        glfwSetScrollCallback(window, [](GLFWwindow* w, double, double) { self(w).wake(); });
        glfwSetCharCallback(window, [](GLFWwindow* w, unsigned) { self(w).wake(); });
        glfwSetCursorEnterCallback(window, [](GLFWwindow* w, int) { self(w).wake(); });
        glfwSetWindowFocusCallback(window, [](GLFWwindow* w, int) { self(w).wake(); });

        ImGui::CreateContext();
        ImGui::GetIO().IniFilename = nullptr;
        ImGui::GetIO().ConfigInputTextCursorBlink = false;  // nothing is redrawn while nothing happens
        workbench_ = std::make_unique<Workbench>(std::move(first), wake_frames);
        workbench_->take(session);
        scale();
        ImGui_ImplGlfw_InitForOpenGL(window, true);  // chains to the callbacks set above
        connect_texts();
        glfwSetKeyCallback(window, [](GLFWwindow* w, int key, int scancode, int action, int mods) {
            self(w).inputs_.push({Input::Kind::key, key, scancode, action, mods});
        });
        glfwSetCharCallback(window, [](GLFWwindow* w, unsigned int point) {
            self(w).inputs_.push({Input::Kind::character, static_cast<int>(point)});
        });
        glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int button, int action, int mods) {
            const auto [x, y] = self(w).pointer_;
            self(w).inputs_.push({Input::Kind::button, button, 0, action, mods, x, y});
        });
        glfwSetCursorPosCallback(window, [](GLFWwindow* w, double x, double y) {
            self(w).pointer_ = {x, y};
            self(w).inputs_.push({Input::Kind::move, 0, 0, 0, 0, x, y});
#if IMGUI_VERSION_NUM >= 18700
            if (self(w).inputs_.empty()) ImGui_ImplGlfw_CursorPosCallback(w, x, y);
#endif
        });
        ImGui_ImplOpenGL3_Init(shader_version);
    }
    ~Window() override {
        workbench_.reset();
        ImGui_ImplOpenGL3_Shutdown();
        ImGui_ImplGlfw_Shutdown();
        ImGui::DestroyContext();
    }
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    bool is_over() const override {
        return glfwWindowShouldClose(context_->glfw_window());
    }

    // Until when to sleep if no event arrives.
    Due next() override {
        Due due = next_frame();
        if (const auto kept_s = keeper_.due_s(workbench_->store().version()); kept_s && !due.settles)
            due.at_s = std::min(due.at_s.value_or(*kept_s), *kept_s);
        return due;
    }
    Due next_frame() {
        slides_only_ = false;
        if (frames_due_ > 0) {
            --frames_due_;
            return {drawn_s_ + least_frame_s, true};
        }
        const std::optional<double> tick = workbench_->next_tick_s();
        Due due{tick};
        if (workbench_->is_sliding()) {
            const double slide = drawn_s_ + (context_->is_software() ? slow_slide_frame_s : slide_frame_s);
            slides_only_ = !tick || slide < *tick;
            if (slides_only_) due.at_s = slide;
        }
        return due;
    }

    void frame(bool happened) override {
        if (happened) wake();
        if (frames_due_ > 0) slides_only_ = false;
        take_input();
        set_full_screen();
        if (slides_only_ && inputs_.empty())
            slide();
        else
            draw();
        if (workbench_->is_waiting() || !inputs_.empty()) frames_due_ = std::max(frames_due_, 1);
        keeper_.keep(glfwGetTime(), workbench_->store().version(), [&] { return session(); });
        if (const std::string why = keeper_.fault(); !why.empty()) {
            workbench_->store().say(t_sentence(why), true);
            wake();
        }
    }

    void ended() override {
        keeper_.end(session());
    }

    Store& store() {
        return workbench_->store();
    }
    // Of the link that the window was opened with.
    void take_page(const state::PageOptions& page) {
        workbench_->take_page(page);
    }
    Documents& documents() {
        return workbench_->documents();
    }

  private:
    // For the next start.
    Session session() const {
        Session session = workbench_->session();
        session.maximized = glfwGetWindowAttrib(context_->glfw_window(), GLFW_MAXIMIZED) == GLFW_TRUE;
        const Box now = full_screen_ ? kept_ : window_box(context_->glfw_window());
        session.width = now.width, session.height = now.height;
        session.place = {now.x, now.y};
        return session;
    }

    static Window& self(GLFWwindow* window) {
        return *static_cast<Window*>(glfwGetWindowUserPointer(window));
    }

    void wake() {
        frames_due_ = frames_after_event;
    }

    bool scale() {
        if (!screen_scale_) screen_scale_ = find_scale();
        return workbench_->set_scale(*screen_scale_);
    }

    float find_scale() const {
        GLFWwindow* window = context_->glfw_window();
        const Screen screen = screen_under(window);
        // Small enough for half of the screen in any case.
        const float scale = scale_of(screen);
        const auto least = [&](int side, int room) {
            return room > 0 ? std::min(static_cast<int>(static_cast<float>(side) * scale), std::max(side, room / 2))
                            : side;
        };
        limit_size(window, least(least_width, screen.width_px), least(least_height, screen.height_px));
        return scale;
    }

    void take_input() {
        // Events during the extra frames of an earlier event request their own.
        if (!inputs_.empty()) wake();
        placed_.reset();
        for (const Input& input : inputs_.next_frame(ImGui::GetIO().WantTextInput)) hand_on(input);
    }

    void hand_on(const Input& input) {
        GLFWwindow* window = context_->glfw_window();
        switch (input.kind) {
            case Input::Kind::key:
                ImGui_ImplGlfw_KeyCallback(window, input.code, input.scancode, input.action, input.mods);
                if (input.action != GLFW_RELEASE)
                    workbench_->press({input.code, (input.mods & GLFW_MOD_SHIFT) != 0,
                                       (input.mods & GLFW_MOD_CONTROL) != 0,
                                       (input.mods & (GLFW_MOD_ALT | GLFW_MOD_SUPER)) != 0});
                break;
            case Input::Kind::character:
                ImGui_ImplGlfw_CharCallback(window, static_cast<unsigned int>(input.code));
                break;
            case Input::Kind::button:
                placed_ = {input.x, input.y};
                place_pointer();
                ImGui_ImplGlfw_MouseButtonCallback(window, input.code, input.action, input.mods);
                if (input.code < static_cast<int>(down_.size())) down_[input.code] = input.action != GLFW_RELEASE;
                break;
            case Input::Kind::move:
                placed_ = {input.x, input.y};
                place_pointer();
                break;
        }
    }

    // ImGui before 1.87 reads the mouse when a frame begins; it must see the input delivered for this frame.
    void settle_mouse() {
#if IMGUI_VERSION_NUM < 18700
        ImGuiIO& io = ImGui::GetIO();
        for (std::size_t n = 0; n < down_.size(); ++n) io.MouseDown[n] = down_[n];
        if (placed_) io.MousePos = {static_cast<float>(placed_->x), static_cast<float>(placed_->y)};
#endif
    }
    void place_pointer() {
#if IMGUI_VERSION_NUM >= 18700
        ImGui_ImplGlfw_CursorPosCallback(context_->glfw_window(), placed_->x, placed_->y);
#endif
    }

    void set_full_screen() {
        GLFWwindow* window = context_->glfw_window();
        const bool wanted = workbench_->wants_full_screen();
        if (wanted == full_screen_) return;
        full_screen_ = wanted;
        if (!wanted) return leave_full_screen(window, kept_);
        kept_ = window_box(window);
        fill_screen(window);
        wake();
    }

    // Draws the slide over the frame that was drawn last.
    void slide() {
        drawn_s_ = glfwGetTime();
        int pixels_wide = 0, pixels_high = 0;
        glfwGetFramebufferSize(context_->glfw_window(), &pixels_wide, &pixels_high);
        if (pixels_wide == 0 || pixels_high == 0) return;
        workbench_->slide_on(drawn_s_);
        paint(pixels_wide, pixels_high);
    }

    void paint(int pixels_wide, int pixels_high) {
        std::vector<PixelBox> boxes;
        if (context_->is_software()) boxes = workbench_->changes(pixels_wide, pixels_high, drawn_s_);
        if (!context_->keeps_picture()) {
            workbench_->paint(pixels_wide, pixels_high, drawn_s_);
            ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
            return context_->present();
        }
        for (const PixelBox& box : boxes) {
            workbench_->paint(pixels_wide, pixels_high, drawn_s_, &box);
            ClippedDrawData part(*ImGui::GetDrawData(), box);
            ImGui_ImplOpenGL3_RenderDrawData(part.data());
        }
        // Each copy waits for the X server, so one larger copy is faster than several small ones.
        PixelBox all;
        for (const PixelBox& box : boxes) all = around(all, box);
        if (!all.empty() && static_cast<long>(all.width) * all.height <= most_copied_at_once)
            return context_->present_part(all.x, all.y, all.width, all.height);
        for (const PixelBox& box : boxes) context_->present_part(box.x, box.y, box.width, box.height);
    }

    void draw() {
        drawn_s_ = glfwGetTime();
        int pixels_wide = 0, pixels_high = 0;
        glfwGetFramebufferSize(context_->glfw_window(), &pixels_wide, &pixels_high);
        if (pixels_wide == 0 || pixels_high == 0) return;  // minimised
        if (scale()) ImGui_ImplOpenGL3_DestroyFontsTexture(), ImGui_ImplOpenGL3_CreateFontsTexture();
        workbench_->prepare();
        ImGui_ImplOpenGL3_NewFrame();
        ImGui_ImplGlfw_NewFrame();
        settle_mouse();
        ImGui::NewFrame();
        workbench_->frame(drawn_s_);
        ImGui::Render();
        write_places();
        set_title();
        tell_page(*workbench_);
        paint(pixels_wide, pixels_high);
    }

    void set_title() {
        std::string title = workbench_->title();
        if (title == title_) return;
        title_ = std::move(title);
        glfwSetWindowTitle(context_->glfw_window(), title_.c_str());
    }

    std::unique_ptr<Context> context_;
    SessionKeeper keeper_;
    std::unique_ptr<Workbench> workbench_;
    std::string title_;
    InputQueue inputs_;
    Pointer pointer_;                // the position at the last event
    std::optional<Pointer> placed_;  // the position of this frame's button presses
    std::array<bool, 3> down_{};     // the buttons, as this frame sees them
    int frames_due_ = frames_after_event;
    double drawn_s_ = 0;
    std::optional<float> screen_scale_;
    bool slides_only_ = false;  // the next frame differs only by the slide
    bool full_screen_ = false;
    Box kept_;  // of the window before full screen
};

// The window's last position and size, if it is still on a screen.
void restore(Context& context, const Session& session) {
    GLFWwindow* window = context.glfw_window();
    if (session.width <= 0 || session.height <= 0) return;
    glfwSetWindowSize(window, std::max(session.width, least_width), std::max(session.height, least_height));
    if (session.place && monitor_of({(*session.place)[0], (*session.place)[1], session.width, session.height}))
        glfwSetWindowPos(window, (*session.place)[0], (*session.place)[1]);
    if (session.maximized) glfwMaximizeWindow(window);
}

}  // namespace

bool run_window(const Start& start) {
    const std::filesystem::path kept = session_file();
    Session session = kept.empty() ? unsaved_session() : load_session(kept);
    std::optional<ReadNetwork> network = read_network(start);
    const std::string file = network ? "" : start.file;
    state::State first = start.state ? *start.state : first_state(start.preset, file, session);
    if (start.state && session.state) first.theme = session.state->theme;
    std::unique_ptr<Context> context;
    try {
        context = window_context("Convloom", first_width, first_height);
    } catch (const Error& error) {
        std::string why = error.what();
        if (why.ends_with('.')) why.pop_back();
        files::tell(fmt::format("convloom: {}; `convloom list` and `convloom export` work without a window.", why));
        return false;
    }
    restore(*context, session);
    session.interface.first_hint = !kept.empty() && !std::filesystem::exists(kept);
    auto window = std::make_unique<Window>(std::move(context), std::move(first), session, kept);
    if (!start.state && start.preset.empty() && file.empty() && session.state) {
        if (session.file.empty())
            window->store().compare_with_preset();
        else
            window->store().set_file(session.file);
        window->store().set_playing(session.playing);
    } else if (files::is_link(file)) {
        window->take_page(files::parse_link(file).page);
    } else if (file.ends_with(".json")) {
        window->store().note_opened(file);
    }
    if (network) open_network(window->documents(), window->store(), start, std::move(*network));
    if (!file.empty() && !files::is_link(file)) window->documents().note_named(file);
    run_frames(std::move(window));
    return true;
}

}  // namespace convloom::gui
