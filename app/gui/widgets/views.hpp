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

// The same for every layer: 1 to 8 for the first eight in the table, and 9 for the photo; 0 for none.
int digit_of(scene::View view);

// The views that can draw the layer, and always the photo, which says how to open one.
std::vector<ViewTab> views_of(const state::State& state);

// Shows the view, or says why it cannot.
void go_to_view(Store& store, const ViewTab& view);

// A row of the view panel with its title, key and description; true if it was clicked. Enter chooses the marked row.
bool view_row(const Store& store, const Style& style, const scene::Theme& theme, const ViewTab& view,
              bool marked = false);

// The English title of a theme's name: "Light", "Colour-blind safe".
const char* theme_title(std::string_view name);

}  // namespace convloom::gui
