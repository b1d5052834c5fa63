// Converts a State to and from JSON. The format, version 1, is that of the presets in assets/presets:
//
//   {"convloom": 1, "name": …, "title": …, "own_title": true,
//    "input": [...],                            flat, row-major, in PyTorch's axis order; or {"pattern": seed}; or
//                                               {"planes": seed} for a large tensor that still has its first pattern
//    "layers": [{"op": "conv", "size": [5, 5], "kernel": [3, 3], "stride": [1, 1], "padding": [[0, 0], [0, 0]],
//                "dilation": [1, 1], "in_channels": 1, "out_channels": 1, "groups": 1, "padding_mode": "zeros",
//                "weight": [...], "bias": [...], "activation": "relu"}, ...], "shown": 0,
//                                               what follows a layer other than one ReLU: "after": [...],
//                                               between_json.hpp; "before": [...] and the shape in front of that,
//                                               "given": [3, 8, 8]
//    "view": "flat", "theme": "light", "labels": true, "language": "zh-CN", "seed": 1, "step": 0, "tap": -1,
//    "palette": {"colours": {"kernel": "#f6c76b"}},     somebody's own colours; palette_json.hpp
//    "compare": {"op": "conv", "size": [5, 5], …},    a layer without data, beside the current one in the compare view
//    "photo": {"path": …, "stack": [...], …}}     without pixels; photo_json.hpp
//
// Reading validates everything and throws an Error that names the field; it never returns an invalid State.
#pragma once
#include <string>
#include <string_view>

#include "core/state/model/state.hpp"

namespace convloom::state {

std::string to_json(const State& state);
// The number of tensor values in that text.
std::size_t numbers_written(const State& state);

// The pixels of a photo are not part of it; the caller loads them from photo->path.
State from_json(std::string_view text);

std::string_view name_of(image::ShownAs shown_as);
std::optional<image::ShownAs> shown_as_named(std::string_view name);

}  // namespace convloom::state
