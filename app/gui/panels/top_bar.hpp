// Above: what is done with the document, the views, and the window's own switches. And the list of keys.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/gui/base/commands.hpp"
#include "app/gui/base/interface.hpp"
#include "app/gui/base/style.hpp"
#include "app/gui/store/store.hpp"

namespace convloom::gui {

// What was clicked, for the workbench to do; views are gone to here.
struct TopBarClick {
    std::optional<Command> command;
    std::string file;  // of those used last, to be opened; empty for none
};
TopBarClick draw_top_bar(Store& store, Interface& interface, bool gallery_shown, const std::vector<std::string>& recent,
                         const Style& style);

// Over everything; true while it is to stay.
bool draw_help(const Style& style, const scene::Theme& theme);

}  // namespace convloom::gui
