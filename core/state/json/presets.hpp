// The presets that the program carries: States in assets/presets, read from JSON.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/state/model/state.hpp"

namespace convloom::state {

// The one that opens on start.
constexpr std::string_view opening_preset = "numerical_no_padding_no_strides";

// In the order they are shown.
const std::vector<std::string>& preset_names();

// Throws an Error that names the one that may be meant where there is none of this name.
State preset(std::string_view name);

}  // namespace convloom::state
