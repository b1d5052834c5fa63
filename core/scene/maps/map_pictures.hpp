// A layer's tensors as pictures: channels in the colours of their values, and what has three channels as a colour
// picture.
#pragma once
#include <vector>

#include "core/arith/steps/recording.hpp"
#include "core/scene/looks/value_map.hpp"

namespace convloom::scene {

// Whether these channels are shown as one picture of red, green and blue: three of them, in a theme with colours.
bool shown_as_colors(arith::Index channels, const Theme& theme);

// `volume` values from `first` on, a pixel each, `columns` of them in a row.
arith::Shared<Pixels> map_pixels(const arith::Tensor& tensor, arith::Index first, int rows, int columns,
                                 const ValueMap& map);
// Three planes, one after the other, as red, green and blue. Each is spread from its smallest value to its largest; or,
// if `around_zero`, all three alike, with grey for 0.
arith::Shared<Pixels> color_pixels(const arith::Tensor& tensor, arith::Index first, int rows, int columns,
                                   bool around_zero);

// The pictures of a layer, which stay the same from step to step.
struct MapPictures {
    ValueMap input_map, kernel_map;
    std::vector<ValueMap> output_maps;           // one per channel
    std::vector<arith::Shared<Pixels>> input;    // one per channel, or one in colours
    std::vector<arith::Shared<Pixels>> filters;  // one per filter in colours; empty otherwise
    std::vector<arith::Shared<Pixels>> output;   // one per channel
    std::vector<arith::Index> strongest;         // the channels of the output by their mean absolute value
    arith::Shared<arith::Tensor> made;           // the whole output
    friend bool operator==(const MapPictures&, const MapPictures&) = default;
};

// Whether all maps have one scale: if it is asked for, and for maps of one cell, which would all have the same colour.
bool has_one_scale(const arith::Layer& layer, bool asked);

// Expects a layer of rank 2; `made` is its whole output. Each of its channels has a scale of its own, or all have one.
MapPictures map_pictures(const arith::Recording& recording, arith::Shared<arith::Tensor> made, const Theme& theme,
                         bool one_scale);

}  // namespace convloom::scene
