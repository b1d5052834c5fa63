// A palette as JSON:
//
//   {"name": "University of …", "based_on": "light", "colours": {"input": "#9cc9f0", "kernel": "#f6c76b"}}
//
// Name and theme may be left out. Reading throws an Error that names the field.
#pragma once
#include <string_view>

#include "core/scene/looks/palette.hpp"
#include "core/state/json/json_reader.hpp"

namespace convloom::state {

scene::Palette read_palette(std::string_view text);
scene::Palette read_palette(const JsonReader& in);
Json palette_json(const scene::Palette& palette);

}  // namespace convloom::state
