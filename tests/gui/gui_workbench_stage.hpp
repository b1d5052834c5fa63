// The whole workbench on a stage, with mouse and keyboard functions for tests and benchmarks.
#pragma once
#include <memory>
#include <string>

#include "app/gui/shell/workbench.hpp"
#include "tests/gui/gui_stage.hpp"

namespace convloom::tests {

class WorkbenchStage {
  public:
    WorkbenchStage(int width, int height, state::State first);

    // Replaces the workbench by a new one that does not play or slide, in English.
    void open(state::State first);

    // Processes input and layout only, or also renders the picture.
    void frame(bool rendered = false);
    void frames(int count);
    scene::Pixels picture();

    void move(float x, float y);
    void press_button(int button, bool down, int frame_count = 2);
    void click(float x, float y, int button = 0);
    gui::PlaceBox place(const std::string& name) { return stage_.place(name); }
    void click_on(const std::string& name);
    // Where a point of the canvas's page is in the window.
    ImVec2 on_page(scene::Point point);
    void tap_key(ImGuiKey key);
    // Types into a field and presses Enter.
    void fill(const std::string& name, const std::string& text);
    void key(int key_number, bool shift = false, bool control = false);
    const state::State& now() { return bench_->store().state(); }

    double now_s() const { return now_s_; }
    void pass_time(double s) { now_s_ += s; }

    double frame_s = 1.0 / 60;  // time between frames

  protected:
    Stage stage_;
    std::unique_ptr<gui::Workbench> bench_;

  private:
    double now_s_ = 0;
    bool rendered_ = false;
};

}  // namespace convloom::tests
