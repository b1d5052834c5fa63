// An errand: a task that a user has in the window, from the first frame on, with the number of actions it takes.
//
// An action is a click, a key with its modifiers, a drag, a dropped file, or text typed into a focused field, including
// Tab keys within it and Enter at its end. A Tab from one control to the next is an action of its own. Looking and
// waiting are not actions.
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
    void typed(std::initializer_list<std::string> texts);              // with Tab between them
    void entered(std::initializer_list<std::string> texts);            // followed by Enter
    void enter();
    void tabbed(int count = 1);              // one action each
    void pressed(ImGuiKey key);              // in a dialog or on the focused control
    void palette(const std::string& words);  // Ctrl+K, then the text and Enter
    void dropped(const std::string& file);
    // Turns the wheel over another control's panel until this one is visible; no action if it is already.
    void scrolled_to(const std::string& name, const std::string& over);
    void dragged(const std::string& from, const std::string& to);

    // Not actions.
    bool sees(const std::string& name) { return gui::place_named(name).has_value(); }
    bool is_at(const std::string& name);  // it has the focus ring
    void wait_for_export();
    std::vector<std::string> files(const std::string& ending) const;
    int actions() const { return actions_; }

    std::filesystem::path folder_;  // for the exported files

  private:
    void write(std::initializer_list<std::string> texts);

    int actions_ = 0;
    std::filesystem::path before_;
};

}  // namespace convloom::tests
