// What the layer is compared with in the compare view: one of the conventions by which it can differ, or a layer typed
// as code.
#pragma once
#include "app/gui/base/style.hpp"
#include "app/gui/store/store.hpp"

namespace convloom::gui {

void draw_compare_choices(Store& store, const Style& style);

}  // namespace convloom::gui
