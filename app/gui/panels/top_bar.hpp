// The top bar: actions for the document, the views, and the window's own switches. Also the list of keys.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/gui/base/commands.hpp"
#include "app/gui/base/interface.hpp"
#include "app/gui/base/style.hpp"
#include "app/gui/store/store.hpp"

namespace convloom::gui {

// What was clicked, for the workbench to run; views are switched here.
struct TopBarClick {
    std::optional<Command> command;
    std::string file;  // a recent file to open; empty for none
};
TopBarClick draw_top_bar(Store& store, Interface& interface, bool gallery_shown, const std::vector<std::string>& recent,
                         const Style& style);

// Drawn over everything; true while it stays open.
bool draw_help(const Style& style, const scene::Theme& theme);

}  // namespace convloom::gui
