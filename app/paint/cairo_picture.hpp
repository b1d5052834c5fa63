// Pictures to Cairo's surfaces and back.
#pragma once
#include <cairo.h>

#include <memory>

#include "core/scene/page/scene.hpp"

namespace convloom::paint {

using Surface = std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)>;

// Cairo's colours are multiplied by alpha, those of Pixels are not. Throws std::bad_alloc.
Surface surface_of(const scene::Pixels& pixels);
scene::Pixels straight_pixels(cairo_surface_t* surface);

// Cairo stores pictures of one name once in a file, such as those that stay the same from page to page.
void name_by_contents(cairo_surface_t* surface, const scene::Pixels& pixels);

}  // namespace convloom::paint
