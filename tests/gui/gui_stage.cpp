#include "tests/gui/gui_stage.hpp"

#include <backends/imgui_impl_opengl3.h>

#include <fstream>
#include <stdexcept>

#include "app/paint/png.hpp"
#include "core/scene/looks/theme.hpp"

namespace convloom::tests {

Stage::Stage(int width, int height, float scale)
    : context_(gui::offscreen_context(width, height)), theme_(&scene::default_theme()) {
    gui::keep_places();
    painter_ = std::make_unique<gui::GlPainter>();
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
    // Replaces the system's clipboard.
    static std::string clipboard;
    io.SetClipboardTextFn = [](void*, const char* text) { clipboard = text; };
    io.GetClipboardTextFn = [](void*) { return clipboard.c_str(); };
#if IMGUI_VERSION_NUM < 18700
    for (int key = 0; key < ImGuiKey_COUNT; ++key) io.KeyMap[key] = 256 + key;
#endif
    style_ = gui::make_style(scale);
    ImGui_ImplOpenGL3_Init("#version 330 core");
}

Stage::~Stage() {
    prepare = draw = paint = nullptr;
    ImGui_ImplOpenGL3_Shutdown();
    ImGui::DestroyContext();
    painter_.reset();
}

void Stage::frame(bool rendered) {
    if (prepare) prepare();
    ImGui::GetIO().DeltaTime = 1.f / 60;
    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
    gui::apply_theme(*theme_);
    if (draw) draw();
    ImGui::Render();
    gui::write_places();
    if (!rendered) return;
    context_->bind_framebuffer();
    painter_->clear(theme_->ground);
    if (paint) paint();
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

void Stage::frames(int count) {
    while (count-- > 0) frame();
}

bool Stage::has(const std::string& place) {
    return gui::place_named(place).has_value();
}

gui::PlaceBox Stage::place(const std::string& name) {
    const auto box = gui::place_named(name);
    if (!box) throw std::runtime_error("there is no control “" + name + "”");
    return *box;
}

void Stage::click(const std::string& name, int times) {
    const gui::PlaceBox box = place(name);
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = {box.x + box.width / 2, box.y + box.height / 2};
    frames(2);
    for (; times > 0; --times) {
        io.MouseDown[0] = true;
        frame();
        io.MouseDown[0] = false;
        frame();
    }
    io.MousePos = {-1, -1};
    frames(2);
}

void Stage::press([[maybe_unused]] int key, [[maybe_unused]] bool down) {
#if IMGUI_VERSION_NUM < 18700
    ImGui::GetIO().KeysDown[256 + key] = down;
#else
    ImGui::GetIO().AddKeyEvent(static_cast<ImGuiKey>(key), down);
#endif
}

void hold_control(bool down) {
#if IMGUI_VERSION_NUM < 18700
    ImGui::GetIO().KeyCtrl = down;
#else
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, down);
#endif
}

void Stage::key(ImGuiKey key) {
    press(key, true);
    frame();
    press(key, false);
    frames(2);
}

void Stage::type(const std::string& text) {
    ImGui::GetIO().AddInputCharactersUTF8(text.c_str());
    frames(2);
}

void Stage::retype(const std::string& text) {
    hold_control(true);
    key(ImGuiKey_A);
    hold_control(false);
    frames(1);
    type(text);
}

void Stage::save_picture(const std::string& path) {
    std::ofstream(path, std::ios::binary) << paint::encode_png(context_->pixels());
}

}  // namespace convloom::tests
