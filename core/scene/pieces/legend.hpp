// The legend of value colours: what the colours at the ends of each map stand for.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "core/scene/looks/value_map.hpp"

namespace convloom::scene {

// One bar for each map with the values of its ends, along the foot of the page: the last ones, as many as have room
// there.
void add_legend(Plane& page, const std::vector<std::pair<std::string, const ValueMap*>>& maps, const Theme& theme,
                Language language = Language::english);
void add_legend(Plane& page, const ValueMaps& maps, const Theme& theme, Language language = Language::english);
constexpr double legend_height_px = 24;

}  // namespace convloom::scene
