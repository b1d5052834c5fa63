// The output of `convloom trace` for NumPy.
#pragma once
#include <string>

#include "core/state/json/cases.hpp"

namespace convloom::cli {

// The bytes of an .npz file: step_sample, step_channel, step_output, step_window, step_first_tap, step_bias,
// step_value; tap_in_channel, tap_source (-1 where there is none), tap_pad, tap_kernel, tap_x, tap_w (1 for a
// pooling), tap_product, tap_partial.
std::string trace_npz(const state::Case& c);

}  // namespace convloom::cli
