#include "tests/gui/gui_workbench_stage.hpp"

#include <backends/imgui_impl_opengl3.h>

namespace convloom::tests {

WorkbenchStage::WorkbenchStage(int width, int height, state::State first) : stage_(width, height) {
    ImGui::GetIO().DisplayFramebufferScale = {1, 1};
    stage_.prepare = [this] {
        if (bench_->set_scale(1)) ImGui_ImplOpenGL3_DestroyFontsTexture(), ImGui_ImplOpenGL3_CreateFontsTexture();
        if (rendered_) bench_->prepare();
    };
    stage_.draw = [this] { bench_->frame(now_s_); };
    stage_.paint = [this, width, height] { bench_->paint(width, height, now_s_); };
    open(std::move(first));
    frames(2);
}

void WorkbenchStage::open(state::State first) {
    bench_ = std::make_unique<gui::Workbench>(std::move(first));
    bench_->store().set_playing(false);
    bench_->interface().reduced_motion = true;
    bench_->interface().language = gui::LanguageChoice::english;
}

void WorkbenchStage::frame(bool rendered) {
    now_s_ += frame_s;
    rendered_ = rendered;
    stage_.frame(rendered);
}

void WorkbenchStage::frames(int count) {
    for (int n = 0; n < count; ++n) frame();
}

scene::Pixels WorkbenchStage::picture() {
    frame(true);
    return stage_.pixels();
}

void WorkbenchStage::move(float x, float y) {
    ImGui::GetIO().MousePos = {x, y};
    frames(2);
}

void WorkbenchStage::press_button(int button, bool down, int frame_count) {
    ImGui::GetIO().MouseDown[button] = down;
    frames(frame_count);
}

void WorkbenchStage::click(float x, float y, int button) {
    move(x, y);
    press_button(button, true);
    press_button(button, false);
}

ImVec2 WorkbenchStage::on_page(scene::Point point) {
    frames(1);  // which may give the canvas its page
    const gui::PlaceBox page = place("page");
    const float scale = page.width / static_cast<float>(bench_->store().scene_on_canvas().width);
    return {page.x + static_cast<float>(point.x) * scale, page.y + static_cast<float>(point.y) * scale};
}

void WorkbenchStage::click_on(const std::string& name) {
    const gui::PlaceBox box = place(name);
    click(box.x + box.width / 2, box.y + box.height / 2);
}

void WorkbenchStage::tap_key(ImGuiKey key) {
    stage_.press(key, true);
    frames(1);
    stage_.press(key, false);
    frames(1);
}

void WorkbenchStage::fill(const std::string& name, const std::string& text) {
    click_on(name);
    ImGui::GetIO().AddInputCharactersUTF8(text.c_str());
    frames(2);
    tap_key(ImGuiKey_Enter);
    frames(2);
}

void WorkbenchStage::key(int key_number, bool shift, bool control) {
    bench_->press({key_number, shift, control});
    frames(1);
}

}  // namespace convloom::tests
