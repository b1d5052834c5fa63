// The built-in presets: States read from the JSON files in assets/presets.
//
// The files are embedded in the program and written by scripts/make_presets.py. Their texts are English; the gallery
// translates them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/state/model/state.hpp"

namespace convloom::state {

// The preset that opens on start.
constexpr std::string_view opening_preset = "numerical_no_padding_no_strides";

// In the order of the gallery.
const std::vector<std::string>& preset_names();

// Throws an Error for an unknown name, with a suggestion if a similar name exists.
State preset(std::string_view name);

}  // namespace convloom::state
