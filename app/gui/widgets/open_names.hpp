// A small form for the names that typed layers use without setting them: a field for each, whose answers are
// remembered.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "app/gui/base/style.hpp"
#include "core/state/code/evaluate.hpp"
#include "core/state/frameworks/arguments.hpp"

namespace convloom::gui {

class OpenNames {
  public:
    // Names that are asked for from now on, besides those that were before.
    void ask(const std::vector<state::OpenName>& names);
    // Asks for none; the answers are kept for the next time.
    void clear() { asked_.clear(); }
    bool empty() const { return asked_.empty(); }
    // The answers that were given so far.
    std::vector<state::NameGiven> answers() const;
    // Returns whether Enter was pressed in a field.
    bool draw(const Style& style, const scene::Theme& theme);

  private:
    std::vector<state::OpenName> asked_;
    std::map<std::string, std::string> answers_;
};

}  // namespace convloom::gui
