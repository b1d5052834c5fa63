// Saving the photo filtered at its full size, in the background, with a way to stop it.
#pragma once
#include <functional>

#include "app/gui/store.hpp"
#include "app/gui/style.hpp"

namespace convloom::gui {

void draw_photo_save(Store& store, const Style& style);

// Called from the thread when it ends, so that a sleeping window looks.
void set_photo_save_wake(std::function<void()> wake);

}  // namespace convloom::gui
