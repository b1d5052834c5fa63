#define GLFW_INCLUDE_NONE
#include "tests/gui/errands/errand.hpp"

#include <GLFW/glfw3.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include <unistd.h>

#include <chrono>
#include <cmath>
#include <thread>

#include "core/state/json/presets.hpp"

namespace convloom::tests {

namespace fs = std::filesystem;

Errand::Errand(int width, int height, float scale)
    : WorkbenchStage(width, height, state::preset(state::opening_preset)),
      folder_(fs::temp_directory_path() / ("convloom-errand-" + std::to_string(getpid()))),
      before_(fs::current_path()) {
    fs::create_directories(folder_);
    fs::current_path(folder_);
    bench_->interface().scale = scale;
    frames(2);
}

Errand::~Errand() {
    ::testing::Test::RecordProperty("actions", actions_);
    std::error_code ec;
    fs::current_path(before_, ec);
    fs::remove_all(folder_, ec);
}

void Errand::click_it(const std::string& name) {
    ++actions_;
    click_on(name);
    frames(2);
}

void Errand::click_at(float x, float y) {
    ++actions_;
    click(x, y);
}

void Errand::hit(int glfw_key, bool shift, bool control) {
    ++actions_;
    key(glfw_key, shift, control);
    frames(4);
}

void Errand::all_selected() {
    ++actions_;
    hold_control(true);
    tap_key(ImGuiKey_A);
    hold_control(false);
    frames(1);
}

void Errand::write(std::initializer_list<std::string> texts) {
    for (const std::string& text : texts) {
        if (&text != texts.begin()) {
            tap_key(ImGuiKey_Tab);
            frames(2);
        }
        ImGui::GetIO().AddInputCharactersUTF8(text.c_str());
        frames(2);
    }
}

void Errand::typed(std::initializer_list<std::string> texts) {
    ++actions_;
    write(texts);
}

void Errand::entered(std::initializer_list<std::string> texts) {
    typed(texts);
    tap_key(ImGuiKey_Enter);
    frames(4);
}

void Errand::enter() {
    ++actions_;
    tap_key(ImGuiKey_Enter);
    frames(4);
}

void Errand::tabbed(int count) {
    for (int n = 0; n < count; ++n) pressed(ImGuiKey_Tab);
}

void Errand::pressed(ImGuiKey key) {
    ++actions_;
    tap_key(key);
    frames(4);
}

void Errand::palette(const std::string& words) {
    hit(GLFW_KEY_K, false, true);
    entered({words});
}

void Errand::dropped(const std::string& file) {
    ++actions_;
    bench_->documents().open(bench_->store(), file);
    frames(4);
}

void Errand::scrolled_to(const std::string& name, const std::string& over) {
    // The control must not be half hidden behind what is above the panel.
    const auto clear = [&] { return sees(name) && place(name).y > 160; };
    if (clear()) return;
    ++actions_;
    const gui::PlaceBox there = place(over);
    move(there.x + there.width / 2, there.y + 120);
    const auto roll = [&](float way) {
        ImGui::GetIO().MouseWheel = way;
        frames(2);
    };
    float way = -1;
    for (int n = 0; n < 60 && !clear(); ++n) roll(way);
    if (!clear()) way = 1;
    for (int n = 0; n < 60 && !clear(); ++n) roll(way);
    // Scrolls further, so that the control is not at the edge.
    for (int n = 0; n < 2; ++n) roll(way);
}

void Errand::dragged(const std::string& from, const std::string& to) {
    ++actions_;
    const gui::PlaceBox a = place(from), b = place(to);
    move(a.x + a.width / 2, a.y + a.height / 2);
    press_button(0, true);
    move((a.x + a.width / 2 + b.x + b.width / 2) / 2, (a.y + a.height / 2 + b.y + b.height / 2) / 2);
    move(b.x + b.width / 2, b.y + b.height / 2);
    press_button(0, false);
}

bool Errand::is_at(const std::string& name) {
    const auto ring = gui::place_named("focus"), control = gui::place_named(name);
    return ring && control && std::abs(ring->x - control->x) < 1.5f && std::abs(ring->y - control->y) < 1.5f;
}

void Errand::wait_for_export() {
    for (int n = 0; n < 12000 && bench_->documents().is_busy(); ++n) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        frames(1);
    }
    frames(2);
}

std::vector<std::string> Errand::files(const std::string& ending) const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder_))
        if (entry.path().extension() == ending) found.push_back(entry.path().string());
    return found;
}

}  // namespace convloom::tests
