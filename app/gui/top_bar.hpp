// Above: what is done with the document, the views, and the window's own switches. And the list of keys.
#pragma once
#include <optional>

#include "app/gui/commands.hpp"
#include "app/gui/interface.hpp"
#include "app/gui/store.hpp"
#include "app/gui/style.hpp"

namespace convloom::gui {

// What was clicked, for the workbench to do; views are gone to here.
std::optional<Command> draw_top_bar(Store& store, Interface& interface, const Style& style);

// Over everything; true while it is to stay.
bool draw_help(const Style& style, const scene::Theme& theme);

}  // namespace convloom::gui
