// The whole workbench on a stage, with the hand and the keyboard that tests and benchmarks drive it with.
#pragma once
#include <memory>
#include <string>

#include "app/gui/shell/workbench.hpp"
#include "tests/gui/gui_stage.hpp"

namespace convloom::tests {

class WorkbenchStage {
  public:
    WorkbenchStage(int width, int height, state::State first);

    // Another one in its place: nothing plays, nothing slides, in English.
    void open(state::State first);

    // Input and layout alone, or the picture with it.
    void frame(bool rendered = false);
    void frames(int count);
    scene::Pixels picture();

    void move(float x, float y);
    void press_button(int button, bool down, int frame_count = 2);
    void click(float x, float y, int button = 0);
    gui::PlaceBox place(const std::string& name) { return stage_.place(name); }
    void click_on(const std::string& name);
    void tap_key(ImGuiKey key);
    // Into a field, and Enter.
    void fill(const std::string& name, const std::string& text);
    void key(int key_number, bool shift = false, bool control = false);
    const state::State& now() { return bench_->store().state(); }

    double now_s() const { return now_s_; }
    void pass_time(double s) { now_s_ += s; }

    double frame_s = 1.0 / 60;  // by which time moves on

  protected:
    Stage stage_;
    std::unique_ptr<gui::Workbench> bench_;

  private:
    double now_s_ = 0;
    bool rendered_ = false;
};

}  // namespace convloom::tests
