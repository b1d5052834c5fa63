// An errand: what somebody comes to the window for, from its first frame on, with the actions counted.
//
// An action is a click, a key with what is held down, a drag or a file dropped, or a text typed into where one is: Tabs
// inside it and the Enter at its end belong to it; a Tab that leads from one control to the next is one of its own.
// Looking and waiting are none.
#pragma once
#include <imgui.h>

#include <filesystem>
#include <initializer_list>
#include <string>
#include <vector>

#include "tests/gui/gui_workbench_stage.hpp"

namespace convloom::tests {

class Errand : protected WorkbenchStage {
  public:
    Errand(int width, int height, float scale = 1);
    ~Errand();
    Errand(const Errand&) = delete;

  protected:
    // The actions.
    void click_it(const std::string& name);
    void click_at(float x, float y);
    void hit(int glfw_key, bool shift = false, bool control = false);  // a shortcut
    void all_selected();                                               // Ctrl+A in a field
    void typed(std::initializer_list<std::string> texts);              // Tab between them
    void entered(std::initializer_list<std::string> texts);            // and Enter
    void enter();
    void tabbed(int count = 1);              // an action each
    void pressed(ImGuiKey key);              // in a dialog or at the ring
    void palette(const std::string& words);  // Ctrl+K, and what is typed there with its Enter
    void dropped(const std::string& file);
    // The wheel over another control's panel until this one is in sight; none where it is.
    void scrolled_to(const std::string& name, const std::string& over);
    void dragged(const std::string& from, const std::string& to);

    // No actions.
    bool sees(const std::string& name) { return gui::place_named(name).has_value(); }
    bool is_at(const std::string& name);  // the ring
    void wait_for_export();
    std::vector<std::string> files(const std::string& ending) const;
    int actions() const { return actions_; }

    std::filesystem::path folder_;  // where the files go

  private:
    void write(std::initializer_list<std::string> texts);

    int actions_ = 0;
    std::filesystem::path before_;
};

}  // namespace convloom::tests
