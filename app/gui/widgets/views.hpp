// The views that can draw the layer shown, as the top bar, the view panel and the digit keys offer them.
#pragma once
#include <vector>

#include "app/gui/base/style.hpp"
#include "app/gui/store/store.hpp"
#include "core/scene/views/view_table.hpp"

namespace convloom::gui {

struct ViewTab {
    const scene::ViewInfo* info;
    int digit;  // its key; 0 for none
};

// The same for every layer: those of the first eight in the table, and 9 for the photo; 0 for none.
int digit_of(scene::View view);

// Those that can draw the layer; the photo always, since it says how to open one.
std::vector<ViewTab> views_of(const state::State& state);

// Shows it, or says why not.
void go_to_view(Store& store, const ViewTab& view);

// A line of the view panel with its title, key and what it shows; true where it was clicked. A marked one is the one
// that Enter takes.
bool view_row(const Store& store, const Style& style, const scene::Theme& theme, const ViewTab& view,
              bool marked = false);

// "Light", "Colour-blind safe": of a theme's name, in English.
const char* theme_title(std::string_view name);

}  // namespace convloom::gui
